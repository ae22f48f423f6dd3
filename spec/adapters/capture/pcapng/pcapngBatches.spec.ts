import { expect } from 'chai';
import { blocksIn, frameBytes, joined, readAll } from '../../../support/captureBytes.js';

const octet = (value: number): Uint8Array => Uint8Array.of(value);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

for (const isLittle of [true, false]) {
  const b = blocksIn(isLittle);
  const head = joined(b.section(), b.interface());

  describe(`pcapng, ${isLittle ? 'little' : 'big'}-endian`, () => {
    it('has frames in enhanced, simple and obsolete packet blocks', () => {
      const file = joined(
        head,
        b.packet(5_000_000, frameBytes(7)),
        b.simplePacket(frameBytes(9)),
        b.oldPacket(6_000_000, frameBytes(2)),
      );
      const { format, frames, damages } = readAll(file);
      expect(format).to.equal('pcapng');
      expect(damages).to.deep.equal([]);
      expect(frames).to.deep.equal([
        { number: 1, time: 5_000_000, linkType: 105, hex: hex(frameBytes(7)) },
        { number: 2, time: 0, linkType: 105, hex: hex(frameBytes(9)) },
        { number: 3, time: 6_000_000, linkType: 105, hex: hex(frameBytes(2)) },
      ]);
    });

    it('counts time in the resolution of the interface', () => {
      const resolutions = [octet(6), octet(9), octet(3), octet(0x80 | 20), octet(0)];
      const ticks = [
        1_700_000_000_000_001n,
        1_700_000_000_000_001_000n,
        1_700_000_000_000n,
        1_700_000_000n << 20n,
        1_700_000_000n,
      ];
      const file = joined(
        b.section(),
        ...resolutions.map((value) =>
          b.interface(105, [
            [2, text('wlan0')],
            [9, value],
          ]),
        ),
        ...ticks.map((time, id) => b.packet(time, frameBytes(1), { id })),
      );
      const times = readAll(file).frames.map(({ time }) => time);
      expect(times).to.deep.equal([17e14 + 1, 17e14 + 1, 17e14, 17e14, 17e14]);
    });

    it('adds the offset of the interface, which may be negative', () => {
      const file = joined(
        b.section(),
        b.interface(105, [[14, b.u64(1_700_000_000)]]),
        b.interface(105, [[14, b.u64(-10n)]]),
        b.packet(7, frameBytes(1)),
        b.packet(30_000_000, frameBytes(1), { id: 1 }),
      );
      expect(readAll(file).frames.map(({ time }) => time)).to.deep.equal([1_700_000_000_000_007, 20_000_000]);
    });

    it('may have interfaces of different link types', () => {
      const file = joined(
        b.section(),
        b.interface(127),
        b.interface(1),
        ...[1, 0, 1].map((id) => b.packet(0, frameBytes(3), { id })),
      );
      expect(readAll(file).frames.map(({ linkType }) => linkType)).to.deep.equal([1, 127, 1]);
    });

    it('leaves the frame check sequence out where the interface says how long it is', () => {
      const frame = b.packet(0, frameBytes(20));
      const sizes = [105, 1, 127].map((linkType) => readAll(joined(b.section(), b.interface(linkType, [[13, octet(4)]]), frame)));
      expect(sizes.map(({ frames }) => (frames[0]?.hex.length ?? 0) / 2)).to.deep.equal([16, 16, 20]);
    });

    it('cuts simple packets where the snapshot length does', () => {
      const file = joined(b.section(), b.interface(105, [], 8), b.simplePacket(frameBytes(8), 900));
      expect(readAll(file).frames.map((frame) => frame.hex)).to.deep.equal([hex(frameBytes(8))]);
    });

    it('has sections, each with a byte order and interfaces of its own', () => {
      const other = blocksIn(!isLittle);
      const file = joined(
        head,
        b.packet(1, frameBytes(1)),
        other.section([], 999n),
        other.interface(1),
        other.packet(2, frameBytes(2)),
        head,
      );
      const { frames, damages } = readAll(joined(file, b.packet(3, frameBytes(3))));
      expect(damages).to.deep.equal([]);
      expect(frames.map(({ time, linkType }) => [time, linkType])).to.deep.equal([
        [1, 105],
        [2, 1],
        [3, 105],
      ]);
    });

    it('passes over blocks that are no frames', () => {
      const names = b.block(4, new Uint8Array(4));
      const local = b.block(0x80000001, frameBytes(5));
      const unknown = b.block(0x0777, frameBytes(50));
      const file = joined(
        head,
        names,
        b.packet(1, frameBytes(1)),
        local,
        unknown,
        b.packet(2, frameBytes(2)),
        b.block(7, new Uint8Array(0)),
      );
      expect(readAll(file)).to.deep.include({ damages: [], lost: [] });
      expect(readAll(file).frames.map(({ number }) => number)).to.deep.equal([1, 2]);
    });

    it('numbers custom blocks and journal entries as Wireshark does', () => {
      const frame = b.packet(1, frameBytes(1));
      const file = joined(
        head,
        frame,
        b.custom(text('one')),
        b.custom(text('two'), false),
        frame,
        frame,
        b.block(9, text('A=b')),
        frame,
      );
      expect(readAll(file).frames.map(({ number }) => number)).to.deep.equal([1, 4, 5, 7]);
    });

    it('tells of lost frames before the frame that says so', () => {
      const dropped = (n: number) => ({
        list: [
          [1, text('why')],
          [4, b.u64(n)],
        ] as const,
      });
      const file = joined(
        head,
        b.packet(1, frameBytes(1)),
        b.packet(2, frameBytes(1), dropped(3)),
        b.packet(3, frameBytes(1), dropped(0)),
        b.oldPacket(4, frameBytes(1), 2),
      );
      const { frames, lost } = readAll(file);
      expect(frames.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4]);
      expect(lost).to.deep.equal([
        [2, 3],
        [4, 2],
      ]);
    });

    it('takes of statistics what was not told before', () => {
      const statistics = (byInterface: number, bySystem: number) =>
        b.statistics([
          [5, b.u64(byInterface)],
          [7, b.u64(bySystem)],
        ]);
      const file = joined(
        head,
        b.packet(2, frameBytes(1), { list: [[4, b.u64(3)]] }),
        statistics(4, 1),
        b.packet(3, frameBytes(1)),
        statistics(4, 1),
        b.packet(4, frameBytes(1)),
        statistics(4, 9),
      );
      expect(readAll(file).lost).to.deep.equal([
        [1, 3],
        [2, 2],
        [4, 8],
      ]);
    });

    it('keeps what its decryption secrets blocks hold', () => {
      const log = text('CLIENT_RANDOM 00 11\n');
      const file = joined(head, b.secrets(0x544c534b, log), b.packet(1, frameBytes(1)), b.secrets(0x57474b4c, frameBytes(3)));
      expect(readAll(file).secrets).to.deep.equal([
        { type: 0x544c534b, hex: hex(log) },
        { type: 0x57474b4c, hex: hex(frameBytes(3)) },
      ]);
    });

    it('is believed where a length leaves its padding out', () => {
      const block = b.packet(1, frameBytes(5));
      const view = new DataView(block.buffer);
      for (const at of [4, block.length - 4]) view.setUint32(at, block.length - 3, isLittle);
      const { frames, damages } = readAll(joined(head, block, b.packet(2, frameBytes(1))));
      expect(frames.map((frame) => frame.hex.length / 2)).to.deep.equal([5, 1]);
      expect(damages).to.deep.equal([]);
    });
  });
}
