import { CIPHER_HEADER, type Mpdu } from './Mpdu.js';

/** The packet numbers one end used under one key. */
export interface PacketNumbers {
  highest: number;
  /** The very first numbers and the latest, and what the frames with them were. The latest go round in their places. */
  numbers: number[];
  digests: number[];
  /** Where the next one goes. */
  next: number;
}

export const newPacketNumbers = (): PacketNumbers => ({ highest: -1, numbers: [], digests: [], next: 0 });

const FIRST = 32;
const KEPT = FIRST + 128;

/** So far back nothing stays in any queue. */
const FAR_BACK = 1024;
/** Where a key that was installed again begins. */
const BEGINNING = 16;
const PAST_BEGINNING = 128;

const COMPARED = 64;

/** Enough of the encrypted octets to tell two frames apart; an FCS behind them does not count. */
const digestOf = (mpdu: Mpdu): number => {
  const { body } = mpdu;
  let digest = 0x811c9dc5;
  const end = Math.min(body.length, CIPHER_HEADER + COMPARED);
  for (let at = CIPHER_HEADER; at < end; at++) digest = Math.imul(digest ^ (body[at] as number), 0x01000193);
  return digest;
};

const keep = (seen: PacketNumbers, packetNumber: number, digest: number): void => {
  if (seen.numbers.length === 0) {
    // Lists of one: V8 gives an empty one that grows room for 17, and most keys are heard of once or twice.
    seen.numbers = [packetNumber];
    seen.digests = [digest];
    seen.next = 1;
    return;
  }
  seen.numbers[seen.next] = packetNumber;
  seen.digests[seen.next] = digest;
  seen.next = seen.next + 1 === KEPT ? FIRST : seen.next + 1;
};

const isFarBack = ({ highest }: PacketNumbers, packetNumber: number): boolean =>
  highest - packetNumber > FAR_BACK || (packetNumber <= BEGINNING && highest > PAST_BEGINNING);

/**
 * Whether a frame uses a number that was used before. The same frame may be heard more than once, and a frame of another queue
 * may come a little late; another frame under the same number, or a number from long ago, may not.
 */
export const isReuse = (seen: PacketNumbers, mpdu: Mpdu): boolean => {
  const { packetNumber } = mpdu;
  const digest = digestOf(mpdu);
  if (packetNumber > seen.highest) {
    seen.highest = packetNumber;
    keep(seen, packetNumber, digest);
    return false;
  }
  const at = seen.numbers.lastIndexOf(packetNumber);
  if (at >= 0) return seen.digests[at] !== digest;
  keep(seen, packetNumber, digest);
  return !mpdu.isRetry && isFarBack(seen, packetNumber);
};
