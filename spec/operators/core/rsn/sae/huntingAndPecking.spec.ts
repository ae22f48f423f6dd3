import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { Curve } from '../../../../../operators/core/crypto/index.js';
import { huntAndPeck } from '../../../../../operators/core/rsn/sae/huntingAndPecking.js';
import { octetsOfPoint } from '../../../../../operators/core/rsn/sae/octets.js';
import { hex } from '../../../../streams/frames/hex.js';
import { curve } from './exchange.js';
import { annexJ10, ascii, hostap, hostapAddresses } from './vectors.js';

const blinding = new Uint8Array(32).fill(0x5a);

const hunted = (on: Curve, password: Uint8Array, addresses = hostapAddresses, random = blinding): Uint8Array | undefined => {
  const point = huntAndPeck(nodeCrypto, on, password, addresses, random);
  return point === undefined ? undefined : octetsOfPoint(on, point);
};

describe('hunting and pecking', () => {
  for (const group of [19, 20, 21]) {
    it(`finds hostap's element in group ${group}`, () => {
      const vector = hostap.exchanges.find((one) => one.group === group && one.method === 'huntingAndPecking');
      expect(hunted(curve(group), ascii(hostap.password))).to.deep.equal(hex(vector?.passwordElement ?? ''));
    });
  }

  it('finds the same at both ends', () => {
    const { own, peer } = annexJ10.hunting.addresses;
    expect(hunted(curve(19), annexJ10.password, { own: peer, peer: own })).to.deep.equal(
      hunted(curve(19), annexJ10.password, { own, peer }),
    );
  });

  it('finds the same whatever it is blinded with, and always a point of the curve', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const p256 = curve(19);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 63 }), bytes, bytes, (password, one, other) => {
        const found = huntAndPeck(nodeCrypto, p256, password, hostapAddresses, one);
        expect(found).to.deep.equal(huntAndPeck(nodeCrypto, p256, password, hostapAddresses, other));
        expect(found !== undefined && p256.isOnCurve(found)).to.equal(true);
      }),
      { numRuns: 40 },
    );
  });

  it('takes no x that is not below the prime', () => {
    // A curve so small that every second value is too great: modulo 131, which is 3 mod 4, with one octet to a coordinate.
    const prime = 131n;
    const squareRoot = (value: bigint): bigint | undefined => {
      for (let root = 0n; root < prime; root++) if ((root * root) % prime === value) return root;
      return undefined;
    };
    const isSquare = (value: bigint): boolean => squareRoot(value) !== undefined;
    const small: Curve = { ...curve(19), prime, a: prime - 3n, b: 7n, length: 1, squareRoot, isSquare };
    for (let i = 0; i < 100; i++) {
      const { x, y } = huntAndPeck(nodeCrypto, small, ascii(`${i}`), hostapAddresses, blinding) ?? { x: prime, y: prime };
      expect(x < prime).to.equal(true);
      expect((y * y - (x * x - 3n) * x - 7n) % prime).to.equal(0n);
    }
  });

  it('tries as often, wherever the element is found', () => {
    const tries = (password: string): number => {
      let count = 0;
      const p256 = curve(19);
      const counting: Curve = {
        ...p256,
        isSquare: (value) => {
          count++;
          return p256.isSquare(value);
        },
      };
      hunted(counting, ascii(password));
      return count;
    };
    for (let i = 0; i < 20; i++) expect(tries(`password ${i}`)).to.equal(40);
  });
});
