/**
 * The messages of the example's challenge-response protocol, EtherType 0x88B5 (IEEE 802, local experimental EtherType 1).
 *
 *     octet 0        version, 1
 *     octet 1        type
 *     octets 2, 3    length of the body
 *     body           counter (4), then what the type prescribes; a `tag` is always last
 *
 * Integers are little-endian. A message is exactly as long as its type says.
 */
import { type Decoded, decode, type Reader } from 'postassoc/frames';

export const VENDOR_ETHERTYPE = 0x88b5;

const VERSION = 1;
export const NONCE_LENGTH = 32;
export const TAG_LENGTH = 32;
/** A 16-byte key under RFC 3394 key wrap. */
export const WRAPPED_LENGTH = 24;

interface GroupKeyFields {
  readonly counter: number;
  readonly keyIndex: number;
  /** Where the receive counter of the group key starts. */
  readonly receiveCounter: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly tag: Uint8Array;
}

/** A message by its name. The access point sends the first four, the station the others. */
export type VendorMessage =
  | { readonly type: 'challenge'; readonly counter: number; readonly nonce: Uint8Array }
  | ({ readonly type: 'confirm' } & GroupKeyFields)
  | ({ readonly type: 'rekey' } & GroupKeyFields)
  /** The proof was wrong; the nonce says whose. */
  | { readonly type: 'refuse'; readonly counter: number; readonly nonce: Uint8Array }
  | { readonly type: 'response'; readonly counter: number; readonly nonce: Uint8Array; readonly tag: Uint8Array }
  | { readonly type: 'acknowledge'; readonly counter: number; readonly tag: Uint8Array }
  | { readonly type: 'rekeyed'; readonly counter: number; readonly tag: Uint8Array };

export type MessageType = VendorMessage['type'];
export type MessageOf<T extends MessageType> = Extract<VendorMessage, { type: T }>;

const TYPES: ReadonlyArray<MessageType> = ['challenge', 'response', 'confirm', 'acknowledge', 'rekey', 'rekeyed', 'refuse'];

const groupKey = <T extends 'confirm' | 'rekey'>(type: T, reader: Reader) => ({
  type,
  counter: reader.u32('counter'),
  keyIndex: reader.u8('keyIndex'),
  receiveCounter: reader.bytes('receiveCounter', 6),
  wrapped: reader.bytes('wrapped', WRAPPED_LENGTH),
  tag: reader.bytes('tag', TAG_LENGTH),
});

const bodies: { readonly [T in MessageType]: (reader: Reader) => MessageOf<T> } = {
  challenge: (reader) => ({ type: 'challenge', counter: reader.u32('counter'), nonce: reader.bytes('nonce', NONCE_LENGTH) }),
  refuse: (reader) => ({ type: 'refuse', counter: reader.u32('counter'), nonce: reader.bytes('nonce', NONCE_LENGTH) }),
  confirm: (reader) => groupKey('confirm', reader),
  rekey: (reader) => groupKey('rekey', reader),
  response: (reader) => ({
    type: 'response',
    counter: reader.u32('counter'),
    nonce: reader.bytes('nonce', NONCE_LENGTH),
    tag: reader.bytes('tag', TAG_LENGTH),
  }),
  acknowledge: (reader) => ({
    type: 'acknowledge',
    counter: reader.u32('counter'),
    tag: reader.bytes('tag', TAG_LENGTH),
  }),
  rekeyed: (reader) => ({ type: 'rekeyed', counter: reader.u32('counter'), tag: reader.bytes('tag', TAG_LENGTH) }),
};

const NO_MESSAGE: VendorMessage = { type: 'refuse', counter: 0, nonce: new Uint8Array(0) };

const read = (reader: Reader): VendorMessage => {
  const version = reader.u8('version');
  reader.check(version === VERSION, 'VALUE', { field: 'version', at: 0, value: version }, String(VERSION));
  const number = reader.u8('type');
  const type = TYPES[number - 1];
  if (type === undefined) {
    reader.fail('VALUE', { field: 'type', at: 1, value: number }, `1..${TYPES.length}`);
    return NO_MESSAGE;
  }
  const length = reader.u16('length');
  reader.check(length === reader.remaining, 'LENGTH', { field: 'length', at: 2, value: length }, `${reader.remaining}`);
  const message = bodies[type](reader);
  reader.check(reader.remaining === 0, 'LENGTH', { field: 'length', at: 2, value: length }, `the length of a ${type}`);
  return message;
};

/** The message some bytes are, or what is wrong with them. */
export const readMessage = (bytes: Uint8Array): Decoded<VendorMessage> => decode('vendor message', bytes, read);

export const joined = (...pieces: ReadonlyArray<Uint8Array>): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => [...piece]));

const u32 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);

const bodyOf = (message: VendorMessage): ReadonlyArray<Uint8Array> => {
  switch (message.type) {
    case 'challenge':
    case 'refuse':
      return [message.nonce];
    case 'response':
      return [message.nonce, message.tag];
    case 'confirm':
    case 'rekey':
      return [Uint8Array.of(message.keyIndex), message.receiveCounter, message.wrapped, message.tag];
    default:
      return [message.tag];
  }
};

export const writeMessage = (message: VendorMessage): Uint8Array => {
  const body = joined(u32(message.counter), ...bodyOf(message));
  const header = Uint8Array.of(VERSION, TYPES.indexOf(message.type) + 1, body.length, body.length >>> 8);
  return joined(header, body);
};
