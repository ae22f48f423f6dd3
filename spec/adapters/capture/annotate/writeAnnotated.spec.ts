import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { SecretsType, writeAnnotated } from '../../../../adapters/capture/index.js';
import { bytesOf } from '../../../../adapters/event-log/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { annotated } from '../../../support/annotated.js';
import { blocksIn, frameBytes, joined, pcapFile, readAll } from '../../../support/captureBytes.js';
import { captureFile, captureNames, hasCaptures } from '../../../support/captures.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const includes = (file: Uint8Array, part: Uint8Array): boolean => Buffer.from(file).includes(Buffer.from(part));
const said = (comments: Readonly<Record<number, ReadonlyArray<string>>>) => ({
  commentsOf: (frame: number): ReadonlyArray<string> | undefined => comments[frame],
});

const records = [5, 60, 0, 33].map((size, i) => ({
  seconds: 1_700_000_000 + i,
  fraction: 999_999 - i,
  bytes: frameBytes(size, i),
  length: size + 9,
}));

describe('writeAnnotated', () => {
  describe('of a pcap', () => {
    for (const isLittle of [true, false]) {
      it(`of ${isLittle ? 'little' : 'big'} byte order makes a pcapng of the same frames`, () => {
        const file = pcapFile(records, { isLittle });
        const { frames, damages, file: made } = annotated(file, said({ 2: ['here'] }));
        expect([frames, damages]).to.deep.equal([4, []]);
        expect(readAll(made)).to.deep.equal({ ...readAll(file), format: 'pcapng' });
      });
    }

    it('keeps nanoseconds exactly, which a time in microseconds does not', () => {
      const file = pcapFile([{ seconds: 1_700_000_000, fraction: 123_456_789, bytes: frameBytes(3) }], { magic: 0xa1b23c4d });
      const { file: made } = annotated(file);
      const ticks = 1_700_000_000_123_456_789n;
      expect(includes(made, blocksIn(true).packet(ticks, frameBytes(3)))).to.equal(true);
      expect(readAll(made)).to.deep.equal({ ...readAll(file), format: 'pcapng' });
    });

    it('keeps the frame check sequence, and says that it is there', () => {
      const file = pcapFile(
        records.map((record) => ({ ...record, length: record.bytes.length })),
        { network: 0x2400_0069 },
      );
      const { file: made } = annotated(file);
      expect(readAll(made).frames).to.deep.equal(readAll(file).frames);
      expect(includes(made, frameBytes(60, 1))).to.equal(true);
    });

    it('may be compressed', () => {
      expect(annotated(gzipSync(pcapFile(records))).file).to.deep.equal(annotated(pcapFile(records)).file);
    });

    it('that is cut off has the frames before the cut', () => {
      const { frames, damageCount, file } = annotated(pcapFile(records).subarray(0, -2));
      expect([frames, damageCount, readAll(file).frames.length]).to.deep.equal([3, 1, 3]);
    });

    it('says who wrote it, on what, and why', () => {
      const { file } = annotated(pcapFile(records), {
        comment: 'two connections failed',
        hardware: 'a laptop',
        operatingSystem: 'an OS',
      });
      const b = blocksIn(true);
      const section = b.section([
        [1, text('two connections failed')],
        [2, text('a laptop')],
        [3, text('an OS')],
        [4, text('postassoc 9.9.9')],
      ]);
      expect(file.subarray(0, section.length)).to.deep.equal(section);
    });
  });

  for (const isLittle of [true, false]) {
    const b = blocksIn(isLittle);
    const options = [
      [1, text('what was said before')],
      [2, Uint8Array.of(1, 0, 0, 0)],
    ] as const;
    const packets = [
      b.packet(1, frameBytes(5)),
      b.packet(2, frameBytes(8), { list: options }),
      b.simplePacket(frameBytes(6)),
      b.oldPacket(4, frameBytes(7)),
    ];
    const section = b.section([[4, text('dumpcap')]], 1234n);
    const others = [
      b.interface(127, [
        [2, text('mon0')],
        [9, Uint8Array.of(9)],
      ]),
      b.custom(text('keep me')),
      b.block(0x80000aaa, frameBytes(9)),
    ];
    const file = joined(section, ...others, ...packets, b.statistics([[4, b.u64(1)]]));

    describe(`of a pcapng, ${isLittle ? 'little' : 'big'}-endian`, () => {
      it('copies all blocks as they are, but for a section length that is none any more', () => {
        const open = b.section([[4, text('dumpcap')]]);
        expect(annotated(file).file).to.deep.equal(joined(open, file.subarray(section.length)));
      });

      it('adds comments to those that are there', () => {
        const { file: made } = annotated(file, said({ 3: ['second', 'of two'] }));
        const commented = b.packet(2, frameBytes(8), { list: [[1, text('second')], [1, text('of two')], ...options] });
        const [head, tail] = [joined(...others, packets[0] ?? file), joined(packets[2] ?? file, packets[3] ?? file)];
        expect(includes(made, joined(head, commented, tail))).to.equal(true);
        expect(readAll(made)).to.deep.equal(readAll(file));
      });

      it('adds options where there are none, and end them', () => {
        const { file: made } = annotated(file, said({ 2: ['first'], 5: ['last'] }));
        expect(includes(made, b.packet(1, frameBytes(5), { list: [[1, text('first')]] }))).to.equal(true);
        expect(readAll(made)).to.deep.equal(readAll(file));
      });

      it('makes a simple packet that something is said of an enhanced one', () => {
        const { file: made } = annotated(file, said({ 4: ['no time'] }));
        expect(includes(made, b.packet(0, frameBytes(6), { list: [[1, text('no time')]] }))).to.equal(true);
        expect(readAll(made).frames).to.deep.equal(readAll(file).frames);
      });

      it('writes secrets behind the section header, in its byte order', () => {
        const data = text('CLIENT_RANDOM 00 11\n');
        const { file: made } = annotated(file, {
          secrets: [{ type: SecretsType.tlsKeyLog, data: Secret.of(data) }],
          comment: 'why',
        });
        expect(includes(made, joined(b.secrets(0x544c534b, data), ...others))).to.equal(true);
        expect(readAll(made).secrets).to.deep.equal([{ type: 0x544c534b, hex: Buffer.from(data).toString('hex') }]);
      });

      it('leaves a section its application', () => {
        const { file: made } = annotated(file, { comment: 'why', hardware: 'a laptop' });
        const open = b.section([
          [1, text('why')],
          [2, text('a laptop')],
          [4, text('dumpcap')],
        ]);
        expect(made.subarray(0, open.length)).to.deep.equal(open);
      });
    });
  }

  it('says of itself in the first section only', () => {
    const b = blocksIn(true);
    const sections = [b.section(), b.interface(), b.section(), b.interface()];
    const data = text('CLIENT_RANDOM 00 11\n');
    const { file } = annotated(joined(...sections), { secrets: [{ type: SecretsType.tlsKeyLog, data: Secret.of(data) }] });
    const described = b.section([[4, text('postassoc 9.9.9')]]);
    const plain = joined(b.n([4, 0x0a0d0d0a], [4, 32]), b.section().subarray(8, 24), b.n([4, 0], [4, 32]));
    expect(file).to.deep.equal(joined(described, b.secrets(0x544c534b, data), b.interface(), plain, b.interface()));
  });

  it('leaves out of a damaged pcapng what is no block', () => {
    const b = blocksIn(true);
    const [head, frame] = [joined(b.section([[4, text('x')]]), b.interface()), b.packet(1, frameBytes(9))];
    const { file, frames, damageCount } = annotated(joined(head, frame, frameBytes(64), frame, frame.subarray(0, 20)));
    expect(file).to.deep.equal(joined(head, frame, frame));
    expect([frames, damageCount]).to.deep.equal([2, 2]);
  });

  it('cuts a comment that is longer than an option may be between two characters', () => {
    const { file } = annotated(pcapFile(records), said({ 1: [`${'a'.repeat(65_534)}ü`] }));
    expect(includes(file, blocksIn(true).n([2, 1], [2, 65_534]))).to.equal(true);
    expect(readAll(file).damages).to.deep.equal([]);
  });

  it('asks for each frame once, in order', () => {
    const asked: number[] = [];
    annotated(pcapFile(records), {
      commentsOf: (frame) => {
        asked.push(frame);
        return;
      },
    });
    expect(asked).to.deep.equal([1, 2, 3, 4]);
  });

  it('writes no frame otherwise than it was, whatever is said of it', () => {
    const list = fc.array(fc.record({ size: fc.nat(400), comments: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(list, fc.boolean(), (frames, isNg) => {
        const b = blocksIn(true);
        const blocks = frames.map(({ size }, i) => b.packet(1_700_000_000_000_000 + i, frameBytes(size, i)));
        const file = isNg
          ? joined(b.section(), b.interface(127), ...blocks)
          : pcapFile(frames.map(({ size }, i) => ({ seconds: 1_700_000_000 + i, bytes: frameBytes(size, i), length: size + 1 })));
        const { file: made } = annotated(file, { commentsOf: (frame) => frames[frame - 1]?.comments });
        expect(readAll(made)).to.deep.equal({ ...readAll(file), format: 'pcapng' });
      }),
      { numRuns: 100 },
    );
  });

  it('writes a capture larger than what it holds back', () => {
    const many = pcapFile(Array.from({ length: 20 }, (_, i) => ({ seconds: i + 1, bytes: frameBytes(200_000, i) })));
    expect(readAll(annotated(many, said({ 7: ['x'] })).file)).to.deep.equal({ ...readAll(many), format: 'pcapng' });
  });

  it('says what is no capture', () => {
    const written = writeAnnotated(bytesOf(text('hello')), () => {}, { application: 'x', commentsOf: () => undefined });
    expect(written._tag === 'Left' && written.left.kind).to.equal('unknown');
  });

  for (const name of hasCaptures ? captureNames : []) {
    it(`leaves the frames of ${name} as they are`, () => {
      const file = captureFile(name);
      const before = readAll(file);
      const { file: made, damages } = annotated(file, { commentsOf: (frame) => [`frame ${frame}`] });
      expect(readAll(made)).to.deep.equal({ ...before, format: 'pcapng', damages: [], damageCount: 0 });
      expect(damages).to.deep.equal(before.damages);
    });
  }
});
