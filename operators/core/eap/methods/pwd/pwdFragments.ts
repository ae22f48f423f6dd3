import { type Decoded, decode } from '../../../../../streams/frames/index.js';
import { joined } from '../../../rsn/keys/joined.js';

/** One packet of EAP-pwd (RFC 5931 3.1): a message, or a piece of one. */
export interface PwdFragment {
  readonly exchange: number;
  readonly hasMore: boolean;
  /** Of the whole message; on the first of several pieces. */
  readonly totalLength?: number;
  readonly payload: Uint8Array;
}

const LENGTH_INCLUDED = 0x80;
const MORE = 0x40;
const EXCHANGE = 0x3f;

export const readPwdFragment = (data: Uint8Array): Decoded<PwdFragment> =>
  decode('EAP-pwd', data, (reader) => {
    const flags = reader.u8('PWD-Exch');
    const isLong = (flags & LENGTH_INCLUDED) !== 0;
    const total = { field: 'Total-Length', at: reader.at, value: isLong ? reader.u16be('Total-Length') : 0 };
    reader.check(
      !isLong || total.value >= reader.remaining,
      'LENGTH',
      total,
      `at least the ${reader.remaining} bytes that follow`,
    );
    return {
      exchange: flags & EXCHANGE,
      hasMore: (flags & MORE) !== 0,
      ...(isLong ? { totalLength: total.value } : {}),
      payload: reader.rest('Payload'),
    };
  });

const write = ({ exchange, hasMore, totalLength, payload }: PwdFragment): Uint8Array => {
  const flags = exchange | (hasMore ? MORE : 0) | (totalLength === undefined ? 0 : LENGTH_INCLUDED);
  const length = totalLength === undefined ? [] : [totalLength >>> 8, totalLength & 0xff];
  return joined(Uint8Array.of(flags, ...length), payload);
};

/** A message as the packets that carry it, each of at most `room` octets. The first of several tells how long the whole is. */
export const writePwdMessage = (exchange: number, message: Uint8Array, room: number): ReadonlyArray<Uint8Array> => {
  if (message.length + 1 <= room) return [write({ exchange, hasMore: false, payload: message })];
  const packets: Uint8Array[] = [];
  for (let at = 0; at < message.length; ) {
    const isFirst = at === 0;
    const end = at + Math.max(1, room - (isFirst ? 3 : 1));
    const payload = message.subarray(at, end);
    const hasMore = end < message.length;
    packets.push(write({ exchange, hasMore, payload, ...(isFirst ? { totalLength: message.length } : {}) }));
    at = end;
  }
  return packets;
};

/** What is said to a piece that is not the last. */
export const writePwdAcknowledgement = (exchange: number): Uint8Array => Uint8Array.of(exchange);
