import { expect } from 'chai';
import { type Unpacker, unpacking } from '../../../../adapters/capture/compression/unpacking.js';
import { bytesOf } from '../../../../adapters/event-log/index.js';

const PACKED = 2 ** 19;

/** Makes so many octets of one, and notes how many it was fed at a time. */
const inflating = (ratio: (fedBefore: number) => number) => {
  const fed: number[] = [];
  let sum = 0;
  const unpackerTo = (give: (piece: Uint8Array) => void): Unpacker => ({
    feed: (packed) => {
      fed.push(packed.length);
      give(new Uint8Array(packed.length * ratio(sum)));
      sum += packed.length;
    },
    hasMore: () => false,
    finish: () => {},
  });
  return { unpackerTo, fed };
};

const readAll = (unpackerTo: (give: (piece: Uint8Array) => void) => Unpacker, packed = PACKED): number => {
  const source = unpacking(bytesOf(new Uint8Array(packed)), unpackerTo);
  const into = new Uint8Array(2 ** 16);
  let sum = 0;
  for (let size = source.read(into); size > 0; size = source.read(into)) sum += size;
  return sum;
};

describe('unpacking', () => {
  it('feeds ever larger pieces, up to 16 KiB', () => {
    const { unpackerTo, fed } = inflating(() => 3);
    expect(readAll(unpackerTo)).to.equal(3 * PACKED);
    expect(fed.slice(0, 9)).to.deep.equal([128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 16_384]);
    expect(Math.max(...fed)).to.equal(16_384);
  });

  it('feeds small pieces for as long as much is made of them', () => {
    const { unpackerTo, fed } = inflating(() => 1032);
    expect(readAll(unpackerTo)).to.equal(1032 * PACKED);
    expect(Math.max(...fed) * 1032).to.be.at.most(2 ** 19);
  });

  it('feeds small pieces from where much is made of them, and larger ones behind it', () => {
    const half = PACKED / 2;
    const { unpackerTo, fed } = inflating((before) => (before > half && before < half + 2 ** 16 ? 1032 : 1));
    readAll(unpackerTo);
    const large = fed.filter((size) => size * 1032 > 2 ** 19);
    const first = fed.findIndex((size, index) => index > 10 && size === 128);
    expect(first).to.be.greaterThan(10);
    expect(Math.max(...fed.slice(first, first + 100)) * 1032).to.be.at.most(2 ** 19);
    expect(large.at(-1)).to.equal(16_384);
  });

  it('feeds nothing more while there is more to give, and all that is given is read', () => {
    let [waiting, most] = [0, 0];
    const unpackerTo = (give: (piece: Uint8Array) => void): Unpacker => ({
      feed: (packed) => {
        expect(packed.length === 0 || waiting === 0).to.equal(true);
        waiting += packed.length;
        most = Math.max(most, waiting);
        const size = Math.min(waiting, 100);
        waiting -= size;
        give(new Uint8Array(size));
      },
      hasMore: () => waiting > 0,
      finish: () => expect(waiting).to.equal(0),
    });
    expect(readAll(unpackerTo, 50_000)).to.equal(50_000);
    expect(most).to.equal(16_384);
  });
});
