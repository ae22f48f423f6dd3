import { isZero, type Secret } from '../../../streams/events/index.js';
import type { MppeKeys } from '../packet/mppeKeys.js';

/**
 * How the keys that the server gives the NAS compare with those of the peer: without a match on both sides the station could
 * authenticate and never encrypt.
 */
export type KeyComparison =
  /** Both halves are equal. */
  | 'match'
  /** Neither side has any: the method yields none. */
  | 'none'
  /** The method yields keys, and the answer has none. */
  | 'missing'
  /** The answer has keys, and the method yields none. */
  | 'unexpected'
  /** MS-MPPE-Recv-Key, MS-MPPE-Send-Key, or both differ from the MSK. */
  | 'receiveDiffers'
  | 'sendDiffers'
  | 'bothDiffer';

const HALF = 32;
/** RFC 3079 3.3: the keys of MSCHAPv2 outside of any tunnel, and then the MSK has nothing but zeros behind them. */
const SHORT = 16;

const isAt = (key: Uint8Array, msk: Uint8Array, start: number): boolean => key.every((octet, n) => octet === msk[start + n]);

const sizeOf = (msk: Uint8Array, receive: Uint8Array, send: Uint8Array): number =>
  receive.length === SHORT && send.length === SHORT && isZero(msk.subarray(2 * SHORT)) ? SHORT : HALF;

/** RFC 2548 2.4, R113: MS-MPPE-Recv-Key is the first half of the MSK, MS-MPPE-Send-Key the second. */
export const compareKeys = (msk: Secret | undefined, { receive, send }: MppeKeys): KeyComparison => {
  const hasKeys = receive !== undefined || send !== undefined;
  if (msk === undefined) return hasKeys ? 'unexpected' : 'none';
  if (receive === undefined || send === undefined) return 'missing';
  const size = sizeOf(msk.reveal(), receive.reveal(), send.reveal());
  const isHalf = (key: Secret, start: number): boolean => key.length === size && isAt(key.reveal(), msk.reveal(), start);
  const [first, second] = [isHalf(receive, 0), isHalf(send, size)];
  if (first) return second ? 'match' : 'sendDiffers';
  return second ? 'receiveDiffers' : 'bothDiffer';
};
