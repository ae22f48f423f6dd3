import { expect } from 'chai';
import type { HashName } from '../../../operators/core/crypto/index.js';
import { ascii, eachCrypto, hex, hexOf, repeated } from './implementations.js';

interface Vector {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly macs: Readonly<Partial<Record<HashName, string>>>;
}

const counting = (to: number): Uint8Array => Uint8Array.from({ length: to }, (_, i) => i + 1);

/** RFC 2202 2: HMAC-MD5. Where the key is as long as the hash, its own cases. */
const MD5: ReadonlyArray<Vector> = [
  { key: repeated(0x0b, 16), message: ascii('Hi There'), macs: { md5: '9294727a3638bb1c13f48ef8158bfc9d' } },
  { key: repeated(0xaa, 16), message: repeated(0xdd, 50), macs: { md5: '56be34521d144c88dbb8c733f0e8b3f6' } },
  { key: repeated(0x0c, 16), message: ascii('Test With Truncation'), macs: { md5: '56461ef2342edc00f9bab995690efd4c' } },
];

/** RFC 2202 3: HMAC-SHA-1; the cases it shares with 2 carry both. */
const SHA1: ReadonlyArray<Vector> = [
  { key: repeated(0x0b, 20), message: ascii('Hi There'), macs: { sha1: 'b617318655057264e28bc0b6fb378c8ef146be00' } },
  {
    key: ascii('Jefe'),
    message: ascii('what do ya want for nothing?'),
    macs: { md5: '750c783e6ab0b503eaa86e310a5db738', sha1: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79' },
  },
  { key: repeated(0xaa, 20), message: repeated(0xdd, 50), macs: { sha1: '125d7342b9ac11cd91a39af48aa17b4f63f175d3' } },
  {
    key: counting(25),
    message: repeated(0xcd, 50),
    macs: { md5: '697eaf0aca3a3aea3a75164746ffaa79', sha1: '4c9007f4026250c6bc8414f9bf50c86c2d7235da' },
  },
  { key: repeated(0x0c, 20), message: ascii('Test With Truncation'), macs: { sha1: '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04' } },
  {
    key: repeated(0xaa, 80),
    message: ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
    macs: { md5: '6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd', sha1: 'aa4ae5e15272d00e95705637ce8a3b55ed402112' },
  },
  {
    key: repeated(0xaa, 80),
    message: ascii('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data'),
    macs: { md5: '6f630fad67cda0ee1fb1f562db3aa53e', sha1: 'e8e99d0f45237d786d6bbaa7965c7808bbff1a91' },
  },
];

/** RFC 4231 4.2 to 4.8. Case 5 is truncated there, to 128 bits. */
const SHA2: ReadonlyArray<Vector> = [
  {
    key: repeated(0x0b, 20),
    message: ascii('Hi There'),
    macs: {
      sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      sha384: 'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
      sha512:
        '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    },
  },
  {
    key: ascii('Jefe'),
    message: ascii('what do ya want for nothing?'),
    macs: {
      sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      sha384: 'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
      sha512:
        '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    },
  },
  {
    key: repeated(0xaa, 20),
    message: repeated(0xdd, 50),
    macs: {
      sha256: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
      sha384: '88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27',
      sha512:
        'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
    },
  },
  {
    key: counting(25),
    message: repeated(0xcd, 50),
    macs: {
      sha256: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
      sha384: '3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb',
      sha512:
        'b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd',
    },
  },
  {
    key: repeated(0x0c, 20),
    message: ascii('Test With Truncation'),
    macs: {
      sha256: 'a3b6167473100ee06e0c796c2955552b',
      sha384: '3abf34c3503b2a23a46efc619baef897',
      sha512: '415fad6271580a531d4179bc891d87a6',
    },
  },
  {
    key: repeated(0xaa, 131),
    message: ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
    macs: {
      sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
      sha384: '4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952',
      sha512:
        '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
    },
  },
  {
    key: repeated(0xaa, 131),
    message: ascii(
      'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
    ),
    macs: {
      sha256: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
      sha384: '6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e',
      sha512:
        'e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58',
    },
  },
];

const vectors = [...MD5, ...SHA1, ...SHA2];

describe('hmac', () => {
  eachCrypto((crypto) => {
    for (const { key, message, macs } of vectors) {
      for (const [hash, mac] of Object.entries(macs) as ReadonlyArray<[HashName, string]>) {
        it(`${hash} of ${message.length} octets under a key of ${key.length}`, () => {
          expect(hexOf(crypto.hmac(hash, key, message).subarray(0, mac.length / 2))).to.equal(mac);
        });
      }
    }

    it('several messages under one key are their HMACs end to end', () => {
      for (const hash of ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const) {
        const key = repeated(0xaa, 80);
        const messages = [ascii('one'), new Uint8Array(0), repeated(3, 200)];
        const apart = messages.map((message) => hexOf(crypto.hmac(hash, key, message))).join('');
        expect(hexOf(crypto.hmacs(hash, key, messages))).to.equal(apart);
        expect(hexOf(crypto.hmacs(hash, key, []))).to.equal('');
      }
    });

    it('makes the pairwise key of IEEE 802.11-2020 J.7.1, three messages under the pairwise master key', () => {
      const pmk = hex('0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af');
      const data = hex(`a0a1a1a3a4a5 b0b1b2b3b4b5
        c0c1c2c3c4c5c6c7c8c9d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5
        e0e1e2e3e4e5e6e7e8e9f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff000102030405`);
      const messages = [0, 1, 2].map((count) => Uint8Array.from([...ascii('Pairwise key expansion'), 0, ...data, count]));
      const [kck, kek, tk] = [
        '379f9852d0199236b94e407ce4c00ec8',
        '47c9edc01c2c6e5b4910caddfb3e51a7',
        'b2360c79e9710fdd58bea93deaf06599',
      ];
      expect(hexOf(crypto.hmacs('sha1', pmk, messages).subarray(0, 48))).to.equal(`${kck}${kek}${tk}`);
    });
  });
});
