import { expect } from 'chai';
import { ascii, eachCrypto, eachKeyWrap, hex, hexOf } from './implementations.js';

const KEK = hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
const KEY = hex('00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f');

/** RFC 3394 4.1 to 4.6: octets of the key-encryption key, of the key, and the cipher text. */
const WRAPPED: ReadonlyArray<readonly [number, number, string]> = [
  [16, 16, '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'],
  [24, 16, '96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d'],
  [32, 16, '64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7'],
  [24, 24, '031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2'],
  [32, 24, 'a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1'],
  [32, 32, '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21'],
];

/** RFC 4493 4, examples 1 to 4. */
const MESSAGE = hex(`6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
  30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710`);
const TAGS: ReadonlyArray<readonly [number, string]> = [
  [0, 'bb1d6929e95937287fa37d129b756746'],
  [16, '070a16b46b4d4144f79bdd9dd04a287c'],
  [40, 'dfa66747de9ae63030ca32611497c827'],
  [64, '51f0bebf7e3b9d92fc49741779363cfe'],
];

/** RFC 5297 A.1 and A.2. */
const SIV = [
  {
    key: 'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
    associated: ['101112131415161718191a1b1c1d1e1f2021222324252627'],
    plain: '112233445566778899aabbccddee',
    sealed: '85632d07c6e8f37f950acd320a2ecc93 40c02b9690c4dc04daef7f6afe5c',
  },
  {
    key: '7f7e7d7c7b7a79787776757473727170 404142434445464748494a4b4c4d4e4f',
    associated: [
      '00112233445566778899aabbccddeeff deaddadadeaddadaffeeddccbbaa9988 7766554433221100',
      '102030405060708090a0',
      '09f911029d74e35bd84156c5635688c0',
    ],
    plain: '7468697320697320736f6d6520706c61 696e7465787420746f20656e63727970 74207573696e67205349562d414553',
    sealed:
      '7bdb6e3b432667eb06f4d14bff2fbd0f cb900f2fddbe404326601965c889bf17 dba77ceb094fa663b7a3f748ba8af829 ea64ad544a272e9c485b62a3fd5c0d',
  },
];

describe('AES key wrap', () => {
  eachKeyWrap((crypto) => {
    for (const [kekOctets, octets, wrapped] of WRAPPED) {
      const kek = KEK.subarray(0, kekOctets);
      const key = KEY.subarray(0, octets);
      if (kekOctets === 24) {
        it(`refuses AES-192 (RFC 3394, ${octets} octets)`, () => {
          expect(crypto.aesWrap(kek, key)).to.equal(undefined);
          expect(crypto.aesUnwrap(kek, hex(wrapped))).to.equal(undefined);
        });
        continue;
      }
      it(`RFC 3394: ${octets} octets under ${kekOctets}`, () => {
        expect(hexOf(crypto.aesWrap(kek, key))).to.equal(wrapped);
        expect(hexOf(crypto.aesUnwrap(kek, hex(wrapped)))).to.equal(hexOf(key));
      });
      it(`finds any octet changed, of ${octets} under ${kekOctets}`, () => {
        for (let at = 0; at < wrapped.length / 2; at++) {
          const changed = hex(wrapped);
          changed[at] = (changed[at] ?? 0) ^ 0x40;
          expect(crypto.aesUnwrap(kek, changed)).to.equal(undefined);
        }
      });
    }

    it('wraps and unwraps what is longer than any handshake', () => {
      const long = Uint8Array.from({ length: 2048 }, (_, i) => i);
      const wrapped = crypto.aesWrap(KEK, long) ?? new Uint8Array(0);
      expect(wrapped).to.have.length(2056);
      expect(crypto.aesUnwrap(KEK, wrapped)).to.deep.equal(long);
    });

    it('refuses lengths that cannot be wrapped or have been', () => {
      const kek = KEK.subarray(0, 16);
      for (const octets of [0, 1, 7, 8, 9, 15, 17, 20, 25]) {
        expect(crypto.aesWrap(kek, new Uint8Array(octets)), `wrap ${octets}`).to.equal(undefined);
      }
      for (const octets of [0, 7, 8, 15, 16, 17, 23, 25, 31, 33]) {
        expect(crypto.aesUnwrap(kek, new Uint8Array(octets)), `unwrap ${octets}`).to.equal(undefined);
      }
      for (const octets of [0, 1, 15, 17, 31, 33, 64]) {
        expect(crypto.aesWrap(new Uint8Array(octets), KEY), `kek ${octets}`).to.equal(undefined);
        expect(crypto.aesUnwrap(new Uint8Array(octets), KEY), `kek ${octets}`).to.equal(undefined);
      }
    });
  });
});

describe('AES-CMAC', () => {
  eachCrypto((crypto) => {
    const key = hex('2b7e151628aed2a6abf7158809cf4f3c');
    for (const [octets, tag] of TAGS) {
      it(`RFC 4493: ${octets} octets`, () => {
        expect(hexOf(crypto.aesCmac(key, MESSAGE.subarray(0, octets)))).to.equal(tag);
      });
    }

    it('makes no tag with a key of another length', () => {
      for (const octets of [0, 1, 15, 17, 24, 32]) expect(crypto.aesCmac(new Uint8Array(octets), MESSAGE)).to.have.length(0);
    });
  });
});

describe('AES-SIV', () => {
  eachCrypto((crypto) => {
    for (const { key, associated, plain, sealed } of SIV) {
      const strings = associated.map(hex);
      it(`RFC 5297: ${strings.length} associated strings`, () => {
        expect(hexOf(crypto.aesSivSeal(hex(key), hex(plain), strings))).to.equal(sealed.replaceAll(' ', ''));
        expect(hexOf(crypto.aesSivOpen(hex(key), hex(sealed), strings))).to.equal(plain.replaceAll(' ', ''));
      });

      it(`opens nothing that was changed, with ${strings.length} associated strings`, () => {
        for (let at = 0; at < hex(sealed).length; at++) {
          const changed = hex(sealed);
          changed[at] = (changed[at] ?? 0) ^ 1;
          expect(crypto.aesSivOpen(hex(key), changed, strings)).to.equal(undefined);
        }
        expect(crypto.aesSivOpen(hex(key), hex(sealed), [...strings, new Uint8Array(0)])).to.equal(undefined);
        expect(crypto.aesSivOpen(hex(key), hex(sealed), strings.slice(1))).to.equal(undefined);
      });
    }

    it('refuses a key, a length or a number of strings it cannot have', () => {
      const strings = (count: number) => Array.from({ length: count }, () => new Uint8Array(1));
      for (const octets of [0, 16, 31, 33, 40, 63, 65, 128]) {
        expect(crypto.aesSivSeal(new Uint8Array(octets), ascii('plain'), [])).to.equal(undefined);
        expect(crypto.aesSivOpen(new Uint8Array(octets), new Uint8Array(20), [])).to.equal(undefined);
      }
      for (const octets of [0, 1, 15, 16]) {
        expect(crypto.aesSivOpen(new Uint8Array(32), new Uint8Array(octets), [])).to.equal(undefined);
      }
      expect(crypto.aesSivSeal(new Uint8Array(32), ascii('plain'), strings(126))).to.have.length(21);
      expect(crypto.aesSivSeal(new Uint8Array(32), ascii('plain'), strings(127))).to.equal(undefined);
    });
  });
});
