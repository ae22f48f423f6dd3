import { expect } from 'chai';
import { frameBytes, joined, pcapFile, pcapHeader, pcapRecord, readAll } from '../../../support/captureBytes.js';

const three = [10, 0, 61].map((size, i) => ({
  seconds: 1_700_000_000 + i,
  fraction: 123_456 + i,
  bytes: frameBytes(size, i),
  length: size + 5,
}));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('pcap', () => {
  for (const isLittle of [true, false]) {
    const order = isLittle ? 'little-endian' : 'big-endian';

    it(`is read ${order}, in microseconds`, () => {
      const { format, frames, damages } = readAll(pcapFile(three, { isLittle }));
      expect(format).to.equal('pcap');
      expect(damages).to.deep.equal([]);
      expect(frames).to.deep.equal(
        three.map(({ bytes }, i) => ({
          number: i + 1,
          time: (1_700_000_000 + i) * 1e6 + 123_456 + i,
          linkType: 105,
          hex: hex(bytes),
        })),
      );
    });

    it(`is read ${order}, in nanoseconds`, () => {
      const { frames } = readAll(
        pcapFile([{ seconds: 1, fraction: 2_500, bytes: frameBytes(4) }], { isLittle, magic: 0xa1b23c4d }),
      );
      expect(frames.map(({ time }) => time)).to.deep.equal([1_000_002.5]);
    });

    it(`is read ${order} with the record header of Kuznetzov's libpcap, of 24 octets`, () => {
      const more = Uint8Array.of(1, 0, 0, 0, 8, 0, 4, 0);
      const { frames, damages } = readAll(
        pcapFile(
          three.map((record) => ({ ...record, more })),
          { isLittle, magic: 0xa1b2cd34 },
        ),
      );
      expect(frames.map((frame) => frame.hex)).to.deep.equal(three.map(({ bytes }) => hex(bytes)));
      expect(damages).to.deep.equal([]);
    });
  }

  for (const magic of [0x1c0001ac, 0x1c0001ab]) {
    it(`is read as IXIA writes it: 0x${magic.toString(16)}`, () => {
      const file = joined(pcapHeader({ magic }), Uint8Array.of(9, 9, 9, 9), ...three.map((record) => pcapRecord(record)));
      const { frames, damages } = readAll(file);
      expect(frames.map(({ time }) => time % 1e6)).to.deep.equal([123_456, 123_457, 123_458]);
      expect(damages).to.deep.equal([]);
    });
  }

  it('has the link type in the lower half of its field', () => {
    const { frames } = readAll(pcapFile(three, { network: 0x1000_007f }));
    expect(frames.map(({ linkType }) => linkType)).to.deep.equal([127, 127, 127]);
  });

  describe('says how long the frame check sequence is', () => {
    const FOUR_OCTETS = 0x2400_0000;

    it('and it is no part of a bare frame', () => {
      const { frames } = readAll(pcapFile([{ seconds: 1, bytes: frameBytes(20) }], { network: FOUR_OCTETS | 105 }));
      expect(frames[0]?.hex).to.equal(hex(frameBytes(20).subarray(0, 16)));
    });

    it('but only what was captured of it is left out', () => {
      const cut = (captured: number) => ({ seconds: 1, bytes: frameBytes(captured), length: 20 });
      const { frames } = readAll(pcapFile([20, 18, 16, 12].map(cut), { network: FOUR_OCTETS | 105 }));
      expect(frames.map((frame) => frame.hex.length / 2)).to.deep.equal([16, 16, 16, 12]);
    });

    it('and a radio header that knows better is left alone', () => {
      const { frames } = readAll(pcapFile([{ seconds: 1, bytes: frameBytes(20) }], { network: FOUR_OCTETS | 127 }));
      expect(frames[0]?.hex).to.equal(hex(frameBytes(20)));
    });
  });

  it('may have frames longer than its snapshot length, up to 256 KiB', () => {
    const { frames, damages } = readAll(pcapFile([{ seconds: 1, bytes: frameBytes(2 ** 18) }], { snapLength: 96 }), 1000);
    expect(frames.map((frame) => frame.hex.length / 2)).to.deep.equal([2 ** 18]);
    expect(damages).to.deep.equal([]);
  });

  it('without a frame is a capture', () => {
    expect(readAll(pcapHeader())).to.deep.include({ frames: [], damages: [], damageCount: 0, secrets: [], lost: [] });
  });

  it('of more frames than a batch has room for is numbered through', () => {
    const { frames } = readAll(
      pcapFile(Array.from({ length: 40_000 }, (_, i) => ({ seconds: 7, fraction: i, bytes: frameBytes(1, i) }))),
    );
    expect(frames.length).to.equal(40_000);
    expect(frames.every(({ number, time }, i) => number === i + 1 && time === 7e6 + i)).to.equal(true);
  });
});
