import { right } from 'fp-ts/lib/Either.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { pack, u16 } from './pack.js';
import { decode } from './Reader.js';
import { packSaeElements, readSaeElements } from './saeElements.js';

/**
 * What an access point under load answers a commit with, under ANTI_CLOGGING_TOKEN_REQUIRED: the same commit is to come again
 * with this token (IEEE 802.11-2020 12.4.6).
 *
 * @since 0.2.0
 */
export interface SaeTokenRequest {
  readonly group: number;
  readonly token: Uint8Array;
}

const STRUCTURE = 'SAE token request';

/**
 * Reads the fields behind the status code. Nothing in the frame says whether the token is in a container: it is when the
 * commit it answers was hashed to the element.
 *
 * @since 0.2.0
 */
export const readSaeTokenRequest = (rest: Uint8Array, hashToElement: boolean): Decoded<SaeTokenRequest> =>
  decode(STRUCTURE, rest, (reader) => {
    const group = reader.u16('Finite Cyclic Group');
    if (!hashToElement) return { group, token: reader.rest('Anti-Clogging Token') };
    const container = { field: 'Anti-Clogging Token Container', at: reader.at, value: 'none' };
    const { antiCloggingToken: token = new Uint8Array(0) } = readSaeElements(reader);
    reader.check(token.length > 0, 'VALUE', container, 'a token in its container');
    return { group, token };
  });

/**
 * The fields behind the status code.
 *
 * @since 0.2.0
 */
export const writeSaeTokenRequest = ({ group, token }: SaeTokenRequest, hashToElement: boolean): Encoded => {
  const carried = hashToElement ? packSaeElements({ antiCloggingToken: token }) : right(token);
  return carried._tag === 'Left' ? carried : right(pack(u16(group), carried.right));
};
