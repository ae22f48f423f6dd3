import { nodeCrypto } from '../../adapters/crypto/index.js';
import { equalBytes } from '../../streams/events/index.js';
import { type AirFrame, FROM_DS } from './airFrames.js';

/** The S-box of AES (FIPS 197 5.1.1), by walking the field with its generator 3 and the inverse of that. */
const aesSbox = (): Uint8Array => {
  const box = Uint8Array.of(0x63, ...new Uint8Array(255));
  const rotated = (octet: number, by: number): number => ((octet << by) | (octet >> (8 - by))) & 0xff;
  let [p, q] = [1, 1];
  do {
    p ^= (p << 1) ^ ((p & 0x80) === 0 ? 0 : 0x11b);
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q = (q ^ ((q & 0x80) === 0 ? 0 : 0x09)) & 0xff;
    box[p] = q ^ rotated(q, 1) ^ rotated(q, 2) ^ rotated(q, 3) ^ rotated(q, 4) ^ 0x63;
  } while (p !== 1);
  return box;
};

const doubled = (octet: number): number => ((octet << 1) ^ ((octet & 0x80) === 0 ? 0 : 0x11b)) & 0xff;

/** The S-box of the key mixing (IEEE 802.11-2020 12.5.2.5): twice and three times that of AES. */
const mixing = Uint16Array.from(aesSbox(), (octet) => (doubled(octet) << 8) | (doubled(octet) ^ octet));
const swapped = (word: number): number => ((word << 8) | (word >> 8)) & 0xffff;
const mixed = (word: number): number => (mixing[word & 0xff] ?? 0) ^ swapped(mixing[word >> 8] ?? 0);
const rotatedRight = (word: number): number => ((word >> 1) | (word << 15)) & 0xffff;

type Words = [number, number, number, number, number];

const wordOf = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** 12.5.2.5.3 */
const phase1 = (key: Uint8Array, transmitter: Uint8Array, iv32: number): Words => {
  let [a, b, c, d, e]: Words = [
    iv32 & 0xffff,
    iv32 >>> 16,
    wordOf(transmitter, 0),
    wordOf(transmitter, 2),
    wordOf(transmitter, 4),
  ];
  for (let i = 0; i < 8; i++) {
    const j = 2 * (i & 1);
    a = (a + mixed(e ^ wordOf(key, j))) & 0xffff;
    b = (b + mixed(a ^ wordOf(key, 4 + j))) & 0xffff;
    c = (c + mixed(b ^ wordOf(key, 8 + j))) & 0xffff;
    d = (d + mixed(c ^ wordOf(key, 12 + j))) & 0xffff;
    e = (e + mixed(d ^ wordOf(key, j)) + i) & 0xffff;
  }
  return [a, b, c, d, e];
};

/** 12.5.2.5.4: the key of RC4 for one frame. */
const phase2 = (key: Uint8Array, [a, b, c, d, e]: Words, iv16: number): Uint8Array => {
  const ppk = [a, b, c, d, e, (e + iv16) & 0xffff];
  const at = (i: number): number => ppk[(i + 6) % 6] ?? 0;
  const add = (i: number, word: number): void => {
    ppk[i] = (at(i) + word) & 0xffff;
  };
  for (let i = 0; i < 6; i++) add(i, mixed(at(i - 1) ^ wordOf(key, 2 * i)));
  add(0, rotatedRight(at(5) ^ wordOf(key, 12)));
  add(1, rotatedRight(at(0) ^ wordOf(key, 14)));
  for (let i = 2; i < 6; i++) add(i, rotatedRight(at(i - 1)));
  const [high, low] = [iv16 >> 8, iv16 & 0xff];
  const words = ppk.flatMap((word) => [word & 0xff, word >> 8]);
  return Uint8Array.of(high, (high | 0x20) & 0x7f, low, ((at(5) ^ wordOf(key, 0)) >> 1) & 0xff, ...words);
};

/** The key of RC4 for the frame with these counters. */
export const mixedKey = (key: Uint8Array, transmitter: Uint8Array, iv32: number, iv16: number): Uint8Array =>
  phase2(key, phase1(key, transmitter, iv32), iv16);

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const octet of bytes) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 0 ? 0 : 0xedb88320);
  }
  return ~crc >>> 0;
};

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const rotatedLeft = (word: number, by: number): number => ((word << by) | (word >>> (32 - by))) >>> 0;

/** Michael (12.5.2.3), over the far ends of a packet, its priority and its data. */
export const michael = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(Math.ceil((message.length + 5) / 4) * 4);
  padded.set(message);
  padded[message.length] = 0x5a;
  let [l, r] = [view(key).getUint32(0, true), view(key).getUint32(4, true)];
  for (let at = 0; at < padded.length; at += 4) {
    l = (l ^ view(padded).getUint32(at, true)) >>> 0;
    r ^= rotatedLeft(l, 17);
    l = (l + r) >>> 0;
    r ^= (((l & 0xff00ff00) >>> 8) | ((l & 0x00ff00ff) << 8)) >>> 0;
    l = (l + r) >>> 0;
    r ^= rotatedLeft(l, 3);
    l = (l + r) >>> 0;
    r ^= rotatedLeft(l, 30);
    l = (l + r) >>> 0;
  }
  const mic = new Uint8Array(8);
  view(mic).setUint32(0, l, true);
  view(mic).setUint32(4, r >>> 0, true);
  return mic;
};

const ICV = 4;
const MIC = 8;

/** The body of a TKIP frame that was not fragmented, if both its ICV and its Michael MIC are right. */
export const openTkip = (frame: AirFrame, key: Uint8Array, michaelKeys: Uint8Array, tid: number): Uint8Array | undefined => {
  const { header, body, flags } = frame;
  const [tsc1 = 0, , tsc0 = 0] = body;
  if (body.length < 8 + MIC + ICV) return undefined;
  const seed = mixedKey(key, header.subarray(10, 16), view(body).getUint32(4, true), (tsc1 << 8) | tsc0);
  const plain = nodeCrypto.rc4(seed, 0, body.subarray(8));
  const [text, icv] = [plain.subarray(0, -ICV), plain.subarray(-ICV)];
  if (view(icv).getUint32(0, true) !== crc32(text)) return undefined;
  const [data, mic] = [text.subarray(0, -MIC), text.subarray(-MIC)];
  const fromAp = (flags & FROM_DS) !== 0;
  const [destination, source] = fromAp
    ? [header.subarray(4, 10), header.subarray(16, 22)]
    : [header.subarray(16, 22), header.subarray(10, 16)];
  const message = Uint8Array.of(...destination, ...source, ...[tid, 0, 0, 0], ...data);
  const michaelKey = fromAp ? michaelKeys.subarray(0, 8) : michaelKeys.subarray(8);
  return equalBytes(michael(michaelKey, message), mic) ? data : undefined;
};
