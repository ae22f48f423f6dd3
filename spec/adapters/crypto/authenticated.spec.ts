import { type CipherCCM, type CipherGCM, createCipheriv } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { eachCrypto, hex, hexOf } from './implementations.js';

/** IEEE 802.11-2020 J.6.4, CCMP with a key of 128 bits: its nonce, associated data and MPDU. */
const CCMP = {
  key: hex('c97c1f67ce371185514a8a19f2bdd52f'),
  nonce: hex('005030f1844408b5039776e70c'),
  associated: hex('08400fd2e128a57c5030f1844408abaea5b8fcba0000'),
  plain: 'f8ba1a55d02f85ae967bb62fb6cda8eb7e78a050',
  sealed: hex('f3d0a2fe9a3dbf2342a643e43246e80c3c04d019 7845ce0b16f97623'),
};

/** Test case 4 of McGrew and Viega, "The Galois/Counter Mode of Operation" (NIST, 2004). */
const GCM = {
  key: hex('feffe9928665731c6d6a8f9467308308'),
  nonce: hex('cafebabefacedbaddecaf888'),
  associated: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
  plain:
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  sealed: hex(`42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
    21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091 5bc94fbc3221a5db94fae95ae7121a47`),
};

/** NIST SP 800-38A F.5.1, CTR-AES128, the first two blocks. */
const CTR = {
  key: hex('2b7e151628aed2a6abf7158809cf4f3c'),
  first: hex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
  plain: hex('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51'),
  text: '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff',
};

const octets = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const key = fc.constantFrom(16, 32).chain(octets);
const text = fc.uint8Array({ minLength: 1, maxLength: 100 });
const associated = fc.uint8Array({ maxLength: 40 });

const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => new Uint8Array(Buffer.concat(parts));

const ccmSealed = (k: Uint8Array, nonce: Uint8Array, plain: Uint8Array, aad: Uint8Array, tag: 8 | 16): Uint8Array => {
  const name = k.length === 16 ? 'aes-128-ccm' : 'aes-256-ccm';
  const cipher: CipherCCM = createCipheriv(name, k, nonce, { authTagLength: tag });
  cipher.setAAD(aad, { plaintextLength: plain.length });
  return joined(cipher.update(plain), cipher.final(), cipher.getAuthTag());
};

const gcmSealed = (k: Uint8Array, nonce: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array => {
  const cipher: CipherGCM = createCipheriv(k.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm', k, nonce);
  cipher.setAAD(aad);
  return joined(cipher.update(plain), cipher.final(), cipher.getAuthTag());
};

/** The same with one bit turned over. */
const spoiled = (sealed: Uint8Array, at: number): Uint8Array => {
  const other = sealed.slice();
  const place = at % other.length;
  other[place] = (other[place] ?? 0) ^ 1;
  return other;
};

describe('the ciphers of data frames', () => {
  eachCrypto((crypto) => {
    it('CCM as IEEE 802.11 has it', () => {
      const { nonce, associated: aad, plain, sealed } = CCMP;
      expect(hexOf(crypto.aesCcmOpen(CCMP.key, nonce, sealed, aad, 8))).to.equal(plain);
      expect(crypto.aesCcmOpen(CCMP.key, nonce, spoiled(sealed, 0), aad, 8)).to.equal(undefined);
      expect(crypto.aesCcmOpen(CCMP.key, nonce, sealed, spoiled(aad, 0), 8)).to.equal(undefined);
    });

    it('GCM', () => {
      const { nonce, associated: aad, plain, sealed } = GCM;
      expect(hexOf(crypto.aesGcmOpen(GCM.key, nonce, sealed, aad))).to.equal(plain);
      expect(crypto.aesGcmOpen(GCM.key, nonce, spoiled(sealed, 70), aad)).to.equal(undefined);
    });

    it('counter mode', () => {
      expect(hexOf(crypto.aesCounter(CTR.key, CTR.first, CTR.plain))).to.equal(CTR.text);
    });

    it('open what OpenSSL seals, and nothing that was touched', () => {
      const message = fc.record({ k: key, nonce: octets(13), plain: text, aad: associated });
      fc.assert(
        fc.property(message, fc.constantFrom(8 as const, 16 as const), fc.nat(), ({ k, nonce, plain, aad }, tag, at) => {
          const ccm = ccmSealed(k, nonce, plain, aad, tag);
          expect(crypto.aesCcmOpen(k, nonce, ccm, aad, tag)).to.deep.equal(plain);
          expect(crypto.aesCcmOpen(k, nonce, spoiled(ccm, at), aad, tag)).to.equal(undefined);
          const gcm = gcmSealed(k, nonce.subarray(1), plain, aad);
          expect(crypto.aesGcmOpen(k, nonce.subarray(1), gcm, aad)).to.deep.equal(plain);
          expect(crypto.aesGcmOpen(k, nonce.subarray(1), spoiled(gcm, at), aad)).to.equal(undefined);
        }),
        { numRuns: 300 },
      );
    });

    it('have no result for a key, a nonce or a tag that is none', () => {
      const none = new Uint8Array(0);
      expect(crypto.aesCcmOpen(new Uint8Array(24), CCMP.nonce, CCMP.sealed, none, 8)).to.equal(undefined);
      expect(crypto.aesCcmOpen(CCMP.key, new Uint8Array(12), CCMP.sealed, none, 8)).to.equal(undefined);
      expect(crypto.aesCcmOpen(CCMP.key, CCMP.nonce, new Uint8Array(7), none, 8)).to.equal(undefined);
      expect(crypto.aesCcmOpen(CCMP.key, CCMP.nonce, new Uint8Array(8), none, 8)).to.equal(undefined);
      expect(crypto.aesGcmOpen(new Uint8Array(15), GCM.nonce, GCM.sealed, none)).to.equal(undefined);
      expect(crypto.aesGcmOpen(GCM.key, new Uint8Array(13), GCM.sealed, none)).to.equal(undefined);
      expect(crypto.aesGcmOpen(GCM.key, GCM.nonce, new Uint8Array(15), none)).to.equal(undefined);
      expect(crypto.aesCounter(new Uint8Array(24), CTR.first, CTR.plain)).to.equal(undefined);
      expect(crypto.aesCounter(CTR.key, new Uint8Array(15), CTR.plain)).to.equal(undefined);
    });
  });
});
