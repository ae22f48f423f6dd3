import { expect } from 'chai';
import { assert, property, uint8Array } from 'fast-check';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { unwrapKeyData, wrapKeyData } from '../../../../../operators/core/rsn/keys/keyWrap.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { akmNamed } from './suites.js';

const kek = hex('000102030405060708090a0b0c0d0e0f');
const iv = hex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
const associated = hex('0203005f02');
const psk = parametersOf(akmNamed('PSK'), 32);

const shown = (bytes: Uint8Array | undefined): string | undefined => bytes && toHex(bytes);
const kekOf = (octets: number): Uint8Array => Uint8Array.from({ length: octets }, (_, i) => 3 * i + 1);

/** The versions a suite has, with its parameters. */
const everyWay = akms.flatMap((akm) =>
  akm.pmkLengths.flatMap((length) => {
    const parameters = parametersOf(akm, length);
    const versions = parameters.descriptorVersion === 'byCipher' ? [1, 2, 3] : [parameters.descriptorVersion];
    return versions.map((version) => ({ name: `${akm.name} ${length} version ${version}`, parameters, version }));
  }),
);

describe('key data on the air', () => {
  it('is AES key wrap in version 2: the example of RFC 3394 4.1', () => {
    const [plain, wrapped] = [hex('00112233445566778899aabbccddeeff'), '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'];
    expect(shown(wrapKeyData(nodeCrypto, psk, 2, kek, { iv, keyData: plain }))).to.equal(wrapped);
    expect(shown(unwrapKeyData(nodeCrypto, psk, 2, kek, { iv, keyData: hex(wrapped) }))).to.equal(toHex(plain));
  });

  it('is AES key wrap with 256 bits of KEK in the suites of SHA-384: the example of RFC 3394 4.6', () => {
    const long = hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    const suite = parametersOf(akmNamed('SUITE_B_192'), 48);
    const plain = hex('00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f');
    const wrapped = '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21';
    expect(shown(wrapKeyData(nodeCrypto, suite, 0, long, { iv, keyData: plain }))).to.equal(wrapped);
    expect(shown(unwrapKeyData(nodeCrypto, suite, 0, long, { iv, keyData: hex(wrapped) }))).to.equal(toHex(plain));
  });

  it('is RC4 in version 1, keyed by the IV and then the KEK, without its first 256 octets', () => {
    const keyData = hex('00112233445566778899aabbccddee');
    const expected = nodeCrypto.rc4(Uint8Array.of(...iv, ...kek), 256, keyData);
    expect(shown(wrapKeyData(nodeCrypto, psk, 1, kek, { iv, keyData }))).to.equal(toHex(expected));
  });

  for (const { name, parameters, version } of everyWay) {
    it(`${name}: what is wrapped is unwrapped`, () => {
      const key = kekOf(parameters.kek);
      const blocks = uint8Array({ minLength: 2, maxLength: 12 }).map((octets) =>
        Uint8Array.from({ length: 8 * octets.length }, (_, i) => octets[i >> 3] ?? 0),
      );
      const there = property(blocks, (keyData) => {
        const wrapped = wrapKeyData(nodeCrypto, parameters, version, key, { iv, keyData, associated });
        expect(wrapped).to.not.equal(undefined);
        const back = unwrapKeyData(nodeCrypto, parameters, version, key, { iv, keyData: wrapped ?? iv, associated });
        expect(shown(back)).to.equal(toHex(keyData));
      });
      assert(there, { numRuns: 10 });
    });
  }

  it('says no to a changed octet, wherever the cipher can tell', () => {
    const keyData = new Uint8Array(32).fill(9);
    for (const { name, parameters, version } of everyWay.filter((way) => way.version !== 1)) {
      const key = kekOf(parameters.kek);
      const wrapped = wrapKeyData(nodeCrypto, parameters, version, key, { iv, keyData, associated }) ?? iv;
      for (let at = 0; at < wrapped.length; at += 7) {
        const changed = wrapped.map((octet, i) => (i === at ? octet ^ 1 : octet));
        expect(unwrapKeyData(nodeCrypto, parameters, version, key, { iv, keyData: changed, associated }), name).to.equal(
          undefined,
        );
      }
    }
  });

  it('AES-SIV also protects the packet in front of the key data', () => {
    const fils = parametersOf(akmNamed('FILS_SHA384'), 48);
    const key = kekOf(64);
    const keyData = wrapKeyData(nodeCrypto, fils, 0, key, { iv, keyData: hex('dd00'), associated }) ?? iv;
    expect(shown(unwrapKeyData(nodeCrypto, fils, 0, key, { iv, keyData, associated }))).to.equal('dd00');
    expect(unwrapKeyData(nodeCrypto, fils, 0, key, { iv, keyData, associated: hex('0203005f03') })).to.equal(undefined);
    expect(unwrapKeyData(nodeCrypto, fils, 0, key, { iv, keyData })).to.equal(undefined);
  });

  it('cannot wrap what was not padded', () => {
    expect(wrapKeyData(nodeCrypto, psk, 2, kek, { iv, keyData: new Uint8Array(17) })).to.equal(undefined);
    expect(wrapKeyData(nodeCrypto, psk, 2, kek, { iv, keyData: new Uint8Array(8) })).to.equal(undefined);
  });

  it('no frame talks a suite into RC4, or into any version it does not have', () => {
    const keyData = new Uint8Array(24);
    for (const akm of akms) {
      const parameters = parametersOf(akm, akm.pmkLengths[0] ?? 0);
      const due = everyWay.filter((way) => way.parameters === parameters).map(({ version }) => version);
      for (const version of [0, 1, 2, 3, 4, 7].filter((other) => !due.includes(other))) {
        expect(unwrapKeyData(nodeCrypto, parameters, version, kekOf(parameters.kek), { iv, keyData }), akm.name).to.equal(
          undefined,
        );
        expect(wrapKeyData(nodeCrypto, parameters, version, kekOf(parameters.kek), { iv, keyData }), akm.name).to.equal(
          undefined,
        );
      }
    }
  });

  it('takes no KEK of another length, and survives any bytes', () => {
    const anything = property(uint8Array({ maxLength: 80 }), uint8Array({ maxLength: 80 }), (key, keyData) => {
      for (const { parameters, version } of everyWay) {
        const given = unwrapKeyData(nodeCrypto, parameters, version, key, { iv, keyData });
        if (key.length !== parameters.kek) expect(given).to.equal(undefined);
      }
    });
    assert(anything, { numRuns: 50 });
  });
});
