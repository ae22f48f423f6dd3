import { expect } from 'chai';
import { drawRandom } from '../../../adapters/crypto/drawRandom.js';

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

describe('drawRandom', () => {
  it('gives as many octets as are asked for', () => {
    for (const octets of [0, 1, 16, 1023, 1024, 1025, 4096, 10_000]) expect(drawRandom(octets)).to.have.length(octets);
  });

  it('gives none twice, however often it is asked', () => {
    const seen = new Set<string>();
    for (let count = 0; count < 5_000; count++) seen.add(hex(drawRandom(16)));
    expect(seen.size).to.equal(5_000);
  });

  it('gives octets of their own: what becomes of them changes no others', () => {
    const first = drawRandom(32);
    expect(first.buffer.byteLength).to.equal(32);
    const before = hex(first);
    drawRandom(32).fill(0);
    expect(hex(first)).to.equal(before);
  });

  it('gives no octets that were left over as zeros, at the end of a pool or beyond', () => {
    const zeros = '00'.repeat(24);
    for (let count = 0; count < 2_000; count++) expect(hex(drawRandom(24))).not.to.equal(zeros);
  });
});
