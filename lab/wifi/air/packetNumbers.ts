import { addressAt } from './AirFrame.js';

/** A frame of a capture, without radiotap and without its FCS. */
export interface Captured {
  /** Its number, counted from 1. */
  readonly frame: number;
  readonly bytes: Uint8Array;
}

/** A packet number that did not rise: of two frames that are not the same, under what has to be the same key. */
export interface Fallback {
  readonly frame: number;
  readonly transmitter: string;
  readonly isGroup: boolean;
  readonly keyId: number;
  readonly packetNumber: number;
  readonly highest: number;
}

interface Sequence {
  highest: number;
  /** The body of the frame with the highest number: the link may repeat it. */
  body: string;
}

const PROTECTED = 0x40;
const TYPE_MANAGEMENT = 0;
const TYPE_DATA = 2;
const SUBTYPE_QOS = 0x80;
const TO_AND_FROM_DS = 0x03;
const ASSOCIATION_RESPONSES: ReadonlySet<number> = new Set([0x10, 0x30]);
const AUTHENTICATION = 0xb0;
const SHORT_HEADER = 24;
const CIPHER_HEADER = 8;
const EXTENDED_IV = 0x20;

const octet = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

/** Where the header of TKIP, CCMP or GCMP begins, if there is one (IEEE 802.11-2020 12.5.2.2, 12.5.3.2, 12.5.5.2). */
const cipherHeaderAt = (bytes: Uint8Array): number | undefined => {
  const type = (octet(bytes, 0) >> 2) & 3;
  if ((octet(bytes, 1) & PROTECTED) === 0 || (type !== TYPE_MANAGEMENT && type !== TYPE_DATA)) return undefined;
  if (octet(bytes, 0) === AUTHENTICATION) return undefined;
  const isData = type === TYPE_DATA;
  const fourth = isData && (octet(bytes, 1) & TO_AND_FROM_DS) === TO_AND_FROM_DS ? 6 : 0;
  const at = SHORT_HEADER + fourth + (isData && (octet(bytes, 0) & SUBTYPE_QOS) !== 0 ? 2 : 0);
  const hasHeader = bytes.length > at + CIPHER_HEADER && (octet(bytes, at + 3) & EXTENDED_IV) !== 0;
  return hasHeader ? at : undefined;
};

/** TKIP repeats an octet of its counter in a form of its own (12.5.2.2); numbers of CCMP that look so are above 8191. */
const isTkip = (bytes: Uint8Array, at: number): boolean => octet(bytes, at + 1) === ((octet(bytes, at) | 0x20) & 0x7f);

const OF_TKIP = [7, 6, 5, 4, 0, 2];
const OF_OTHERS = [7, 6, 5, 4, 1, 0];

const packetNumberAt = (bytes: Uint8Array, at: number): number =>
  (isTkip(bytes, at) ? OF_TKIP : OF_OTHERS).reduce((number, i) => number * 256 + octet(bytes, at + i), 0);

/** Whose keys are new: the two ends of an association that has just been answered. */
const renewedBy = (bytes: Uint8Array): string | undefined =>
  ASSOCIATION_RESPONSES.has(octet(bytes, 0)) && (octet(bytes, 1) & PROTECTED) === 0 ? addressAt(bytes, 4) : undefined;

const nameOf = (bytes: Uint8Array, keyId: number): string => {
  const isGroup = (octet(bytes, 4) & 1) === 1;
  return `${addressAt(bytes, 10)} ${isGroup ? 'all' : addressAt(bytes, 4)} ${keyId}`;
};

/** The sequences that go on over an association. */
const forget = (sequences: Map<string, Sequence>, station: string): void => {
  for (const name of [...sequences.keys()]) if (name.includes(station) && !name.includes(' all ')) sequences.delete(name);
};

/** Notes a frame; the answer is where it falls back, if it does. The very same frame again does not. */
const take = (sequences: Map<string, Sequence>, { frame, bytes }: Captured, at: number): Fallback | undefined => {
  const [keyId, packetNumber] = [octet(bytes, at + 3) >> 6, packetNumberAt(bytes, at)];
  const name = nameOf(bytes, keyId);
  const body = Buffer.from(bytes.subarray(at)).toString('hex');
  const before = sequences.get(name);
  if (before?.highest === packetNumber && before.body === body) return undefined;
  sequences.set(name, { highest: packetNumber, body });
  if (before === undefined || packetNumber > before.highest) return undefined;
  const isGroup = name.includes(' all ');
  return { frame, transmitter: addressAt(bytes, 10), isGroup, keyId, packetNumber, highest: before.highest };
};

/**
 * Where packet numbers fall back, without the help of any key. With an association the pairwise keys are new, so there they may; a
 * renewal of keys within an association shows as one fallback, and a key that was installed again as one that no renewal explains.
 */
export const fallbacks = (captured: Iterable<Captured>): ReadonlyArray<Fallback> => {
  const sequences = new Map<string, Sequence>();
  const found: Fallback[] = [];
  for (const each of captured) {
    const station = renewedBy(each.bytes);
    if (station !== undefined) forget(sequences, station);
    const at = cipherHeaderAt(each.bytes);
    const fallback = at === undefined ? undefined : take(sequences, each, at);
    if (fallback !== undefined) found.push(fallback);
  }
  return found;
};
