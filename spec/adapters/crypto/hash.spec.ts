import { expect } from 'chai';
import { ascii, eachCrypto, hexOf } from './implementations.js';

/** RFC 1321 A.5. */
const MD5: ReadonlyArray<readonly [string, string]> = [
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a', '0cc175b9c0f1b6a831c399e269772661'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
  ['12345678901234567890123456789012345678901234567890123456789012345678901234567890', '57edf4a22be3c955ac49da2e2107b67a'],
];

/** RFC 3174 7.3: four tests, each a text and how often it is repeated. */
const SHA1: ReadonlyArray<readonly [string, number, string]> = [
  ['abc', 1, 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', 1, '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
  ['a', 1_000_000, '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
  ['0123456701234567012345670123456701234567012345670123456701234567', 10, 'dea356a2cddd90c7a7ecedc5ebb563934f460452'],
];

/** FIPS 180-4, the examples "SHA256.pdf", "SHA384.pdf" and "SHA512.pdf" NIST publishes beside it: the message "abc". */
const SHA2 = {
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha384: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  sha512:
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
} as const;

describe('hash', () => {
  eachCrypto((crypto) => {
    for (const [text, digest] of MD5) {
      it(`MD5 of ${text.length} octets`, () => {
        expect(hexOf(crypto.hash('md5', ascii(text)))).to.equal(digest);
      });
    }

    for (const [text, times, digest] of SHA1) {
      it(`SHA-1 of ${text.length * times} octets`, () => {
        expect(hexOf(crypto.hash('sha1', ascii(text.repeat(times))))).to.equal(digest);
      });
    }

    for (const name of ['sha256', 'sha384', 'sha512'] as const) {
      it(`${name} of "abc"`, () => {
        expect(hexOf(crypto.hash(name, ascii('abc')))).to.equal(SHA2[name]);
      });
    }
  });
});
