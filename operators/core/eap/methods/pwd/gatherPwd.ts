import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { joined } from '../../../rsn/keys/joined.js';
import type { PwdFragment } from './pwdFragments.js';

/** A message of the server's of which pieces are missing. */
export interface PwdGathering {
  readonly exchange: number;
  readonly total: number;
  readonly octets: Uint8Array;
}

/** What a piece brought: the whole message, or that there is more to come. */
export type PwdGathered =
  | { readonly isWhole: false; readonly gathering: PwdGathering }
  | { readonly isWhole: true; readonly message: Uint8Array };

/** No message is longer that makes sense: an identity, or a salt of 255 octets with a point and a scalar of group 21. */
const LIMIT = 2048;

/** Servers in use (hostapd) count the header of the first piece, flags and length, as part of the message. */
const HEADER_OCTETS = 3;

const isLengthOf = (total: number, { length }: Uint8Array): boolean => total === length || total === length + HEADER_OCTETS;

const first = ({ exchange, hasMore, totalLength, payload }: PwdFragment): Either<string, PwdGathered> => {
  if (!hasMore) {
    return totalLength === undefined || isLengthOf(totalLength, payload)
      ? right({ isWhole: true, message: payload })
      : left(`a message of ${payload.length} octets that says it has ${totalLength}`);
  }
  if (totalLength === undefined) return left('the first piece of a message that does not say how long it is');
  if (totalLength > LIMIT) return left(`a message of ${totalLength} octets, of which at most ${LIMIT} are taken`);
  if (payload.length === 0) return left('a piece of a message without anything in it');
  return right({ isWhole: false, gathering: { exchange, total: totalLength, octets: payload } });
};

/** Puts a piece to those that came before (RFC 5931 3.1). */
export const gatherPwd = (before: PwdGathering | undefined, fragment: PwdFragment): Either<string, PwdGathered> => {
  if (before === undefined) return first(fragment);
  const { exchange, hasMore, totalLength, payload } = fragment;
  if (exchange !== before.exchange) return left(`a piece of exchange ${exchange} in the middle of exchange ${before.exchange}`);
  if (totalLength !== undefined) return left('another first piece in the middle of a message');
  if (payload.length === 0) return left('a piece of a message without anything in it');
  const octets = joined(before.octets, payload);
  if (octets.length > before.total) return left(`more octets than the ${before.total} that were announced`);
  if (hasMore) return right({ isWhole: false, gathering: { ...before, octets } });
  return isLengthOf(before.total, octets)
    ? right({ isWhole: true, message: octets })
    : left(`${octets.length} octets, and ${before.total} were announced`);
};
