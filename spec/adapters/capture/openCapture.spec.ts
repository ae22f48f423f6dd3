import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { openCapture } from '../../../adapters/capture/index.js';
import { type ByteSource, bytesOf } from '../../../adapters/event-log/index.js';
import { blocksIn, faultIn, frameBytes, joined, pcapFile, pcapHeader, readAll } from '../../support/captureBytes.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const big = blocksIn(false);
const little = blocksIn(true);

const sizes = fc.array(fc.nat(300), { maxLength: 40 });

const pcapOf = (list: ReadonlyArray<number>, isLittle: boolean): Uint8Array =>
  pcapFile(
    list.map((size, i) => ({ seconds: 1_700_000_000 + i, fraction: size, bytes: frameBytes(size, i), length: size + 1 })),
    { isLittle },
  );

const pcapngOf = (list: ReadonlyArray<number>, isLittle: boolean): Uint8Array => {
  const b = isLittle ? little : big;
  const blocks = list.map((size, i) => {
    const bytes = frameBytes(size, i);
    return (
      [b.packet(i, bytes), b.simplePacket(bytes), b.custom(bytes), b.packet(i, bytes, { list: [[4, b.u64(size)]] })][i % 4] ??
      bytes
    );
  });
  return joined(b.section([[1, text('a section')]]), b.interface(127), ...blocks);
};

describe('openCapture', () => {
  it('reads a capture the same however it is cut into chunks', () => {
    fc.assert(
      fc.property(sizes, fc.boolean(), fc.integer({ min: 1, max: 700 }), (list, isLittle, chunkSize) => {
        for (const file of [pcapOf(list, isLittle), pcapngOf(list, isLittle)]) {
          expect(readAll(file, chunkSize)).to.deep.equal(readAll(file));
          expect(readAll(file, chunkSize).frames.length).to.be.at.least(Math.floor(list.length / 2));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('reads whatever is done to a capture, without an exception, and keeps its frames in order', () => {
    const change = fc.record({ at: fc.nat(), value: fc.nat(255) });
    fc.assert(
      fc.property(sizes, fc.boolean(), fc.array(change, { maxLength: 20 }), fc.nat(), (list, isNg, changes, cut) => {
        const file = isNg ? pcapngOf(list, true) : pcapOf(list, true);
        for (const { at, value } of changes) file[28 + (at % Math.max(1, file.length - 28))] = value;
        const opened = openCapture(bytesOf(file.subarray(0, file.length - (cut % 64))), { chunkSize: 200 });
        if (opened._tag === 'Left') return;
        let next = 1;
        for (const { first, count, starts, ends, bytes } of opened.right.batches()) {
          expect(first).to.be.at.least(next);
          next = first + count;
          for (let i = 0; i < count; i++) expect(ends[i]).to.be.within(starts[i] ?? 0, bytes.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  describe('says of what is no capture', () => {
    const known: ReadonlyArray<readonly [what: string, bytes: Uint8Array, fault: string]> = [
      ['that it is empty', new Uint8Array(0), 'empty: it is empty: not even a file header is there'],
      [
        'that it may be a log',
        text('{"v":1}\n'),
        'unknown: it is no capture: it begins with 7b 22 76 22 3a 31 7d 0a: a JSON log? Try postassoc check',
      ],
      [
        'that it is text',
        text('wlan0: ok'),
        'unknown: it is no capture: it begins with 77 6c 61 6e 30 3a 20 6f: it looks like text',
      ],
      [
        'how to unpack it',
        Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4),
        'unknown: it is no capture: it begins with fd 37 7a 58 5a 00 00 04: it is compressed by xz: xz -dc FILE, and give what comes out',
      ],
      [
        'what can be read',
        Uint8Array.of(1, 2, 3),
        'unknown: it is no capture: it begins with 01 02 03: pcap and pcapng can be read, plain or compressed by gzip or zstd',
      ],
      [
        'what can be read where eight octets of a text are followed by others',
        joined(text('wlan0: ok'), Uint8Array.of(0x80, 0, 1, 2, 3)),
        'unknown: it is no capture: it begins with 77 6c 61 6e 30 3a 20 6f: pcap and pcapng can be read, plain or compressed by gzip or zstd',
      ],
      [
        'the same where they begin as JSON would',
        joined(
          text('{'),
          Uint8Array.from({ length: 64 }, (_, i) => 255 - i * 4),
        ),
        'unknown: it is no capture: it begins with 7b ff fb f7 f3 ef eb e7: pcap and pcapng can be read, plain or compressed by gzip or zstd',
      ],
      [
        'that is long that it is text, by the beginning of it',
        joined(text('wlan0: ok\n'.repeat(500)), new Uint8Array(50)),
        'unknown: it is no capture: it begins with 77 6c 61 6e 30 3a 20 6f: it looks like text',
      ],
      [
        'that its header is cut short',
        pcapHeader().subarray(0, 20),
        'unsupported: its pcap header is cut short: 20 of 24 octets are there',
      ],
      ['that its version is unknown', pcapHeader({ major: 5 }), 'unsupported: it is pcap of version 5.4; only 2.x is read'],
    ];
    for (const [what, bytes, fault] of known) {
      it(what, () => expect(faultIn(bytes)).to.equal(fault));
    }

    it('why it cannot be read, and closes it', () => {
      let isClosed = false;
      const source: ByteSource = {
        read: () => {
          throw new Error('cannot read it: EIO');
        },
        close: () => {
          isClosed = true;
        },
      };
      expect(openCapture(source)).to.deep.equal({ _tag: 'Left', left: { kind: 'unreadable', message: 'cannot read it: EIO' } });
      expect(isClosed).to.equal(true);
    });
  });

  it('says where a source could not be read any further', () => {
    const file = pcapOf([10, 20, 30], true);
    const good = bytesOf(file);
    const source: ByteSource = {
      read: (into) => {
        const size = good.read(into);
        if (size === 0) throw new Error('cannot read it: EIO');
        return size;
      },
      close: () => {},
    };
    const { frames, damages } = readAll(source);
    expect(frames.length).to.equal(3);
    expect(damages).to.deep.equal([{ offset: file.length, message: 'cannot read it: EIO' }]);
  });

  it('reads no further than it is asked to, and closes the source when it is left', () => {
    let isClosed = false;
    const inner = bytesOf(
      pcapOf(
        Array.from({ length: 1000 }, () => 200),
        true,
      ),
    );
    const source: ByteSource = {
      read: (into) => inner.read(into),
      close: () => {
        isClosed = true;
      },
    };
    const opened = openCapture(source, { chunkSize: 4096 });
    if (opened._tag === 'Left') throw new Error(opened.left.message);
    const offsets: number[] = [];
    for (const { count } of opened.right.batches()) {
      offsets.push(opened.right.offset);
      expect(count).to.be.within(1, 25);
      if (offsets.length === 3) break;
    }
    expect(offsets).to.deep.equal([4096, 8192, 12288]);
    expect(isClosed).to.equal(true);
  });

  it('counts the octets of a compressed source as they are there', () => {
    const packed = gzipSync(pcapOf([10, 20], true));
    const opened = openCapture(bytesOf(packed));
    if (opened._tag === 'Left') throw new Error(opened.left.message);
    expect([...opened.right.batches()].length).to.equal(1);
    expect(opened.right.offset).to.equal(packed.length);
  });
});

describe('a hostile capture', () => {
  /** A source of as many zeros as one likes after a beginning. */
  const withZeros = (head: Uint8Array, size: number): ByteSource => {
    const first = bytesOf(head);
    let left = size;
    return {
      read: (into) => {
        const read = first.read(into);
        if (read > 0) return read;
        const part = Math.min(left, into.length);
        into.fill(0, 0, part);
        left -= part;
        return part;
      },
      close: () => {},
    };
  };

  for (const [what, head] of [
    ['pcap', pcapHeader()],
    ['pcapng', joined(little.section(), little.interface())],
  ] as const) {
    it(`of zeros without end is one damage: ${what}`, () => {
      const before = process.memoryUsage().arrayBuffers;
      const { frames, damageCount } = readAll(withZeros(head, 2 ** 26));
      expect([frames.length, damageCount]).to.deep.equal([0, 1]);
      expect(process.memoryUsage().arrayBuffers - before).to.be.below(2 ** 25);
    });
  }

  it('whose every octet begins a block that claims to be long takes no more memory than such a block', () => {
    const claim = little.n([4, 6], [4, 2 ** 20 - 4]);
    const claims = new Uint8Array(2 ** 22);
    for (let at = 0; at < claims.length; at += claim.length) claims.set(claim, at);
    const before = process.memoryUsage().arrayBuffers;
    const { frames, damageCount } = readAll(
      joined(little.section(), little.interface(), claims, little.packet(1, frameBytes(3))),
    );
    expect(frames.length).to.equal(1);
    expect(damageCount).to.equal(1);
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(2 ** 25);
  });
});
