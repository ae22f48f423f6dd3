import type { Mark } from '../../../streams/air/index.js';
import { Secret } from '../../../streams/events/index.js';
import type { GroupKeySeen } from './Connection.js';

/** Category, action, dialog token, and the length of the key data (IEEE 802.11-2020 9.6.13.20). */
const KEY_DATA_LENGTH_AT = 3;
const KEY_DATA_AT = 5;

/** WNM Sleep Mode Response (Table 9-406). */
const SLEEP_MODE_RESPONSE = 17;

/** A kind of key in it: where its subelement has the key, behind the identifier and the length. */
interface Layout {
  readonly purpose: GroupKeySeen['purpose'];
  readonly keyAt: number;
  /** Bits of the key's number. */
  readonly numbers: number;
}

const LAYOUTS: ReadonlyArray<Layout> = [
  { purpose: 'gtk', keyAt: 13, numbers: 0x0003 },
  { purpose: 'igtk', keyAt: 10, numbers: 0xffff },
  { purpose: 'bigtk', keyAt: 10, numbers: 0xffff },
];

const KEY_LENGTH_OF_GTK_AT = 4;
const KEY_SIZES: ReadonlyArray<number> = [16, 32];

const octet = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const u16le = (bytes: Uint8Array, at: number): number => octet(bytes, at) | (octet(bytes, at + 1) << 8);

const keyIn = (element: Uint8Array, { frame, time }: Mark): GroupKeySeen | undefined => {
  const layout = LAYOUTS[octet(element, 0)];
  if (layout === undefined) return undefined;
  const { purpose, keyAt, numbers } = layout;
  const size = purpose === 'gtk' ? octet(element, KEY_LENGTH_OF_GTK_AT) : element.length - keyAt;
  if (!KEY_SIZES.includes(size) || element.length < keyAt + size) return undefined;
  const key = Secret.of(element, keyAt, keyAt + size);
  return { purpose, index: u16le(element, 2) & numbers, key, via: 'wnm', frame, time };
};

export const isSleepExit = (body: Uint8Array): boolean => body[1] === SLEEP_MODE_RESPONSE;

/**
 * The group keys an access point gives a station that wakes up and has missed their renewal (IEEE 802.11-2020 11.2.3.16.3). They are in
 * the clear in there, so they count only where the frame was encrypted.
 */
export const groupKeysOfSleepExit = (body: Uint8Array, mark: Mark): ReadonlyArray<GroupKeySeen> => {
  const keys: GroupKeySeen[] = [];
  const end = Math.min(body.length, KEY_DATA_AT + u16le(body, KEY_DATA_LENGTH_AT));
  for (let at = KEY_DATA_AT; at + 2 <= end; ) {
    const next = at + 2 + octet(body, at + 1);
    const key = next <= end ? keyIn(body.subarray(at, next), mark) : undefined;
    if (key !== undefined) keys.push(key);
    at = next;
  }
  return keys;
};
