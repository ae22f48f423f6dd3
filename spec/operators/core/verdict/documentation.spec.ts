import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type * as t from 'io-ts';
import { DamageCodec, ExplanationCodec, explainConnection, SummaryCodec } from '../../../../operators/core/verdict/index.js';
import { root } from '../../../house/sources.js';
import { anyConnection } from '../../../support/anyConnection.js';
import { fieldsOf } from '../../../support/codecFields.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const schema = read('docs/explain-json.md');
const verdicts = read('docs/verdicts.md');

const ROW = /^\| `(?<path>[\w.[\]]+)` \| (?<type>[^|]*) \|/gm;

interface Row {
  readonly path: string;
  readonly type: string;
}

const sections: ReadonlyArray<ReadonlyArray<Row>> = schema
  .split(/^## /m)
  .slice(1)
  .map((section) =>
    [...section.matchAll(ROW)].map(({ groups }) => ({ path: groups?.['path'] ?? '', type: groups?.['type'] ?? '' })),
  );

const codecs: ReadonlyArray<readonly [string, t.Any]> = [
  ['a connection', ExplanationCodec],
  ['damage', DamageCodec],
  ['the summary', SummaryCodec],
];

const named = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/`(?<name>[^`]+)`/g)].map(({ groups }) => groups?.['name'] ?? '');

describe('docs/explain-json.md', () => {
  for (const [at, [title, codec]] of codecs.entries()) {
    it(`lists the fields of ${title}, in their order, and no others`, () => {
      expect(sections[at]?.map(({ path }) => path)).to.deep.equal(fieldsOf(codec).map(({ path }) => path));
    });

    it(`lists the words each field of ${title} may be`, () => {
      for (const { path, words, type } of fieldsOf(codec)) {
        const row = sections[at]?.find((each) => each.path === path);
        if (words.length > 0) expect(named(row?.type ?? ''), path).to.deep.equal(words);
        else if (!type.startsWith('{')) expect(row?.type, path).to.equal(type);
      }
    });
  }
});

describe('docs/verdicts.md', () => {
  const documented = new Set(named(verdicts));

  it('explains each outcome, cause, step and judgement', () => {
    const judged = fieldsOf(ExplanationCodec).filter(({ path }) => ['outcome', 'cause', 'passphrase', 'step'].includes(path));
    expect(judged).to.have.length(4);
    for (const { words } of judged) for (const word of words) expect(documented, word).to.include(word);
  });

  it('names each finding the code can make', () => {
    const folder = join(root, 'operators/core/verdict/findings');
    const ids = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/'(?<id>[a-zA-Z]+\.[a-z]\w+)'/g)].map(
        ({ groups }) => groups?.['id'] ?? '',
      ),
    );
    expect(ids.length).to.be.greaterThan(50);
    expect(ids.filter((id) => !documented.has(id))).to.deep.equal([]);
  });

  it('names each finding of any connection', () => {
    const isKnown = (id: string): boolean => documented.has(id) || id.startsWith('engine.');
    fc.assert(
      fc.property(anyConnection, (seen) => {
        expect(
          explainConnection(seen)
            .findings.map(({ id }) => id)
            .filter((id) => !isKnown(id)),
        ).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });
});
