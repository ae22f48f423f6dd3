// Michael: IEEE 802.11-2020 12.5.2.3.

const rotatedLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);

const swappedOctets = (word: number): number => ((word & 0xff00ff00) >>> 8) | ((word & 0x00ff00ff) << 8);

/** The code of a message under a key of eight octets. */
export const michael = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(Math.ceil((message.length + 5) / 4) * 4);
  padded.set(message);
  padded[message.length] = 0x5a;
  let [l, r] = [wordAt(key, 0), wordAt(key, 4)];
  for (let at = 0; at < padded.length; at += 4) {
    l ^= wordAt(padded, at);
    r ^= rotatedLeft(l, 17);
    l = (l + r) | 0;
    r ^= swappedOctets(l);
    l = (l + r) | 0;
    r ^= rotatedLeft(l, 3);
    l = (l + r) | 0;
    r ^= rotatedLeft(l, 30);
    l = (l + r) | 0;
  }
  padded.fill(0);
  const code = new Uint8Array(8);
  for (let i = 0; i < 4; i++) {
    code[i] = l >>> (8 * i);
    code[4 + i] = r >>> (8 * i);
  }
  return code;
};
