import type { Decoded } from './DecodeError.js';
import { EapMethod } from './eapMethods.js';
import { pack, u8 } from './pack.js';
import { decode } from './Reader.js';

/**
 * The type data of the methods that carry TLS: EAP-TLS (RFC 5216 3), TTLS (RFC 5281 9.1), PEAP, FAST (RFC 4851 4.1) and TEAP
 * (RFC 7170 4.1). A packet with nothing but zeros acknowledges a fragment.
 *
 * @since 0.2.0
 */
export interface EapTlsPacket {
  readonly isStart: boolean;
  /** More fragments of this message follow. */
  readonly hasMore: boolean;
  /** Three bits; EAP-TLS has no version and leaves them zero. */
  readonly version: number;
  /** Of the whole message, before it was cut into fragments; on the first of them. */
  readonly messageLength?: number;
  readonly fragment: Uint8Array;
  /** Of TEAP, what is said outside of the tunnel. */
  readonly outerTlvs?: Uint8Array;
}

const LENGTH_INCLUDED = 0x80;
const MORE = 0x40;
const START = 0x20;
const OUTER_TLVS = 0x10;
const VERSION = 0x07;

const { TLS, TTLS, PEAP, FAST, TEAP } = EapMethod.codes;

/** Whether a method carries TLS behind these flags. */
export const isTlsMethod = (type: number): boolean =>
  type === TLS || type === TTLS || type === PEAP || type === FAST || type === TEAP;

/**
 * Reads the type data of a method that carries TLS.
 *
 * @since 0.2.0
 */
export const readEapTls = (type: number, data: Uint8Array): Decoded<EapTlsPacket> =>
  decode('EAP-TLS', data, (reader) => {
    const flags = reader.u8('Flags');
    const messageLength = (flags & LENGTH_INCLUDED) === 0 ? undefined : reader.u32be('TLS Message Length');
    const hasOuter = type === TEAP && (flags & OUTER_TLVS) !== 0;
    const outer = { field: 'Outer TLV Length', at: reader.at, value: hasOuter ? reader.u32be('Outer TLV Length') : 0 };
    reader.check(outer.value <= reader.remaining, 'LENGTH', outer, `at most the ${reader.remaining} bytes that follow`);
    const fragment = reader.bytes('TLS Data', Math.max(0, reader.remaining - outer.value));
    return {
      isStart: (flags & START) !== 0,
      hasMore: (flags & MORE) !== 0,
      version: flags & VERSION,
      ...(messageLength === undefined ? {} : { messageLength }),
      fragment,
      ...(hasOuter ? { outerTlvs: reader.rest('Outer TLVs') } : {}),
    };
  });

const flag = (isSet: boolean, bit: number): number => (isSet ? bit : 0);
const u32be = (value: number | undefined): Uint8Array =>
  value === undefined ? new Uint8Array(0) : Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

/**
 * Writes the type data of a method that carries TLS.
 *
 * @since 0.2.0
 */
export const writeEapTls = (packet: EapTlsPacket): Uint8Array => {
  const { messageLength, outerTlvs } = packet;
  const flags =
    flag(messageLength !== undefined, LENGTH_INCLUDED) |
    flag(packet.hasMore, MORE) |
    flag(packet.isStart, START) |
    flag(outerTlvs !== undefined, OUTER_TLVS) |
    (packet.version & VERSION);
  return pack(u8(flags), u32be(messageLength), u32be(outerTlvs?.length), packet.fragment, outerTlvs ?? new Uint8Array(0));
};

/**
 * Cuts a TLS message into the packets that carry it, of which none has more than `room` octets of type data. The first of several
 * tells how long the whole is.
 *
 * @since 0.2.0
 */
export const fragmentEapTls = (message: Uint8Array, room: number, version = 0): ReadonlyArray<EapTlsPacket> => {
  const one = { isStart: false, hasMore: false, version };
  if (message.length + 1 <= room) return [{ ...one, fragment: message }];
  const packets: EapTlsPacket[] = [];
  for (let at = 0; at < message.length; ) {
    const end = at + Math.max(1, room - (at === 0 ? 5 : 1));
    const fragment = message.slice(at, end);
    const isFirst = at === 0;
    packets.push({ ...one, hasMore: end < message.length, ...(isFirst ? { messageLength: message.length } : {}), fragment });
    at = end;
  }
  return packets;
};
