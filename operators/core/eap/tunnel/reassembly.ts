import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { EapTlsPacket } from '../../../../streams/frames/index.js';
import { joined } from '../../rsn/keys/joined.js';
import { type EapFault, eapFault } from '../EapFault.js';

/** A message is refused that is longer than this: 64 kB is what RFC 5216 2.1.5 expects at the most. */
export const MAX_MESSAGE_SIZE = 0x10000;

/** What has come of a message that is sent in fragments. */
export interface Reassembly {
  /** How long the whole is to be, once the server has said it. */
  readonly announced?: number;
  readonly size: number;
  readonly fragments: ReadonlyArray<Uint8Array>;
}

export const NOTHING_YET: Reassembly = { size: 0, fragments: [] };

/** Where a message stands after another fragment: complete when `message` is there. */
export interface Reassembled {
  readonly soFar: Reassembly;
  readonly message?: Uint8Array;
}

const malformed = (message: string): Either<EapFault, never> => left(eapFault('malformed', message));

const tooLong = (size: number): Either<EapFault, never> =>
  left(eapFault('tooLong', `the server's message has ${size} octets, and at most ${MAX_MESSAGE_SIZE} are taken`));

/**
 * Adds a fragment (RFC 5216 2.1.5). The announced length may be repeated on later fragments, and must be the true one; the first
 * fragment may lack it.
 */
export const reassemble = (before: Reassembly, packet: EapTlsPacket): Either<EapFault, Reassembled> => {
  const { fragment, hasMore, messageLength } = packet;
  const announced = before.announced ?? messageLength;
  const size = before.size + fragment.length;
  if (announced !== messageLength && messageLength !== undefined)
    return malformed(`a fragment announces ${messageLength} octets, and one before it announced ${announced}`);
  if (Math.max(size, announced ?? 0) > MAX_MESSAGE_SIZE) return tooLong(Math.max(size, announced ?? 0));
  if (announced !== undefined && (hasMore ? size > announced : size !== announced))
    return malformed(`${announced} octets were announced, and ${size} came`);
  const fragments = fragment.length === 0 ? before.fragments : [...before.fragments, fragment];
  if (!hasMore) return right({ soFar: NOTHING_YET, message: joined(...fragments) });
  return right({ soFar: { size, fragments, ...(announced === undefined ? {} : { announced }) } });
};
