/**
 * The least that a WPA2-PSK capture can cost in this runtime: `node dist-bench/floor.js CAPTURE` reads it, finds the key packets, derives
 * the PTK, checks the three MICs, and unwraps the group key of each handshake. Nothing is compared, remembered, judged or
 * said but three counts, and nothing is expected to go wrong: no other link type, AKM or cipher, no repetition, no loss. It is what
 * `postassoc explain` is held against, and no program for anybody.
 */
import { pbkdf2Sync } from 'node:crypto';
import { openSync, readSync } from 'node:fs';
import { bulkCrypto } from 'postassoc/crypto';
import { PASSPHRASE, SSID } from './air.js';

const PCAP_HEADER = 24;
const RECORD_HEADER = 16;
const CHUNK = 1 << 20;

const [TO_DS, FROM_DS, PROTECTED] = [1, 2, 0x40];
const [DATA, MANAGEMENT, QOS] = [0x08, 0x00, 0x80];
const LLC = 8;
const LONGEST_PACKET = 512;

/** Where the fields of an EAPOL-Key packet are (IEEE 802.11-2020 12.7.2). */
const [INFORMATION, NONCE, MIC, KEY_DATA_LENGTH, KEY_DATA] = [5, 17, 81, 97, 99];
const [HAS_MIC, SECURE, ACK] = [0x01, 0x02, 0x80];

const pmk = new Uint8Array(pbkdf2Sync(PASSPHRASE, SSID, 4096, 32, 'sha1'));
const label = new TextEncoder().encode('Pairwise key expansion');
/** The PRF's three messages: label, 0, addresses, nonces, counter. */
const expansions = [0, 1, 2].map((counter) => {
  const message = new Uint8Array(100);
  message.set(label);
  message[99] = counter;
  return message;
});

/** What is known of a station: the nonce it was sent, then its keys. */
interface Known {
  readonly anonce: Uint8Array;
  kck: Uint8Array;
  kek: Uint8Array;
}

const known = new Map<number, Known>();
const none = new Uint8Array(0);
const counts = { frames: 0, proven: 0, groupKeys: 0 };

/** Of as many octets as the first has. */
const compare = (a: Uint8Array, b: Uint8Array): number => {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** The smaller of two goes first. */
const putSorted = (at: number, a: Uint8Array, b: Uint8Array): void => {
  const [first, second] = compare(a, b) < 0 ? [a, b] : [b, a];
  for (const message of expansions) {
    message.set(first, at);
    message.set(second, at + first.length);
  }
};

const derive = (bytes: Uint8Array, frame: number, packet: number, of: Known): void => {
  putSorted(23, bytes.subarray(frame + 4, frame + 10), bytes.subarray(frame + 10, frame + 16));
  putSorted(35, of.anonce, bytes.subarray(packet + NONCE, packet + NONCE + of.anonce.length));
  const ptk = bulkCrypto.hmacs('sha1', pmk, expansions);
  of.kck = ptk.slice(0, 16);
  of.kek = ptk.slice(16, 32);
};

const room = new Uint8Array(LONGEST_PACKET);

const isProven = (bytes: Uint8Array, packet: number, end: number, { kck }: Known): boolean => {
  const size = end - packet;
  for (let i = 0; i < size; i++) room[i] = i >= MIC && i < KEY_DATA_LENGTH ? 0 : (bytes[packet + i] ?? 0);
  return (
    compare(bytes.subarray(packet + MIC, packet + KEY_DATA_LENGTH), bulkCrypto.hmac('sha1', kck, room.subarray(0, size))) === 0
  );
};

const stationAt = (bytes: Uint8Array, at: number): number => {
  let station = 0;
  for (let i = 0; i < 6; i++) station = station * 256 + (bytes[at + i] ?? 0);
  return station;
};

/** Message 3 is the access point's that wants an answer: it brings the group key. */
const bringsGroupKey = (bytes: Uint8Array, packet: number, end: number, { kek }: Known): boolean =>
  ((bytes[packet + INFORMATION + 1] ?? 0) & ACK) !== 0 &&
  bulkCrypto.aesUnwrap(kek, bytes.subarray(packet + KEY_DATA, end)) !== undefined;

const takePacket = (bytes: Uint8Array, frame: number, packet: number, isUp: boolean): void => {
  const end = packet + 4 + (((bytes[packet + 2] ?? 0) << 8) | (bytes[packet + 3] ?? 0));
  const station = stationAt(bytes, frame + (isUp ? 10 : 4));
  const information = bytes[packet + INFORMATION] ?? 0;
  if ((information & HAS_MIC) === 0) {
    known.set(station, { anonce: bytes.slice(packet + NONCE, packet + NONCE + 32), kck: none, kek: none });
    return;
  }
  const of = known.get(station);
  if (of === undefined) return;
  const isLast = isUp && (information & SECURE) !== 0;
  if (isUp && !isLast) derive(bytes, frame, packet, of);
  if (!isProven(bytes, packet, end, of)) return;
  counts.proven++;
  if (!isUp && bringsGroupKey(bytes, packet, end, of)) counts.groupKeys++;
  if (isLast) known.delete(station);
};

const takeFrame = (bytes: Uint8Array, record: number, end: number): void => {
  counts.frames++;
  const frame = record + (bytes[record + 2] ?? 0) + ((bytes[record + 3] ?? 0) << 8);
  const [kind = MANAGEMENT, flags = 0] = [bytes[frame], bytes[frame + 1]];
  if ((kind & 0x0c) !== DATA || (flags & PROTECTED) !== 0) return;
  const direction = flags & (TO_DS | FROM_DS);
  const packet = frame + ((kind & QOS) === 0 ? 24 : 26) + LLC;
  const isEapol = packet < end && bytes[packet - 2] === 0x88 && bytes[packet - 1] === 0x8e && bytes[packet + 1] === 3;
  if (isEapol && (direction === TO_DS || direction === FROM_DS)) takePacket(bytes, frame, packet, direction === TO_DS);
};

/** Takes the whole records of a buffer, and tells where the rest begins. */
const takeRecords = (bytes: Uint8Array, view: DataView, end: number): number => {
  let at = 0;
  while (at + RECORD_HEADER <= end) {
    const next = at + RECORD_HEADER + view.getUint32(at + 8, true);
    if (next > end) break;
    takeFrame(bytes, at + RECORD_HEADER, next);
    at = next;
  }
  return at;
};

const file = openSync(process.argv[2] ?? '', 'r');
const buffer = new Uint8Array(2 * CHUNK);
const view = new DataView(buffer.buffer);
let end = 0;
readSync(file, buffer, 0, PCAP_HEADER, null);
for (let size = readSync(file, buffer, end, CHUNK, null); size > 0; size = readSync(file, buffer, end, CHUNK, null)) {
  end += size;
  const rest = takeRecords(buffer, view, end);
  buffer.copyWithin(0, rest, end);
  end -= rest;
}
process.stdout.write(`${JSON.stringify(counts)}\n`);
