import { expect } from 'chai';
import fc from 'fast-check';
import { michael } from '../../../../../operators/core/shadow/protection/michael.js';
import { mixedKey } from '../../../../../operators/core/shadow/protection/tkipMixing.js';
import { hex } from '../../../../streams/frames/hex.js';
import * as plain from '../../../../support/tkip.js';

const octets = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

describe('TKIP', () => {
  // IEEE 802.11-2020 J.1.1: the test vectors of Michael, each of which is the key of the next.
  it('makes the codes of Michael', () => {
    const vectors: ReadonlyArray<readonly [string, string, string]> = [
      ['0000000000000000', '', '82925c1ca1d130b8'],
      ['82925c1ca1d130b8', 'M', '434721ca40639b3f'],
      ['434721ca40639b3f', 'Mi', 'e8f9becae97e5d29'],
      ['e8f9becae97e5d29', 'Mic', '90038fc6cf13c1db'],
      ['90038fc6cf13c1db', 'Mich', 'd55e100510128986'],
      ['d55e100510128986', 'Michael', '0a942b124ecaa546'],
    ];
    for (const [key, message, code] of vectors)
      expect(michael(hex(key), new TextEncoder().encode(message)), message).to.deep.equal(hex(code));
  });

  it('mixes keys as the plain reading of 12.5.2.5 does', () => {
    fc.assert(
      fc.property(octets(16), octets(6), fc.nat(0xffffffff), fc.nat(0xffff), (key, transmitter, iv32, iv16) => {
        expect(mixedKey(key, transmitter, iv32, iv16)).to.deep.equal(plain.mixedKey(key, transmitter, iv32, iv16));
      }),
    );
  });
});
