import { expect } from 'chai';
import { assert, property, uint8Array } from 'fast-check';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { type Handshake, type Ptk, pairwiseKey, zeroisePtk } from '../../../../../operators/core/rsn/keys/ptk.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { akmNamed, cipherNamed } from './suites.js';

const show = ({ kck, kek, tk }: Ptk) => ({ kck: toHex(kck.reveal()), kek: toHex(kek.reveal()), tk: toHex(tk.reveal()) });

/** IEEE 802.11-2020 J.7.1, Table J-13. */
const pmk = hex('0dc0d6eb90555ed6419756b9a15ec3e3 209b63df707dd508d14581f8982721af');
const handshake: Handshake = {
  addresses: { authenticator: hex('a0a1a1a3a4a5'), supplicant: hex('b0b1b2b3b4b5') },
  nonces: {
    supplicant: hex('c0c1c2c3c4c5c6c7c8c9d0d1d2d3d4d5 d6d7d8d9dadbdcdddedfe0e1e2e3e4e5'),
    authenticator: hex('e0e1e2e3e4e5e6e7e8e9f0f1f2f3f4f5 f6f7f8f9fafbfcfdfeff000102030405'),
  },
};
const { addresses, nonces } = handshake;

describe('pairwiseKey', () => {
  it('gives the CCMP keys of the standard (J.7.2)', () => {
    const ptk = pairwiseKey(nodeCrypto, akmNamed('PSK'), cipherNamed('CCMP'), pmk, handshake);
    expect(show(ptk)).to.deep.equal({
      kck: '379f9852d0199236b94e407ce4c00ec8',
      kek: '47c9edc01c2c6e5b4910caddfb3e51a7',
      tk: 'b2360c79e9710fdd58bea93deaf06599',
    });
  });

  it('R125: gives the TKIP keys of the standard (J.7.3), the Michael key of what we receive in front of that of what we send', () => {
    const authenticatorTransmits = 'db980afbc29c1528';
    const supplicantTransmits = '55740a6ce5ae3827';
    const ptk = pairwiseKey(nodeCrypto, akmNamed('WPA_PSK'), cipherNamed('WPA_TKIP'), pmk, handshake);
    expect(show(ptk).tk).to.equal(`b2360c79e9710fdd58bea93deaf06599${authenticatorTransmits}${supplicantTransmits}`);
    expect(show(ptk).kck).to.equal('379f9852d0199236b94e407ce4c00ec8');
  });

  it('is the same for both ends, whichever of addresses and nonces is the greater', () => {
    const six = uint8Array({ minLength: 6, maxLength: 6 });
    const nonce = uint8Array({ minLength: 32, maxLength: 32 });
    const both = property(six, six, nonce, nonce, (aa, spa, anonce, snonce) => {
      const of = (a: Uint8Array, b: Uint8Array, c: Uint8Array, d: Uint8Array) =>
        show(
          pairwiseKey(nodeCrypto, akmNamed('PSK_SHA256'), cipherNamed('CCMP'), pmk, {
            addresses: { authenticator: a, supplicant: b },
            nonces: { authenticator: c, supplicant: d },
          }),
        );
      expect(of(aa, spa, anonce, snonce)).to.deep.equal(of(spa, aa, snonce, anonce));
      expect(of(aa, spa, anonce, snonce)).to.deep.equal(of(spa, aa, anonce, snonce));
    });
    assert(both, { numRuns: 25 });
  });

  it('orders addresses that differ in their last octet only, and by its value without sign', () => {
    const [low, high] = [hex('02000000007f'), hex('020000000080')];
    const of = (authenticator: Uint8Array, supplicant: Uint8Array) =>
      pairwiseKey(nodeCrypto, akmNamed('PSK'), cipherNamed('CCMP'), pmk, { addresses: { authenticator, supplicant }, nonces });
    // PRF-384 of the label and 02000000007f ‖ 020000000080 ‖ both nonces, by another implementation.
    expect(show(of(low, high)).kck).to.equal('ad8e3b32f0b9b3b3ac84ea978fe3b177');
    expect(show(of(high, low)).kck).to.equal('ad8e3b32f0b9b3b3ac84ea978fe3b177');
  });

  for (const akm of akms) {
    it(`gives ${akm.name} a KCK, a KEK and a TK of its lengths`, () => {
      for (const length of akm.pmkLengths) {
        const { kck, kek } = parametersOf(akm, length);
        const ptk = pairwiseKey(nodeCrypto, akm, cipherNamed('GCMP_256'), new Uint8Array(length).fill(7), handshake);
        expect([ptk.kck.length, ptk.kek.length, ptk.tk.length]).to.deep.equal([kck, kek, 32]);
      }
    });
  }

  it('is zeroised as a whole', () => {
    const ptk = pairwiseKey(nodeCrypto, akmNamed('PSK'), cipherNamed('CCMP'), pmk, handshake);
    zeroisePtk(ptk);
    expect(show(ptk)).to.deep.equal({ kck: '00'.repeat(16), kek: '00'.repeat(16), tk: '00'.repeat(16) });
  });

  it('leaves the PMK, the addresses and the nonces as they were', () => {
    const before = [pmk, addresses.authenticator, addresses.supplicant, nonces.authenticator, nonces.supplicant].map(toHex);
    pairwiseKey(nodeCrypto, akmNamed('PSK'), cipherNamed('CCMP'), pmk, handshake);
    const after = [pmk, addresses.authenticator, addresses.supplicant, nonces.authenticator, nonces.supplicant].map(toHex);
    expect(after).to.deep.equal(before);
  });

  it('shows none of it by accident', () => {
    const ptk = pairwiseKey(nodeCrypto, akmNamed('PSK'), cipherNamed('CCMP'), pmk, handshake);
    expect(JSON.stringify(ptk)).to.equal('{"kck":"[redacted 16 B]","kek":"[redacted 16 B]","tk":"[redacted 16 B]"}');
  });
});
