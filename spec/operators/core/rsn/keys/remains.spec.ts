import { expect } from 'chai';
import { isRight } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';
import { akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { unwrapKeys } from '../../../../../operators/core/rsn/ft/wrappedKeys.js';
import { ftPtk, ftR0, ftR1 } from '../../../../../operators/core/rsn/keys/ft.js';
import { kdf } from '../../../../../operators/core/rsn/keys/kdf.js';
import { unwrapKeyData } from '../../../../../operators/core/rsn/keys/keyWrap.js';
import { pairwiseKey } from '../../../../../operators/core/rsn/keys/ptk.js';
import { akmNamed, cipherNamed } from './suites.js';

/** Cryptography that remembers the buffers keys were in. */
const watched = () => {
  const buffers: Uint8Array[] = [];
  const seen = <A extends Uint8Array | undefined>(bytes: A): A => {
    if (bytes !== undefined) buffers.push(bytes);
    return bytes;
  };
  const crypto: Crypto = {
    ...nodeCrypto,
    hmacs: (hash, key, messages) => seen(nodeCrypto.hmacs(hash, key, messages)),
    aesUnwrap: (kek, wrapped) => seen(nodeCrypto.aesUnwrap(kek, wrapped)),
    rc4: (key, skip, data) => nodeCrypto.rc4(seen(key), skip, data),
  };
  const remains = (): number => buffers.filter((buffer) => buffer.some((octet) => octet !== 0)).length;
  return { crypto, remains, count: () => buffers.length };
};

const handshake = {
  addresses: { authenticator: new Uint8Array(6).fill(1), supplicant: new Uint8Array(6).fill(2) },
  nonces: { authenticator: new Uint8Array(32).fill(3), supplicant: new Uint8Array(32).fill(4) },
};
const kek = new Uint8Array(16).fill(5);

describe('what key derivation leaves in memory', () => {
  it('nothing of a PTK but the PTK', () => {
    for (const akm of akms) {
      const { crypto, remains, count } = watched();
      pairwiseKey(crypto, akm, cipherNamed('TKIP'), new Uint8Array(akm.pmkLengths[0] ?? 0).fill(9), handshake);
      expect([count(), remains()], akm.name).to.deep.equal([1, 0]);
    }
  });

  it('nothing of a fast transition but its keys', () => {
    for (const akm of akms.filter(({ fastTransition }) => fastTransition)) {
      const { crypto, remains, count } = watched();
      const scope = { ssid: kek, mobilityDomain: kek.subarray(0, 2), r0KeyHolder: kek, supplicant: kek.subarray(0, 6) };
      const r0 = ftR0(crypto, akm, new Uint8Array(akm.pmkLengths[0] ?? 0).fill(9), scope);
      const r1 = ftR1(crypto, akm, r0, { r1KeyHolder: kek.subarray(0, 6), supplicant: kek.subarray(0, 6) });
      ftPtk(crypto, akm, cipherNamed('CCMP'), r1, handshake);
      expect([count(), remains()], akm.name).to.deep.equal([3, 0]);
    }
  });

  it('no key of RC4', () => {
    const { crypto, remains, count } = watched();
    const parameters = parametersOf(akmNamed('PSK'), 32);
    unwrapKeyData(crypto, parameters, 1, kek, { iv: kek, keyData: kek });
    expect([count(), remains()]).to.deep.equal([1, 0]);
  });

  it('no group key of a transition one of whose keys is damaged', () => {
    const { crypto, remains, count } = watched();
    const wrapped = nodeCrypto.aesWrap(kek, new Uint8Array(16).fill(7)) ?? kek;
    const nonce = new Uint8Array(32);
    const transition = {
      ...{ micControl: 0, elementCount: 3, mic: new Uint8Array(16), anonce: nonce, snonce: nonce },
      gtk: { keyId: 1, keyLength: 16, receiveCounter: new Uint8Array(8), wrapped },
      igtk: { keyId: 4, keyLength: 16, packetNumber: new Uint8Array(6), wrapped: new Uint8Array(24) },
    };
    expect(isRight(unwrapKeys(crypto, kek, transition))).to.equal(false);
    expect([count(), remains()]).to.deep.equal([1, 0]);
  });

  it('no octet that was not asked for', () => {
    const { crypto } = watched();
    const given = kdf(crypto, 'sha256', kek, { label: 'a', context: kek, octets: 40 });
    expect([...new Uint8Array(given.buffer, given.byteOffset + 40)].every((octet) => octet === 0)).to.equal(true);
    expect(kdf(crypto, 'sha256', kek, { label: 'a', context: kek, octets: 0 })).to.have.length(0);
  });
});
