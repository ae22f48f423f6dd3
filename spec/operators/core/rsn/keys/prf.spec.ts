import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { prf } from '../../../../../operators/core/rsn/keys/prf.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** IEEE 802.11-2020 J.3.2. */
const vectors = [
  {
    key: new Uint8Array(20).fill(0x0b),
    data: ascii('Hi There'),
    output: `bcd4c650b30b9684951829e0d75f9d54 b862175ed9f00606e17d8da35402ffee
      75df78c3d31e0f889f012120c0862beb 67753e7439ae242edb8373698356cf5a`,
  },
  {
    key: ascii('Jefe'),
    data: ascii('what do ya want for nothing?'),
    output: `51f4de5b33f249adf81aeb713a3c20f4 fe631446fabdfa58244759ae58ef9009
      a99abf4eac2ca5fa87e692c440eb4002 3e7babb206d61de7b92f41529092b8fc`,
  },
  {
    key: new Uint8Array(20).fill(0xaa),
    data: new Uint8Array(50).fill(0xdd),
    output: `e1ac546ec4cb636f9976487be5c86be1 7a0252ca5d8d8df12cfb0473525249ce
      9dd8d177ead710bc9b590547239107ae f7b4abd43d87f0a68f1cbd9e2b6f7607`,
  },
];

describe('prf', () => {
  vectors.forEach(({ key, data, output }, i) => {
    it(`gives vector ${i + 1} of the standard`, () => {
      expect(toHex(prf(nodeCrypto, key, 'prefix', data, 64))).to.equal(toHex(hex(output)));
    });

    it(`gives the beginning of vector ${i + 1} when asked for less`, () => {
      for (const octets of [1, 16, 20, 24, 32, 48, 61]) {
        expect(toHex(prf(nodeCrypto, key, 'prefix', data, octets))).to.equal(toHex(hex(output).subarray(0, octets)));
      }
    });
  });

  it('leaves no key stream behind what it gives, and its inputs alone', () => {
    const [key, data] = [new Uint8Array(20).fill(0x0b), ascii('Hi There')];
    const given = prf(nodeCrypto, key, 'prefix', data, 24);
    const behind = new Uint8Array(given.buffer).subarray(given.byteOffset + given.length);
    expect([...behind].every((octet) => octet === 0)).to.equal(true);
    expect(toHex(key)).to.equal('0b'.repeat(20));
    expect(toHex(data)).to.equal(toHex(ascii('Hi There')));
  });
});
