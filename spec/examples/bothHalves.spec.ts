import { expect } from 'chai';
import fc from 'fast-check';
import { Secret } from 'postassoc';
import { associate, type Fate, GROUP_KEYS, PAIRWISE, shownKey, type Weather } from './air.js';

const SUCCESS = '0/0';
const NO_AUTHENTICATOR = '4800f/1460';
const KEYS_LATE = '48005/1460';
const MISMATCH = '48014/1326';

const shown = (key: Secret): string => shownKey({ form: 'ccmp', counter: new Uint8Array(6), key });
const pairwise = `pairwise ${shown(PAIRWISE)}`;
const groups = GROUP_KEYS.map((key, i) => `group ${i + 1} ${shown(Secret.of(key))}`);
/** Header, counter, key index, receive counter, wrapped key, tag. */
const CONFIRM_LENGTH = 4 + 4 + 1 + 6 + 24 + 32;
const nothing = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

const disturbed: fc.Arbitrary<Fate> = fc.constantFrom('lost', 'twice', 'late');
const corrupted: fc.Arbitrary<Fate> = fc.nat(1023).map((flips) => ({ flips }));
const weather = (fates: fc.Arbitrary<Fate>, maxLength: number): fc.Arbitrary<Weather> =>
  fc.record({
    fates: fc.array(fc.oneof(fc.constant<Fate>('arrives'), fates), { maxLength }),
    rekeyAt: fc.integer({ min: 0, max: 20_000 }),
  });
const storm = weather(fc.oneof(disturbed, corrupted), 20);

describe('both halves of the vendor protocol', () => {
  it('agree in good weather, and again on the next group key', () => {
    const { completions, keys, ledger } = associate({ rekeyAt: 5_000 });
    expect(completions).to.deep.equal([SUCCESS]);
    expect(keys).to.deep.equal([pairwise, ...groups]);
    expect(ledger).to.deep.equal(nothing);
  });

  it('a silent access point is told from a wrong credential', () => {
    expect(associate({ silent: true }).completions).to.deep.equal([NO_AUTHENTICATOR]);
    const wrong = associate({ credential: new Uint8Array(20) });
    expect(wrong.completions).to.deep.equal([MISMATCH]);
    expect(wrong.keys).to.deep.equal([]);
  });

  it('agree though up to three messages are lost, doubled or overtaken', () => {
    const mild = fc.tuple(fc.nat(5), fc.array(disturbed, { maxLength: 3 })).map(
      ([calm, fates]): Weather => ({
        fates: [...new Array<Fate>(calm).fill('arrives'), ...fates],
      }),
    );
    fc.assert(
      fc.property(mild, (sky) => {
        const { completions, keys } = associate(sky);
        expect(completions).to.deep.equal([SUCCESS]);
        expect(keys).to.deep.equal([pairwise, groups[0]]);
      }),
    );
  });

  it('R135: whatever the air does, no key but the right ones is installed, and none twice', () => {
    fc.assert(
      fc.property(storm, (sky) => {
        const { keys } = associate(sky);
        expect([pairwise, ...groups]).to.include.members([...keys]);
        expect(new Set(keys).size).to.equal(keys.length);
        if (keys.length > 0) expect(keys[0]).to.equal(pairwise);
      }),
    );
  });

  it('no octet of a confirm or rekey can be changed: the next try of the access point is taken', () => {
    const before = { confirm: 2, rekey: 4 };
    for (const [type, calm] of Object.entries(before)) {
      for (let octet = 0; octet < CONFIRM_LENGTH; octet++) {
        const fates: ReadonlyArray<Fate> = [...new Array<Fate>(calm).fill('arrives'), { flips: 8 * octet + (octet % 8) }];
        const { completions, keys } = associate({ fates, rekeyAt: 5_000 });
        expect(completions, `${type}, octet ${octet}`).to.deep.equal([SUCCESS]);
        expect(keys, `${type}, octet ${octet}`).to.deep.equal([pairwise, ...groups]);
      }
    }
  });

  it('R174: whatever the air does, the host is told once, and a failure says what was seen', () => {
    fc.assert(
      fc.property(storm, (sky) => {
        const { completions, keys, arrived, sent, ledger } = associate(sky);
        expect(completions).to.have.length(1);
        expect(completions[0] === SUCCESS).to.equal(keys.length >= 2);
        if (completions[0] === NO_AUTHENTICATOR) expect([...arrived]).to.not.include('challenge');
        if (completions[0] === MISMATCH) expect([...sent]).to.include('refuse');
        expect(completions[0]).to.be.oneOf([SUCCESS, NO_AUTHENTICATOR, KEYS_LATE, MISMATCH]);
        expect(ledger).to.deep.equal(nothing);
      }),
    );
  });

  it('a wrong credential never installs a key, whatever the air does', () => {
    fc.assert(
      fc.property(storm, fc.uint8Array({ minLength: 1, maxLength: 40 }), (sky, credential) => {
        const { completions, keys } = associate({ ...sky, credential });
        expect(keys).to.deep.equal([]);
        expect(completions).to.have.length(1);
        expect(completions[0]).to.not.equal(SUCCESS);
      }),
    );
  });
});
