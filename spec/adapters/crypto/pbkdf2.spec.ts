import { expect } from 'chai';
import { ascii, eachCrypto, hexOf } from './implementations.js';

/** RFC 6070 2, all but the one of sixteen million iterations. */
const RFC6070: ReadonlyArray<readonly [string, string, number, string]> = [
  ['password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
  ['password', 'salt', 2, 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'],
  ['password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1'],
  [
    'passwordPASSWORDpassword',
    'saltSALTsaltSALTsaltSALTsaltSALTsalt',
    4096,
    '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038',
  ],
  ['pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3'],
];

/** IEEE 802.11-2020 J.4.2: passphrase, SSID, pre-shared key. */
const PASSPHRASES: ReadonlyArray<readonly [string, string, string]> = [
  ['password', 'IEEE', 'f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e'],
  ['ThisIsAPassword', 'ThisIsASSID', '0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af'],
  ['a'.repeat(32), 'Z'.repeat(32), 'becb93866bb8c3832cb777c2f559807c8c59afcb6eae734885001300a981cc62'],
];

describe('pbkdf2', () => {
  eachCrypto((crypto) => {
    for (const [password, salt, iterations, key] of RFC6070) {
      it(`RFC 6070: ${iterations} iterations, ${key.length / 2} octets`, () => {
        const derived = crypto.pbkdf2('sha1', ascii(password), ascii(salt), iterations, key.length / 2);
        expect(hexOf(derived)).to.equal(key);
      });
    }

    for (const [passphrase, ssid, psk] of PASSPHRASES) {
      it(`the pre-shared key of ${ssid}`, () => {
        expect(hexOf(crypto.pbkdf2('sha1', ascii(passphrase), ascii(ssid), 4096, 32))).to.equal(psk);
      });
    }

    it('is empty where nothing can be derived', () => {
      const impossible = [
        [0, 20],
        [-1, 20],
        [1.5, 20],
        [Number.NaN, 20],
        [Number.POSITIVE_INFINITY, 20],
        [2 ** 40, 20],
        [1, 0],
        [1, -1],
        [1, 0.5],
        [1, Number.NaN],
        [1, 2 ** 40],
      ] as const;
      for (const [iterations, octets] of impossible) {
        for (const hash of ['sha1', 'sha256'] as const) {
          expect(crypto.pbkdf2(hash, ascii('password'), ascii('salt'), iterations, octets)).to.have.length(0);
        }
      }
    });
  });
});
