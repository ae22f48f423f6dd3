import { expect } from 'chai';
import { engine, house, linesWith, sourceOf } from './sources.js';

describe('words', () => {
  it('takeUntil is named in operators/cancelOn.ts and nowhere else', () => {
    const others = house.filter(({ path }) => path !== 'operators/cancelOn.ts');
    expect(linesWith(others, /\btakeUntil\b/)).to.deep.equal([]);
  });

  it('streams and operators throw nothing: failures are values', () => {
    expect(linesWith(engine, /\bthrow\b/)).to.deep.equal([]);
  });

  it('R262: only a clock of streams/sources reads the clock or starts a timer', () => {
    const clock =
      /\bDate\b|\bperformance\.|\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\bprocess\.(?:hrtime|nextTick|uptime)\b/;
    const others = engine.filter(({ path }) => !/^streams\/sources\/\w*Clock\.ts$/.test(path));
    expect(linesWith(others, clock)).to.deep.equal([]);
  });

  it('streams and operators draw no random number', () => {
    expect(linesWith(engine, /\bMath\.random\b|\brandomBytes\b|\bgetRandomValues\b|\brandomUUID\b/)).to.deep.equal([]);
  });

  it('nothing is any', () => {
    expect(linesWith(house, /(?::|\bas|<|,|=>|\|)\s*any\b(?!\s*:)/)).to.deep.equal([]);
  });

  it('nothing is asserted not to be null', () => {
    expect(linesWith(house, /[\w)\]]!(?:[.;,)\]}]|\s*$)/)).to.deep.equal([]);
  });

  it('no check is switched off', () => {
    const switches = /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|eslint-disable|c8 ignore/;
    const found = house.flatMap(({ path, text }) => (switches.test(text) ? [path] : []));
    expect(found).to.deep.equal([]);
  });

  it('nothing is left to do', () => {
    const found = house.flatMap(({ path, text }) => (/\b(?:TODO|FIXME|XXX|HACK)\b/.test(text) ? [path] : []));
    expect(found).to.deep.equal([]);
  });

  it('words are looked for in code only, not in comments or strings', () => {
    const source = sourceOf('a.ts', `// throw\nconst a = 'throw';\n/* throw */ const b = \`throw\`;\nthrow a + b;`);
    expect(linesWith([source], /\bthrow\b/)).to.deep.equal(['a.ts:4: throw a + b;']);
    const template = sourceOf('a.ts', 'const c = `now ${Date.now()}`;');
    expect(linesWith([template], /\bnow /)).to.deep.equal([]);
    expect(linesWith([template], /\bDate\b/)).to.have.length(1);
  });
});
