import { expect } from 'chai';
import { house } from '../house/sources.js';
import { errorsOf } from './compile.js';
import { importsFor } from './exportedNames.js';
import { prelude } from './prelude.js';
import { docExamples, markdownBlocks, type Snippet } from './snippets.js';

/** The compiler has the whole package to read. */
const LONG_MS = 120_000;

interface Piece extends Snippet {
  readonly file: string;
  readonly text: string;
}

const examples: ReadonlyArray<Piece> = house.flatMap(docExamples).map((snippet, i) => ({
  ...snippet,
  file: `example${i}.ts`,
  text: `${importsFor(snippet.path, snippet.code)}\n${snippet.code}\nexport {};\n`,
}));

const blocks: ReadonlyArray<Piece> = ['docs/methods.md', 'docs/embedding.md', 'docs/onex.md'].flatMap((path) =>
  markdownBlocks(path).map((snippet, i) => ({
    ...snippet,
    file: `${path.replace(/\W/g, '-')}${i}.ts`,
    text: `${snippet.code}\nexport {};\n`,
  })),
);

describe('what the documentation shows', () => {
  let errors: ReturnType<typeof errorsOf>;

  before(function () {
    this.timeout(LONG_MS);
    const pieces = [...examples, ...blocks].map(({ file, text }) => [file, text] as const);
    const broken = [['broken.ts', 'export const wrong: number = "text";\n']] as const;
    errors = errorsOf(Object.fromEntries([...pieces, ...broken, ['prelude.d.ts', prelude]]));
  });

  it('is looked at: a mistake would be found', () => {
    expect(errors.get('broken.ts')).to.have.length(1);
    expect(errors.get('prelude.d.ts')).to.equal(undefined);
    expect(examples.length).to.be.greaterThan(20);
    expect(blocks.length).to.be.greaterThan(10);
  });

  for (const { path, line, file, text } of [...examples, ...blocks]) {
    it(`compiles: ${path}, line ${line}`, () => {
      expect(errors.get(file) ?? [], text).to.deep.equal([]);
    });
  }
});
