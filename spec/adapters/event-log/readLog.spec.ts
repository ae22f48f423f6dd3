import { expect } from 'chai';
import fc from 'fast-check';
import { BrokenLines, bytesOf, type LogLine, readLog } from '../../../adapters/event-log/index.js';
import { bytesOfText, logOfText } from './logText.js';

const line = (t: number): string => `{"v":1,"t":${t},"dir":"in","kind":"initService","version":0}`;

const shown = ({ n, entry }: LogLine): string =>
  `${n}: ${entry._tag === 'Left' ? entry.left : `${entry.right.at} ${entry.right.event.kind}`}`;

const linesOf = (text: string | Uint8Array, options?: Parameters<typeof readLog>[1]): ReadonlyArray<string> =>
  [...readLog(bytesOf(typeof text === 'string' ? bytesOfText(text) : text), options)].flat().map(shown);

const read = (n: number, t: number): string => `${n}: ${t} initService`;

describe('readLog', () => {
  it('reads the same lines wherever the chunks end', () => {
    const text = `\uFEFF${line(1)}\r\n\n${line(2)}\nnot JSON, ünïcode\n${line(3)}\r\n  \n${line(4)}`;
    const expected = [read(1, 1), read(3, 2), '4: not JSON', read(5, 3), read(7, 4)];
    for (let chunkSize = 1; chunkSize <= bytesOfText(text).length + 1; chunkSize++)
      expect(linesOf(text, { chunkSize }), `chunks of ${chunkSize}`).to.deep.equal(expected);
  });

  it('reads a line that is as long as a line may be, and skips a longer one, wherever the chunks end', () => {
    const longestLine = line(1).length;
    const text = `${line(1)}\n${line(12)}\n${line(3)}\n`;
    const expected = [read(1, 1), '2: too long for a line of a log: skipped', read(3, 3)];
    for (let chunkSize = 1; chunkSize <= text.length; chunkSize++)
      expect(linesOf(text, { chunkSize, longestLine })).to.deep.equal(expected);
  });

  it('keeps no more of an endless line than a line may have', () => {
    let reads = 0;
    const endless = {
      read: (into: Uint8Array) => {
        into.fill(0x61);
        return reads++ < 4096 ? into.length : 0;
      },
      close: () => {},
    };
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watched = {
      ...endless,
      read: (into: Uint8Array) => {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        return endless.read(into);
      },
    };
    expect([...readLog(watched, { chunkSize: 65536 })].flat().map(shown)).to.deep.equal([
      '1: too long for a line of a log: skipped',
    ]);
    expect(most).to.be.below(2 ** 24);
  });

  it('says of a file that is no text what it looks like', () => {
    expect(linesOf(Uint8Array.of(0xff, 0xfe, 0x7b, 0))).to.deep.equal(['1: not UTF-8: it looks like UTF-16']);
    expect(linesOf(Uint8Array.of(0x1f, 0x8b, 8, 0))).to.deep.equal(['1: not UTF-8: it looks like gzip']);
    expect(linesOf(Uint8Array.of(0x7b, 0x80, 0x0a, 0xc0))).to.deep.equal(['1: not UTF-8', '2: not UTF-8']);
  });

  it('reads nothing from nothing', () => {
    for (const text of ['', '\n', '\r\n \n', '\uFEFF']) expect(linesOf(text)).to.deep.equal([]);
  });

  it('says what is wrong with a line without repeating it', () => {
    const lines = ['{"v":2,"t":1,"dir":"in","kind":"deinitService"}', '{"v":1,"t":1,"dir":"in","kind":"tellSecret"}', '[1]'];
    const problems = linesOf(lines.join('\n'));
    expect(problems[0]).to.match(/^1: "v": /);
    expect(problems[1]).to.equal('2: no host event: unknown kind "tellSecret"');
    expect(problems).to.have.length(3);
  });

  it('hands out batches of at most 1,024 lines, and never waits for more bytes to fill one', () => {
    const text = `${line(7)}\n`.repeat(2500);
    expect([...logOfText(text)].map((batch) => batch.length)).to.deep.equal([1024, 1024, 452]);
    const chunkSize = line(7).length + 1;
    expect([...readLog(bytesOf(bytesOfText(text)), { chunkSize })].every((batch) => batch.length === 1)).to.equal(true);
  });

  it('reads on demand, and closes what it reads when nobody wants more', () => {
    const { read: more } = bytesOf(bytesOfText(`${line(1)}\n`.repeat(100)));
    const seen: string[] = [];
    const source = {
      read: (into: Uint8Array) => {
        seen.push('read');
        return more(into);
      },
      close: () => seen.push('close'),
    };
    const log = readLog(source, { chunkSize: 256 });
    expect(seen).to.deep.equal([]);
    for (const batch of log) {
      expect(batch).to.not.deep.equal([]);
      break;
    }
    expect(seen).to.deep.equal(['read', 'close']);
  });

  it('survives any bytes, and numbers every line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 64 }), (bytes, chunkSize) => {
        const lines = [...readLog(bytesOf(bytes), { chunkSize })].flat();
        const ends = bytes.filter((byte) => byte === 0x0a).length;
        expect(lines.every(({ n, entry }, i) => n > (lines[i - 1]?.n ?? 0) && n <= ends + 1 && entry._tag === 'Left')).to.equal(
          true,
        );
        expect(lines.map(shown)).to.deep.equal([...readLog(bytesOf(bytes))].flat().map(shown));
      }),
    );
  });
});

describe('BrokenLines', () => {
  it('shows the first twenty and counts the rest', () => {
    const broken = new BrokenLines();
    const good = [...logOfText(`${'garbage\n'.repeat(50)}${line(9)}\n`)].flat().map((one) => broken.sift(one)?.n);
    expect(good.filter((n) => n !== undefined)).to.deep.equal([51]);
    expect(broken.count).to.equal(50);
    expect(broken.first.map(({ n }) => n)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i + 1));
  });
});
