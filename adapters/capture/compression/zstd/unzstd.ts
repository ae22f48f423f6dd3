import type { Unpacker } from '../unpacking.js';
import { BlockUnpacker, LARGEST_BLOCK } from './BlockUnpacker.js';
import { frameHeaderSize, MAGIC, readFrameHeader } from './frameHeader.js';

type Reading = Generator<number, void, Uint8Array>;

const isSkippable = (magic: number): boolean => magic >>> 4 === 0x184d2a5;
const SKIPPED_AT_ONCE = 2 ** 16;
const [RLE, COMPRESSED] = [1, 2];
/** A block of four octets may stand for 128 KiB, so it is what was made of the blocks that is counted, not the blocks. */
const ENOUGH_AT_ONCE = 2 * LARGEST_BLOCK;

const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const u32 = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);

function* skip(size: number): Reading {
  for (let left = size; left > 0; left -= SKIPPED_AT_ONCE) yield Math.min(left, SKIPPED_AT_ONCE);
}

const unpacked = (unpacker: BlockUnpacker, type: number, body: Uint8Array, size: number): Uint8Array => {
  if (type === COMPRESSED) return unpacker.compressed(body);
  return type === RLE ? unpacker.repeated(body[0] ?? 0, size) : unpacker.raw(body);
};

/** A frame: its header, its blocks, and a checksum that is not checked (RFC 8878 3.1.1). */
function* frame(unpacker: BlockUnpacker, give: (piece: Uint8Array) => void): Reading {
  const [descriptor = 0] = yield 1;
  const { hasChecksum, window } = readFrameHeader(descriptor, yield frameHeaderSize(descriptor));
  unpacker.begin(window);
  for (let isLast = false; !isLast; ) {
    const [low = 0, middle = 0, high = 0] = yield 3;
    isLast = (low & 1) === 1;
    const type = (low >> 1) & 3;
    const size = (low >> 3) | (middle << 5) | (high << 13);
    if (type > COMPRESSED || size > LARGEST_BLOCK) throw new Error('a block that cannot be');
    give(unpacked(unpacker, type, yield type === RLE ? 1 : size, size));
  }
  if (hasChecksum) yield 4;
}

/** Whether the reading has come to where the data may end. */
interface Progress {
  isBetweenFrames: boolean;
}

function* frames(give: (piece: Uint8Array) => void, progress: Progress): Reading {
  const unpacker = new BlockUnpacker();
  for (;;) {
    progress.isBetweenFrames = true;
    const magic = yield 4;
    progress.isBetweenFrames = false;
    if (u32(magic) === MAGIC) yield* frame(unpacker, give);
    else if (isSkippable(u32(magic))) yield* skip(u32(yield 4));
    else throw new Error('what follows a frame is none');
  }
}

/** Zstandard: any number of frames, skippable ones among them. */
export const unzstdTo = (give: (piece: Uint8Array) => void): Unpacker => {
  const progress = { isBetweenFrames: true };
  let given = 0;
  const counting = (piece: Uint8Array): void => {
    given += piece.length;
    give(piece);
  };
  const reading = frames(counting, progress);
  let wanted = reading.next().value ?? 0;
  let held: Uint8Array = new Uint8Array(0);

  const feed = (packed: Uint8Array): void => {
    held = joined(held, packed);
    given = 0;
    let at = 0;
    while (held.length - at >= wanted && given < ENOUGH_AT_ONCE) {
      const part = held.slice(at, at + wanted);
      at += wanted;
      wanted = reading.next(part).value ?? 0;
    }
    held = held.slice(at);
  };
  const failing = (what: string, cause?: unknown): Error => new Error(`the zstd data are damaged: ${what}`, { cause });

  return {
    feed: (packed) => {
      try {
        feed(packed);
      } catch (error) {
        throw failing(error instanceof Error ? error.message : String(error), error);
      }
    },
    hasMore: () => held.length >= wanted,
    finish: () => {
      if (!progress.isBetweenFrames || held.length > 0) throw failing('unexpected EOF');
    },
  };
};
