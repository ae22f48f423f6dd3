import { expect } from 'chai';
import { frameBytes, joined, pcapFile, pcapHeader, pcapRecord, readAll } from '../../../support/captureBytes.js';

const records = Array.from({ length: 12 }, (_, i) => ({ seconds: 1_700_000_000 + i, fraction: i, bytes: frameBytes(40 + i, i) }));
const seconds = (file: Uint8Array): ReadonlyArray<number> =>
  readAll(file).frames.map(({ time }) => Math.floor(time / 1e6) - 1_700_000_000);
const offsetOf = (n: number): number => pcapFile(records.slice(0, n)).length;

describe('a damaged pcap', () => {
  it('that is cut in its last frame has all the others', () => {
    const file = pcapFile(records).subarray(0, -3);
    expect(seconds(file)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(readAll(file).damages).to.deep.equal([
      { offset: offsetOf(11), message: 'the capture ends in frame 12: 48 of 51 octets are there' },
    ]);
  });

  it('that is cut in a record header has all frames before it', () => {
    const file = pcapFile(records).subarray(0, offsetOf(11) + 5);
    expect(readAll(file).damages).to.deep.equal([
      { offset: offsetOf(11), message: 'the capture ends in the header of frame 12: 5 of 16 octets are there' },
    ]);
    expect(seconds(file).length).to.equal(11);
  });

  it('with an impossible length in the middle goes on at the next record', () => {
    const broken = records.map((record, i) => (i === 5 ? { ...record, captured: 0xffffffff } : record));
    const file = pcapFile(broken);
    expect(seconds(file)).to.deep.equal([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]);
    expect(readAll(file).damages).to.deep.equal([
      { offset: offsetOf(5), message: 'frame 6 cannot have 4294967295 octets; at most 262144 are believed' },
    ]);
  });

  it('with a length that swallows the rest goes on at the next record', () => {
    const broken = records.map((record, i) => (i === 5 ? { ...record, captured: 200_000 } : record));
    expect(seconds(pcapFile(broken))).to.deep.equal([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]);
    expect(readAll(pcapFile(broken)).damages.map(({ offset }) => offset)).to.deep.equal([offsetOf(5)]);
  });

  it('of which octets are missing goes on behind them', () => {
    const whole = pcapFile(records);
    const file = joined(whole.subarray(0, offsetOf(5) + 30), whole.subarray(offsetOf(7) + 20));
    expect(seconds(file).slice(0, 5)).to.deep.equal([0, 1, 2, 3, 4]);
    expect(seconds(file).slice(-4)).to.deep.equal([8, 9, 10, 11]);
    expect(readAll(file).damageCount).to.equal(1);
  });

  it('whose last record alone is left is read to its end', () => {
    const broken = records.map((record, i) => (i === 10 ? { ...record, captured: 0x7fffffff } : record));
    expect(seconds(pcapFile(broken)).at(-1)).to.equal(11);
  });

  it('with zeros where it was never written goes on behind them', () => {
    const file = joined(
      pcapFile(records.slice(0, 4)),
      new Uint8Array(5000),
      ...records.slice(4).map((record) => pcapRecord(record)),
    );
    expect(seconds(file)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(readAll(file).damages).to.deep.equal([
      { offset: offsetOf(4), message: 'where frame 5 should be there is nothing but zeros' },
    ]);
  });

  it('takes no chain of records that jumps through the years for one', () => {
    const strays = [1_000_000_000, 1_400_000_000, 1_900_000_000].map((at) => pcapRecord({ seconds: at, bytes: frameBytes(30) }));
    const file = joined(
      pcapFile(records.slice(0, 4)),
      new Uint8Array(40).fill(0xff),
      ...strays,
      ...records.slice(4).map((record) => pcapRecord(record)),
    );
    expect(seconds(file)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('that has nothing but octets after its header has no frames', () => {
    const { frames, damages } = readAll(joined(pcapHeader(), new Uint8Array(100_000).fill(0xff)));
    expect(frames).to.deep.equal([]);
    expect(damages.map(({ offset }) => offset)).to.deep.equal([24]);
  });

  it('with more damages than anyone reads tells of the first and how many there are', () => {
    const good = records.slice(0, 3).map((record) => pcapRecord(record));
    const bad = new Uint8Array(32).fill(0xff);
    const { frames, damages, damageCount } = readAll(
      joined(pcapHeader(), ...Array.from({ length: 500 }, () => joined(...good, bad))),
    );
    expect(frames.length).to.equal(1500);
    expect([damages.length, damageCount]).to.deep.equal([100, 500]);
  });

  it('is read the same however it is cut into chunks', () => {
    const broken = records.map((record, i) => (i === 5 ? { ...record, captured: 0xffffffff } : record));
    const file = pcapFile(broken).subarray(0, -3);
    const whole = readAll(file);
    for (const size of [1, 2, 3, 7, 16, 57, 64, 300]) expect(readAll(file, size), `chunks of ${size}`).to.deep.equal(whole);
  });
});
