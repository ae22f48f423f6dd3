import type { Decoded, Encoded } from './DecodeError.js';
import { ElementId, writeElement } from './element.js';
import { pack, u8, u32 } from './pack.js';
import { decode } from './Reader.js';

/** Timeout Interval Types (IEEE 802.11-2020 Table 9-197). */
export const TIMEOUT_INTERVAL = { REASSOCIATION_DEADLINE: 1, KEY_LIFETIME: 2, ASSOCIATION_COMEBACK: 3 } as const;

/**
 * The Timeout Interval element (IEEE 802.11-2020 9.4.2.48).
 *
 * @since 0.2.0
 */
export interface TimeoutInterval {
  /** One of `TIMEOUT_INTERVAL`. */
  readonly type: number;
  /** In seconds for a key's lifetime, else in time units of 1,024 microseconds. */
  readonly value: number;
}

const STRUCTURE = 'Timeout Interval element';

/**
 * Reads the body of the element; octets behind it are passed over.
 *
 * @since 0.2.0
 */
export const readTimeoutInterval = (body: Uint8Array): Decoded<TimeoutInterval> =>
  decode(STRUCTURE, body, (reader) => ({
    type: reader.u8('Timeout Interval Type'),
    value: reader.u32('Timeout Interval Value'),
  }));

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeTimeoutInterval = ({ type, value }: TimeoutInterval): Encoded =>
  writeElement(STRUCTURE, ElementId.codes.TIMEOUT_INTERVAL, pack(u8(type), u32(value)));
