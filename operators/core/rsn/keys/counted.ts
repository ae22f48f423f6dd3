import { copyBytes } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import { octetsOf, type Part, writeParts } from './joined.js';

const DIGEST_OCTETS = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;

/** A derivation in counter mode: its messages differ in the counter only. */
export interface Counted {
  readonly hash: keyof typeof DIGEST_OCTETS;
  /** What a message is made of, with room for the counter. */
  readonly message: ReadonlyArray<Part>;
  readonly octets: number;
  /** Writes the counter of the message of that index where it belongs. */
  readonly count: (message: Uint8Array, index: number) => void;
}

/** Room for the messages of any handshake, wiped after each: V8 takes its time over every buffer of more than 64 octets. */
const OCTETS = 1024;
const scratch = new Uint8Array(OCTETS);

/** All messages, end to end in one block. */
const writeMessages = (block: Uint8Array, length: number, { message, count }: Counted): ReadonlyArray<Uint8Array> => {
  const total = block.length / length;
  writeParts(block, message);
  const messages: Uint8Array[] = [];
  for (let index = 0; index < total; index++) {
    const at = index * length;
    if (index > 0) block.copyWithin(at, 0, length);
    const next = block.subarray(at, at + length);
    count(next, index);
    messages.push(next);
  }
  return messages;
};

/** As many octets as asked for; a copy, which stays on V8's own heap, where a view would not. */
export const counted = (crypto: Crypto, key: Uint8Array, derivation: Counted): Uint8Array => {
  const { hash, octets, message } = derivation;
  const length = octetsOf(message);
  const total = Math.max(1, Math.ceil(octets / DIGEST_OCTETS[hash]));
  const block = total * length > OCTETS ? new Uint8Array(total * length) : scratch.subarray(0, total * length);
  const digests = crypto.hmacs(hash, key, writeMessages(block, length, derivation));
  block.fill(0);
  if (digests.length === octets) return digests;
  const derived = copyBytes(digests, 0, octets);
  digests.fill(0);
  return derived;
};
