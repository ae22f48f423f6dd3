import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { array, assert, constantFrom, integer, property, uint8Array } from 'fast-check';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { kdf } from '../../../../../operators/core/rsn/keys/kdf.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';

type Hash = 'sha256' | 'sha384' | 'sha512';
interface Inputs {
  readonly hash: Hash;
  readonly key: Uint8Array;
  readonly label: string;
  readonly context: Uint8Array;
  readonly octets: number;
}

/** IEEE 802.11-2020 12.7.1.6.2 once more, slowly. */
const slowly = ({ hash, key, label, context, octets }: Inputs): string => {
  let result = Buffer.alloc(0);
  for (let i = 1; result.length < octets; i++) {
    const [count, bits] = [Buffer.alloc(2), Buffer.alloc(2)];
    count.writeUInt16LE(i);
    bits.writeUInt16LE(octets * 8);
    const block = createHmac(hash, key).update(count).update(Buffer.from(label, 'latin1')).update(context).update(bits).digest();
    result = Buffer.concat([result, block]);
  }
  return result.subarray(0, octets).toString('hex');
};

const hashes = constantFrom<Hash>('sha256', 'sha384', 'sha512');
const ascii = array(integer({ min: 0x20, max: 0x7e })).map((codes) => String.fromCharCode(...codes));

describe('kdf', () => {
  it('gives 640 bits as IEEE P802.11az/D2.6 J.13 has them', () => {
    // The context is "Pairwise key expansion" of that example: both addresses, then both nonces, the smaller first.
    const context = hex(`00904c01c107 c0ffd4a8dbc1
      404b012ffb43ed0fb43ea1f287c91f2506d21b4a92d74b5ea50c943350ce8671
      be7a1ca284347b5bd67dbd2dfdb4d99f1afae0b88ba18e008718417e4b27ef5f`);
    const pmk = hex('def43e5567e01ca6649265f19a290eeff8bd888f6c1d9cc9d10f04bd378f3cad');
    const keys = kdf(nodeCrypto, 'sha256', pmk, { label: 'Pairwise key expansion', context, octets: 80 });
    const expected = `cd7b9e7555362df0b63568484a8112f5 99cad3588da0f1e63fd190191039bb4b 9e2e9377e7532e737a1bc250fe194a03
      6c7fb97ceb55b01acff00f070942bdf5291feb4bee38e0365b25a250bb2ac9ff`;
    expect(toHex(keys)).to.equal(toHex(hex(expected)));
  });

  it('is the KDF of the standard for every hash, label, context and length', () => {
    const octets = integer({ min: 1, max: 200 });
    const inputs = property(hashes, uint8Array(), ascii, uint8Array(), octets, (hash, key, label, context, length) => {
      const given = kdf(nodeCrypto, hash, key, { label, context, octets: length });
      expect(toHex(given)).to.equal(slowly({ hash, key, label, context, octets: length }));
    });
    assert(inputs);
  });

  it('is not a prefix of itself: the length goes in', () => {
    const of = (octets: number) => kdf(nodeCrypto, 'sha256', hex('00'), { label: 'a', context: hex(''), octets });
    expect(toHex(of(16))).to.not.equal(toHex(of(32).subarray(0, 16)));
  });
});
