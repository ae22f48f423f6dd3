import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { createKeyRing } from '../../../../operators/core/shadow/index.js';
import { Secret, toHex } from '../../../../streams/events/index.js';
import { AkmSuite } from '../../../../streams/frames/index.js';

const text = (string: string): Uint8Array => new TextEncoder().encode(string);
const secret = (string: string): Secret => Secret.of(text(string));
const { PSK, IEEE_802_1X, SAE, SUITE_B_192, FT_802_1X } = AkmSuite.codes;

const shown = (keys: ReadonlyArray<{ readonly kind: string; readonly pmk: Secret }>): ReadonlyArray<string> =>
  keys.map(({ kind, pmk }) => `${kind} ${toHex(pmk.reveal()).slice(0, 16)}`);

const msk = Uint8Array.from({ length: 64 }, (_, i) => i);

describe('KeyRing', () => {
  // IEEE 802.11-2020 J.4.2, test vector 1.
  it('makes the PMK of a passphrase, for the networks it is for', () => {
    const ring = createKeyRing(nodeCrypto, [{ kind: 'passphrase', passphrase: secret('password'), ssid: text('IEEE') }]);
    expect(shown(ring.pmksOf(text('IEEE'), PSK))).to.deep.equal(['passphrase f42c6fc52df0ebef']);
    expect(shown(ring.pmksOf(undefined, PSK)), 'an unknown network').to.deep.equal(['passphrase f42c6fc52df0ebef']);
    expect(ring.pmksOf(text('other'), PSK)).to.deep.equal([]);
    expect(ring.pmksOf(text('IEEE'), IEEE_802_1X)).to.deep.equal([]);
  });

  it('computes each passphrase once for each network', () => {
    let computed = 0;
    const pbkdf2: typeof nodeCrypto.pbkdf2 = (...question) => {
      computed += 1;
      return nodeCrypto.pbkdf2(...question);
    };
    const ring = createKeyRing({ ...nodeCrypto, pbkdf2 }, [{ kind: 'passphrase', passphrase: secret('password') }]);
    for (const ssid of ['a', 'b', 'a', 'a', 'b']) ring.pmksOf(text(ssid), PSK);
    expect(computed).to.equal(2);
  });

  it('cuts a PMK out of an MSK as the suite prescribes', () => {
    const ring = createKeyRing(nodeCrypto, [{ kind: 'msk', msk: Secret.of(msk) }]);
    const lengths = [IEEE_802_1X, SUITE_B_192, FT_802_1X].map((akm) => ring.pmksOf(undefined, akm)[0]?.pmk.reveal());
    expect(lengths.map((pmk) => [pmk?.[0], pmk?.length])).to.deep.equal([
      [0, 32],
      [0, 48],
      [32, 32],
    ]);
    expect(ring.pmksOf(undefined, SAE)).to.deep.equal([]);
  });

  it('gives a PMK to the suites that have keys of its length', () => {
    const ring = createKeyRing(nodeCrypto, [{ kind: 'pmk', pmk: Secret.of(new Uint8Array(32)) }]);
    expect([PSK, SAE, IEEE_802_1X, SUITE_B_192].map((akm) => ring.pmksOf(undefined, akm).length)).to.deep.equal([1, 1, 1, 0]);
  });

  it('remembers what was learnt of a station, and forgets it when it is released', () => {
    const ring = createKeyRing(nodeCrypto, []);
    for (let i = 0; i < 9; i++) ring.remember(1, { kind: 'pmk', pmk: Secret.of(new Uint8Array(32).fill(i)) });
    ring.remember(1, { kind: 'pmk', pmk: Secret.of(new Uint8Array(32).fill(8)) });
    const kept = ring.rememberedOf(1);
    expect(kept.map(({ pmk }) => pmk.reveal()[0])).to.deep.equal([8, 7, 6, 5]);
    ring.release();
    expect(ring.rememberedOf(1)).to.deep.equal([]);
    expect(kept.every(({ pmk }) => pmk.reveal().every((octet) => octet === 0))).to.equal(true);
  });
});
