import { Buffer } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import type { ByteSource } from '../../event-log/ByteSource.js';

/** How the characters of a text are written. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const ZERO = 0;

/** By the byte order mark, or by where the zeros of plain letters stand. */
export const encodingOf = (bytes: Uint8Array): { readonly encoding: TextEncoding; readonly markLength: number } => {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (a !== ZERO && b === ZERO && c !== ZERO && d === ZERO) return { encoding: 'utf-16le', markLength: 0 };
  if (a === ZERO && b !== ZERO && c === ZERO && d !== ZERO && b !== undefined) return { encoding: 'utf-16be', markLength: 0 };
  return { encoding: 'utf-8', markLength: 0 };
};

const swapped = (bytes: Buffer): Buffer => {
  const even = bytes.subarray(0, bytes.length & ~1);
  return Buffer.from(even).swap16();
};

/** Turns chunks of a text into chunks of UTF-8, wherever they are cut. */
export const createToUtf8 = (encoding: TextEncoding): ((chunk: Buffer) => Buffer) => {
  if (encoding === 'utf-8') return (chunk) => chunk;
  const decoder = new StringDecoder('utf16le');
  let odd = Buffer.alloc(0);
  return (chunk) => {
    if (encoding === 'utf-16le') return Buffer.from(decoder.write(chunk), 'utf8');
    const whole = Buffer.concat([odd, chunk]);
    odd = Buffer.from(whole.subarray(whole.length & ~1));
    return Buffer.from(decoder.write(swapped(whole)), 'utf8');
  };
};

const HEAD = 2 ** 16;
const CHUNK = 2 ** 17;

/** The beginning of a source, as much as there is of it at first. */
export const readHead = (source: ByteSource, length = HEAD): Buffer => {
  const head = Buffer.alloc(length);
  let at = 0;
  while (at < length) {
    const size = source.read(head.subarray(at));
    if (size === 0) break;
    at += size;
  }
  return head.subarray(0, at);
};

/** All of a text as UTF-8, without its byte order mark; its head was read before. The source is closed at the end. */
export function* utf8Chunks(head: Buffer, source: ByteSource): Generator<Buffer> {
  const { encoding, markLength } = encodingOf(head);
  const toUtf8 = createToUtf8(encoding);
  const chunk = Buffer.allocUnsafe(CHUNK);
  try {
    yield toUtf8(head.subarray(markLength));
    for (let size = source.read(chunk); size > 0; size = source.read(chunk)) yield toUtf8(chunk.subarray(0, size));
  } finally {
    source.close();
  }
}
