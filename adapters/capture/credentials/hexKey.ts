import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { fromHex, Secret } from '../../../streams/events/index.js';

const listed = (lengths: ReadonlyArray<number>): string => lengths.map((length) => `${2 * length}`).join(' or ');

/** A key in hex, of one of some lengths in octets. */
export const hexKey = (what: string, hex: string, lengths: ReadonlyArray<number>): Either<string, Secret> => {
  const expected = `${what}: expected ${listed(lengths)} hex digits`;
  if (!lengths.includes(hex.length / 2)) return left(`${expected}, found ${hex.length} characters`);
  const bytes = fromHex(hex);
  if (bytes === undefined) return left(`${expected}, found other characters among them`);
  const key = Secret.of(bytes);
  bytes.fill(0);
  return right(key);
};
