import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { arrows, engine, house, importsOf, root, type Source, sourceOf, sources } from './sources.js';

const within =
  (...folders: ReadonlyArray<string>) =>
  (to: string): boolean =>
    folders.some((folder) => to.startsWith(`${folder}/`));

const isFile = (to: string): boolean => to.endsWith('.ts');
const isNodeModule = (to: string): boolean => to.startsWith('node:') || builtinModules.includes(to.split('/')[0] ?? '');
const isRxjs = (to: string): boolean => to === 'rxjs' || to.startsWith('rxjs/');

const faces = new Set([
  'streams/air/index.ts',
  'streams/events/index.ts',
  'streams/frames/index.ts',
  'streams/sources/index.ts',
  'operators/index.ts',
  'operators/core/index.ts',
  'operators/core/crypto/index.ts',
]);
/** The command line bundles a demonstration, and so may reach for the examples. */
const isDemonstration = (to: string, from: string): boolean => within('examples')(to) && within('adapters/cli')(from);
const floorOf = (path: string): string => path.split('/')[0] ?? '';

const core = sources.operators.filter(({ path }) => within('operators/core')(path));

/** All that some files need, however far away. */
const reachOf = (files: ReadonlyArray<Source>): ReadonlyArray<Source> => {
  const byPath = new Map(house.map((source) => [source.path, source]));
  const reached = new Set(files);
  for (const source of reached) {
    for (const to of importsOf(source)) {
      const next = byPath.get(to);
      if (next !== undefined) reached.add(next);
    }
  }
  return [...reached];
};

describe('the floors', () => {
  it('streams import neither operators nor adapters', () => {
    expect(arrows(sources.streams, (to) => isFile(to) && !within('streams')(to))).to.deep.equal([]);
  });

  it('operators import no adapter', () => {
    expect(arrows(sources.operators, (to) => isFile(to) && !within('streams', 'operators')(to))).to.deep.equal([]);
  });

  it('the core imports no rxjs, and nothing that does', () => {
    expect(core).to.not.deep.equal([]);
    expect(arrows(reachOf(core), isRxjs)).to.deep.equal([]);
  });

  it('the core imports no operator', () => {
    expect(arrows(core, (to) => isFile(to) && !within('streams', 'operators/core')(to))).to.deep.equal([]);
  });

  it('streams and operators import no Node module', () => {
    expect(arrows(engine, isNodeModule)).to.deep.equal([]);
  });

  it('the portable cryptography reaches no Node module', () => {
    const portable = sources.adapters.filter(({ path }) => within('adapters/crypto/portable')(path));
    expect(portable).to.not.deep.equal([]);
    expect(arrows(reachOf(portable), isNodeModule)).to.deep.equal([]);
  });

  it('nothing imports the package by its own name', () => {
    expect(arrows(house, (to) => to === 'postassoc' || to.startsWith('postassoc/'))).to.deep.equal([]);
  });

  it('a floor is entered through a face', () => {
    const pastTheFace = (to: string, from: string): boolean =>
      isFile(to) && floorOf(to) !== floorOf(from) && !faces.has(to) && !isDemonstration(to, from);
    expect(arrows(house, pastTheFace)).to.deep.equal([]);
  });

  it('every import of a file is one that exists', () => {
    const paths = new Set(house.map(({ path }) => path));
    const isMissing = (to: string): boolean => isFile(to) && !paths.has(to) && !existsSync(join(root, to));
    expect(arrows(house, isMissing)).to.deep.equal([]);
  });

  it('a face only re-exports', () => {
    const REEXPORT = /export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+['"][^'"]+['"];?/g;
    const faceFiles = house.filter(({ path }) => path.endsWith('/index.ts'));
    expect(faceFiles).to.not.deep.equal([]);
    const others = faceFiles.filter(({ statements }) => statements.replace(REEXPORT, '').trim() !== '');
    expect(others.map(({ path }) => path)).to.deep.equal([]);
  });
});

describe('how imports are read', () => {
  const read = (text: string) => importsOf(sourceOf('operators/a.ts', text));

  it('sees every form', () => {
    expect(read(`import { a,\n  type B } from './b.js';`)).to.deep.equal(['operators/b.ts']);
    expect(read(`import type { A } from "../streams/events/index.js";`)).to.deep.equal(['streams/events/index.ts']);
    expect(read(`import a, * as b from 'rxjs';`)).to.deep.equal(['rxjs']);
    expect(read(`import 'node:fs';`)).to.deep.equal(['node:fs']);
    expect(read(`export * from './c.js';\nexport { d as e } from './d.js'`)).to.deep.equal(['operators/c.ts', 'operators/d.ts']);
    expect(read(`const a = await import('./e.js');`)).to.deep.equal(['operators/e.ts']);
  });

  it('sees none in comments, nor in what is exported here', () => {
    expect(read(`// import { a } from 'rxjs';\n/**\n * import { a } from 'rxjs';\n */\nexport const a = 'from';`)).to.deep.equal(
      [],
    );
    expect(read(`export const a = 1;\nconst b = { from: 'rxjs' };`)).to.deep.equal([]);
  });
});
