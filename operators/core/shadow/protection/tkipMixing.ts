// TKIP's key mixing: IEEE 802.11-2020 12.5.2.5.

/** The S-box of AES (FIPS 197 5.1.1), by walking the field with its generator 3 and the inverse of that. */
const aesSbox = (): Uint8Array => {
  const box = new Uint8Array(256);
  const rotated = (octet: number, by: number): number => ((octet << by) | (octet >> (8 - by))) & 0xff;
  let [p, q] = [1, 1];
  do {
    p = (p ^ (p << 1) ^ ((p & 0x80) === 0 ? 0 : 0x11b)) & 0xff;
    q ^= q << 1;
    q ^= q << 2;
    q = (q ^ (q << 4)) & 0xff;
    if ((q & 0x80) !== 0) q ^= 0x09;
    box[p] = q ^ rotated(q, 1) ^ rotated(q, 2) ^ rotated(q, 3) ^ rotated(q, 4) ^ 0x63;
  } while (p !== 1);
  box[0] = 0x63;
  return box;
};

const doubled = (octet: number): number => ((octet << 1) ^ ((octet & 0x80) === 0 ? 0 : 0x11b)) & 0xff;

/** 12.5.2.5.2: twice that of AES, and three times. */
const sbox = Uint16Array.from(aesSbox(), (octet) => (doubled(octet) << 8) | (doubled(octet) ^ octet));

const swapped = (word: number): number => ((word << 8) | (word >> 8)) & 0xffff;
const mixed = (word: number): number => (sbox[word & 0xff] as number) ^ swapped(sbox[word >> 8] as number);
const rotatedRight = (word: number): number => ((word >> 1) | (word << 15)) & 0xffff;
const wordOf = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** 12.5.2.5.3: what the key, the transmitter and the upper four octets of the counter make. */
const phase1 = (key: Uint8Array, transmitter: Uint8Array, iv32: number, into: Uint16Array): void => {
  into[0] = iv32 & 0xffff;
  into[1] = iv32 >>> 16;
  for (let i = 0; i < 3; i++) into[2 + i] = wordOf(transmitter, 2 * i);
  for (let round = 0; round < 8; round++) {
    const odd = 2 * (round & 1);
    for (let i = 0; i < 5; i++) {
      const before = into[(i + 4) % 5] as number;
      into[i] = (into[i] as number) + mixed(before ^ wordOf(key, ((4 * i) & 15) + odd));
    }
    into[4] = (into[4] as number) + round;
  }
};

/** 12.5.2.5.4: with the lower two octets of the counter. */
const phase2 = (key: Uint8Array, ppk: Uint16Array, iv16: number): void => {
  ppk[5] = (ppk[4] as number) + iv16;
  for (let i = 0; i < 6; i++) ppk[i] = (ppk[i] as number) + mixed((ppk[(i + 5) % 6] as number) ^ wordOf(key, 2 * i));
  ppk[0] = (ppk[0] as number) + rotatedRight(ppk[5] ^ wordOf(key, 12));
  ppk[1] = (ppk[1] as number) + rotatedRight(ppk[0] ^ wordOf(key, 14));
  for (let i = 2; i < 6; i++) ppk[i] = (ppk[i] as number) + rotatedRight(ppk[i - 1] as number);
};

/** The key of RC4 for the frame with these counters. */
export const mixedKey = (key: Uint8Array, transmitter: Uint8Array, iv32: number, iv16: number): Uint8Array => {
  const ppk = new Uint16Array(6);
  phase1(key, transmitter, iv32, ppk);
  phase2(key, ppk, iv16);
  const seed = new Uint8Array(16);
  seed[0] = iv16 >> 8;
  seed[1] = ((iv16 >> 8) | 0x20) & 0x7f;
  seed[2] = iv16;
  seed[3] = ((ppk[5] as number) ^ wordOf(key, 0)) >> 1;
  for (let i = 0; i < 6; i++) {
    seed[4 + 2 * i] = ppk[i] as number;
    seed[5 + 2 * i] = (ppk[i] as number) >> 8;
  }
  ppk.fill(0);
  return seed;
};
