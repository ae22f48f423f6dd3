import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { root } from './sources.js';

type Names = Readonly<Record<string, ReadonlyArray<string>>>;
interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly 'postassoc-source': string; readonly default: string }>>;
}

const SNAPSHOT = join(root, 'spec/house/publicNames.json');
const isUpdate = process.env['UPDATE_NAMES'] === '1';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [{ subpath, source: target['postassoc-source'], compiled: target.default }],
);
const snapshot: Names = existsSync(SNAPSHOT) ? (JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as Names) : {};

const namesOf = async (source: string): Promise<ReadonlyArray<string>> =>
  Object.keys((await import(pathToFileURL(join(root, source)).href)) as object).sort();

const update = async (): Promise<void> => {
  const present = entries.filter(({ source }) => existsSync(join(root, source)));
  const names = await Promise.all(present.map(async ({ subpath, source }) => [subpath, await namesOf(source)] as const));
  writeFileSync(SNAPSHOT, `${JSON.stringify(Object.fromEntries(names), null, 2)}\n`);
};

describe('the public names (UPDATE_NAMES=1 writes them down anew)', () => {
  if (isUpdate) {
    it('are written to spec/house/publicNames.json', update);
    return;
  }

  for (const { subpath, source, compiled } of entries) {
    it(`${subpath} exports what the snapshot says`, async () => {
      expect(await namesOf(source)).to.deep.equal(snapshot[subpath]);
    });

    it(`${subpath} is compiled from what it is run from`, () => {
      expect(compiled).to.equal(source.replace('./', './dist/').replace(/\.ts$/, '.js'));
    });
  }

  it('the snapshot has no subpath that is gone', () => {
    expect(Object.keys(snapshot)).to.have.members(entries.map(({ subpath }) => subpath));
  });
});
