import { copyBytes, wipeBytes } from '../../../../streams/events/index.js';
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

/** A block, and the messages that lie in it end to end. */
interface Layout {
  readonly block: Uint8Array;
  readonly length: number;
  readonly messages: ReadonlyArray<Uint8Array>;
}

const layOut = (total: number, length: number): Layout => {
  const octets = total * length;
  const block = octets > OCTETS ? new Uint8Array(octets) : scratch.subarray(0, octets);
  const messages = Array.from({ length: total }, (_, index) => block.subarray(index * length, (index + 1) * length));
  return { block, length, messages };
};

/** Handshakes of one kind have messages of one length, so that one layout serves many of them. */
let lastLayout = layOut(1, 0);

const layoutOf = (total: number, length: number): Layout => {
  if (lastLayout.length !== length || lastLayout.messages.length !== total) lastLayout = layOut(total, length);
  return lastLayout;
};

const writeMessages = ({ block, length, messages }: Layout, { message, count }: Counted): void => {
  writeParts(block, message);
  for (let index = 1; index < messages.length; index++) block.copyWithin(index * length, 0, length);
  messages.forEach(count);
};

/** As many octets as asked for; a copy, which stays on V8's own heap, where a view would not. */
export const counted = (crypto: Crypto, key: Uint8Array, derivation: Counted): Uint8Array => {
  const { hash, octets, message } = derivation;
  const length = octetsOf(message);
  const total = Math.max(1, Math.ceil(octets / DIGEST_OCTETS[hash]));
  const layout = layoutOf(total, length);
  writeMessages(layout, derivation);
  const digests = crypto.hmacs(hash, key, layout.messages);
  layout.block.fill(0);
  if (digests.length === octets) return digests;
  const derived = copyBytes(digests, 0, octets);
  wipeBytes(digests);
  return derived;
};
