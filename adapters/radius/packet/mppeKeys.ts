import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { Secret } from '../../../streams/events/index.js';
import type { SharedSecret } from './authenticators.js';
import { unmask } from './hiddenValue.js';
import type { RadiusPacket } from './RadiusPacket.js';
import { type VendorAttribute, vendorAttributes } from './vendorAttributes.js';

/** The keys a server gives to the NAS (RFC 2548 2.4), named as the server sees it: what it would receive with is the first half of the MSK. */
export interface MppeKeys {
  readonly send?: Secret;
  readonly receive?: Secret;
}

const MICROSOFT = 311;
const SEND_KEY = 16;
const RECV_KEY = 17;
const SALT_SIZE = 2;
/** The leftmost bit of a salt is set, and no salt comes twice in a packet (RFC 2548 2.4.2). */
const SALT_BIT = 0x80;

const NAMES: Readonly<Record<number, string>> = { [SEND_KEY]: 'MS-MPPE-Send-Key', [RECV_KEY]: 'MS-MPPE-Recv-Key' };

const wrong = ({ type, at }: VendorAttribute, why: string): Either<string, never> =>
  left(`RADIUS.${NAMES[type]} at byte ${at}: ${why}`);

const openKey = (shared: SharedSecret, key: VendorAttribute, requestAuthenticator: Uint8Array): Either<string, Secret> => {
  const salt = key.value.subarray(0, SALT_SIZE);
  if (salt.length < SALT_SIZE) return wrong(key, `expected a salt of ${SALT_SIZE} bytes, found ${salt.length}`);
  if (((salt[0] ?? 0) & SALT_BIT) === 0) return wrong(key, 'expected a salt whose first bit is set, found one where it is not');
  const plain = unmask(shared, key.value.subarray(SALT_SIZE), requestAuthenticator, salt);
  if (plain === undefined) return wrong(key, `expected a multiple of 16 bytes, found ${key.value.length - SALT_SIZE}`);
  const length = plain[0] ?? 0;
  const isPossible = length > 0 && length < plain.length;
  const opened = isPossible
    ? right(Secret.of(plain, 1, 1 + length))
    : wrong(key, 'it does not decrypt: a length that is impossible');
  plain.fill(0);
  return opened;
};

const zeroiseMppe = ({ send, receive }: MppeKeys): void => {
  send?.zeroise();
  receive?.zeroise();
};

/**
 * Decrypts the MS-MPPE keys of an answer (RFC 2548 2.4.2, 2.4.3). They belong to the caller.
 *
 * @since 0.2.0
 */
export const mppeKeysOf = (
  shared: SharedSecret,
  answer: RadiusPacket,
  requestAuthenticator: Uint8Array,
): Either<string, MppeKeys> => {
  const attributes = vendorAttributes(answer, MICROSOFT);
  if (attributes._tag === 'Left') return left(attributes.left.message);
  const keys: { send?: Secret; receive?: Secret } = {};
  for (const attribute of attributes.right) {
    if (NAMES[attribute.type] === undefined) continue;
    const name = attribute.type === SEND_KEY ? 'send' : 'receive';
    const key =
      keys[name] === undefined
        ? openKey(shared, attribute, requestAuthenticator)
        : wrong(attribute, 'expected one, found a second');
    if (key._tag === 'Left') {
      zeroiseMppe(keys);
      return key;
    }
    keys[name] = key.right;
  }
  return right(keys);
};
