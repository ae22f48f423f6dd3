import { builtinModules } from 'node:module';
import { expect } from 'chai';
import { house, importsOf } from '../../../house/sources.js';

describe('portableCrypto', () => {
  it('reaches no Node module, and of the adapters its own folder and that of the old algorithms alone', () => {
    const byPath = new Map(house.map((source) => [source.path, source]));
    const reached = new Set(house.filter(({ path }) => path === 'adapters/crypto/portable/index.ts'));
    const foreign = new Set<string>();
    for (const source of reached) {
      for (const to of importsOf(source)) {
        const next = byPath.get(to);
        if (next === undefined) foreign.add(to);
        else reached.add(next);
      }
    }
    expect([...reached].map(({ path }) => path)).to.include('adapters/crypto/portable/hash/sha1Rounds.ts');
    const modules = [...foreign].filter((to) => to.startsWith('node:') || builtinModules.includes(to));
    expect(modules).to.deep.equal([]);
    const floors = [...reached]
      .map(({ path }) => path)
      .filter((path) => /^adapters\/(?!crypto\/(?:portable|legacy)\/)/.test(path));
    expect(floors).to.deep.equal([]);
  });
});
