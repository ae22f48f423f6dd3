import { expect } from 'chai';
import fc from 'fast-check';
import { type EffectOf, type MacAddress, type PmkEntry, Secret, Win32 } from '../../../streams/events/index.js';
import { type PmkStore, pmkStore } from '../../../streams/sources/index.js';
import { ADAPTER, AP, SERVICE, SESSION } from '../../support/fixtures.js';
import { ENTROPY } from './frontDoor.js';

const OTHER = '02:00:00:00:00:09' as MacAddress;
const AT_MOST = 64;

const stamp = { call: 1, adapter: ADAPTER, service: SERVICE, session: SESSION, generation: 1 };
const nameOf = (name: number): Uint8Array => Uint8Array.of(name >> 8, name, ...new Uint8Array(14));
const entry = (name: number, fields: Partial<PmkEntry> = {}): PmkEntry => ({
  ...{ peer: AP, ssid: Uint8Array.of(0x61), akm: 0x000fac08, pmkid: nameOf(name), lifetime: 60 },
  pmk: Secret.of(new Uint8Array(32).fill(name)),
  ...fields,
});
const remember = (name: number, fields: Partial<PmkEntry> = {}): EffectOf<'rememberPmk'> => ({
  kind: 'rememberPmk',
  ...stamp,
  entry: entry(name, fields),
});
const forget = (name: number, peer = AP): EffectOf<'forgetPmk'> => ({ kind: 'forgetPmk', ...stamp, peer, pmkid: nameOf(name) });

/** A store and its clock, in milliseconds. */
const storing = () => {
  let time = 1_000_000;
  const store = pmkStore(() => time);
  const pass = (ms: number): void => {
    time += ms;
  };
  const ask = (name?: number, peer = AP): number | undefined =>
    store.secrets({ want: 'pmk', peer, ...(name !== undefined && { pmkid: nameOf(name) }) })?.reveal()[0];
  const take = (...names: ReadonlyArray<number>): void => {
    for (const name of names) store.carryOut(remember(name));
  };
  return { store, pass, ask, take };
};

const namesIn = (store: PmkStore): ReadonlyArray<number> =>
  store.entries().map(({ pmkid }) => ((pmkid[0] ?? 0) << 8) | (pmkid[1] ?? 0));

describe('pmkStore', () => {
  it('keeps and forgets what no port has made, and tells how long it still lives', () => {
    const { store, pass, ask } = storing();
    store.remember(entry(7));
    pass(20_000);
    expect(store.entries().map(({ lifetime }) => lifetime)).to.deep.equal([40]);
    expect(ask(7)).to.equal(7);
    store.forget(AP, nameOf(7));
    expect(ask(7)).to.equal(undefined);
  });

  it('answers with the PMK of that name and peer', () => {
    const { ask, take } = storing();
    take(1, 2);
    expect([ask(1), ask(2), ask(3), ask(1, OTHER)]).to.deep.equal([1, 2, undefined, undefined]);
  });

  it('answers without a name with the latest of that peer, not with the one used last', () => {
    const { ask, pass, store, take } = storing();
    take(1);
    pass(1);
    take(2);
    store.carryOut(remember(3, { peer: OTHER }));
    ask(1);
    expect([ask(), ask(undefined, OTHER)]).to.deep.equal([2, 3]);
    take(4);
    expect(ask()).to.equal(4);
  });

  it('answers nothing else', () => {
    const { store, take } = storing();
    take(1);
    expect(store.secrets(ENTROPY)).to.equal(undefined);
    expect(store.secrets({ want: 'credential', name: 'a' })).to.equal(undefined);
  });

  it('keeps a copy, and gives copies away', () => {
    const { store, ask } = storing();
    const effect = remember(1);
    store.carryOut(effect);
    effect.entry.pmk.zeroise();
    effect.entry.pmkid.fill(0xee);
    effect.entry.ssid.fill(0xee);
    store.secrets({ want: 'pmk', peer: AP })?.zeroise();
    expect(ask(1)).to.equal(1);
    expect(store.entries()[0]?.ssid).to.deep.equal(Uint8Array.of(0x61));
  });

  it('R11: destroys what is replaced, forgotten, expired or cleared, and nothing else', () => {
    const { store, pass, take } = storing();
    take(1, 2, 3, 4);
    const [first, second, third, fourth] = store.entries().map(({ pmk }) => pmk);
    const left = (): ReadonlyArray<number | undefined> => [first, second, third, fourth].map((pmk) => pmk?.reveal()[0]);
    store.carryOut(remember(1, { lifetime: 90 }));
    expect(left()).to.deep.equal([0, 2, 3, 4]);
    expect(store.carryOut(forget(2))).to.equal(Win32.codes.ERROR_SUCCESS);
    expect(left()).to.deep.equal([0, 0, 3, 4]);
    pass(59_999);
    expect(namesIn(store)).to.deep.equal([3, 4, 1]);
    pass(1);
    expect(namesIn(store)).to.deep.equal([1]);
    expect(left()).to.deep.equal([0, 0, 0, 0]);
    const kept = store.entries()[0]?.pmk;
    expect(kept?.reveal()[0]).to.equal(1);
    store.clear();
    expect([namesIn(store), kept?.reveal()[0]]).to.deep.equal([[], 0]);
  });

  it('does not use one that has expired, or whose lifetime is none', () => {
    const { store, ask, pass, take } = storing();
    take(1);
    for (const lifetime of [0, -1, Number.NaN]) store.carryOut(remember(2, { lifetime }));
    expect([ask(2), ask()]).to.deep.equal([undefined, 1]);
    pass(60_000);
    expect([ask(1), ask()]).to.deep.equal([undefined, undefined]);
  });

  it('forgets by name and peer, and one that it never had', () => {
    const { store, ask, take } = storing();
    take(1);
    for (const effect of [forget(2), forget(1, OTHER)]) expect(store.carryOut(effect)).to.equal(Win32.codes.ERROR_SUCCESS);
    expect(ask(1)).to.equal(1);
  });

  it('remembers what it has itself handed out', () => {
    const { store, ask, take } = storing();
    take(1);
    const [own] = store.entries();
    if (own !== undefined) store.carryOut({ kind: 'rememberPmk', ...stamp, entry: own });
    expect(ask(1)).to.equal(1);
  });

  it('keeps 64, and lets go of the one that was not used for longest', () => {
    const { store, ask, take } = storing();
    take(...Array.from({ length: AT_MOST }, (_, name) => name + 1));
    const [oldest, second] = store.entries().map(({ pmk }) => pmk);
    ask(1);
    take(100);
    expect(store.entries()).to.have.length(AT_MOST);
    expect([ask(1), ask(2), ask(3), ask(100)]).to.deep.equal([1, undefined, 3, 100]);
    expect([oldest?.reveal()[0], second?.reveal()[0]]).to.deep.equal([1, 0]);
  });

  it('R11: shows no PMK to anyone who prints it', () => {
    const { store } = storing();
    store.carryOut(remember(0xc0));
    expect(JSON.stringify(store.entries())).to.contain('[redacted 32 B]').and.not.contain('192,192');
  });

  it('is what a list of the last uses would be, whatever happens', () => {
    const name = fc.integer({ min: 1, max: 90 });
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('remember' as const), name, lifetime: fc.constantFrom(1, 60, 600) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), name }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), name }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 999, 60_000) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 250, size: 'max' }), (steps) => {
        const { store, pass, ask } = storing();
        let model: ReadonlyArray<{ readonly name: number; readonly left: number }> = [];
        const given: Secret[] = [];
        for (const next of steps) {
          if (next.do === 'pass') {
            pass(next.ms);
            model = model.map((one) => ({ ...one, left: one.left - next.ms })).filter(({ left }) => left > 0);
            continue;
          }
          const others = model.filter((one) => one.name !== next.name);
          const known = model.find((one) => one.name === next.name);
          if (next.do === 'remember') {
            store.carryOut(remember(next.name, { lifetime: next.lifetime }));
            model = [...others, { name: next.name, left: 1000 * next.lifetime }].slice(-AT_MOST);
          } else if (next.do === 'forget') {
            store.carryOut(forget(next.name));
            model = others;
          } else {
            expect(ask(next.name)).to.equal(known?.name);
            model = known === undefined ? model : [...others, known];
          }
          for (const { pmk } of store.entries()) if (!given.includes(pmk)) given.push(pmk);
        }
        const kept = store.entries().map(({ pmk }) => pmk);
        expect(namesIn(store)).to.deep.equal(model.map((one) => one.name));
        expect(given.filter((pmk) => pmk.reveal()[0] !== 0)).to.have.members(kept);
      }),
      { numRuns: 60 },
    );
  });
});
