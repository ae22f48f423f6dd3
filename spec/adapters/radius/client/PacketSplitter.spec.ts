import { expect } from 'chai';
import fc from 'fast-check';
import { PacketSplitter } from '../../../../adapters/radius/client/PacketSplitter.js';

const packet = (size: number, fill: number): Uint8Array => {
  const bytes = new Uint8Array(size).fill(fill);
  bytes.set([size >>> 8, size], 2);
  return bytes;
};

describe('packets in a stream of octets', () => {
  it('are found however the stream is cut', () => {
    const sizes = fc.array(fc.integer({ min: 20, max: 4096 }), { minLength: 1, maxLength: 6 });
    const cuts = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, cuts, (wanted, pieces) => {
        const packets = wanted.map((size, n) => packet(size, n));
        const stream = Uint8Array.from(packets.flatMap((one) => [...one]));
        const splitter = new PacketSplitter();
        const found: Uint8Array[] = [];
        for (let at = 0, n = 0; at < stream.length; n++) {
          const size = pieces[n % pieces.length] ?? 1;
          for (const one of splitter.push(stream.subarray(at, at + size)) ?? []) found.push(Uint8Array.from(one));
          at += size;
        }
        expect(found).to.deep.equal(packets);
      }),
      { numRuns: 50 },
    );
  });

  it('are none where a length is impossible', () => {
    expect(new PacketSplitter().push(Uint8Array.of(2, 0, 0, 19))).to.equal(undefined);
    expect(new PacketSplitter().push(Uint8Array.of(2, 0, 0x10, 0x01))).to.equal(undefined);
  });
});
