import { isIPv4 } from 'node:net';
import { ipAddress } from '../packet/ipAddress.js';
import { RadiusAttributeType } from '../packet/RadiusAttributeType.js';
import type { RadiusAttribute } from '../packet/RadiusPacket.js';

/**
 * What a NAS says of itself, its port, and the station (RFC 3580 3).
 *
 * @since 0.2.0
 */
export interface Nas {
  readonly identifier: string;
  readonly address?: string;
  readonly port: 'wireless' | 'ethernet';
  /** The station's address, as RFC 3580 3.21 writes it. */
  readonly callingStation: string;
  /** The access point's, with the network's name behind a colon (RFC 3580 3.20). */
  readonly calledStation?: string;
  /** The largest EAP packet that the link takes (RFC 3579 2.4). */
  readonly framedMtu: number;
  /** More attributes; they replace those of the same type. */
  readonly more: ReadonlyArray<RadiusAttribute>;
}

const { codes } = RadiusAttributeType;
const FRAMED = 2;
const PORT_TYPES = { wireless: 19, ethernet: 15 } as const;

const text = (type: number, value: string): RadiusAttribute => ({ type, value: new TextEncoder().encode(value) });
const number = (type: number, value: number): RadiusAttribute => ({
  type,
  value: Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value),
});

const addressOf = (address: string): RadiusAttribute => ({
  type: isIPv4(address) ? codes['NAS-IP-Address'] : codes['NAS-IPv6-Address'],
  value: ipAddress(address),
});

export const nasAttributes = (nas: Nas): ReadonlyArray<RadiusAttribute> => {
  const replaced = new Set(nas.more.map(({ type }) => type));
  const own: ReadonlyArray<RadiusAttribute> = [
    text(codes['NAS-Identifier'], nas.identifier),
    ...(nas.address === undefined ? [] : [addressOf(nas.address)]),
    text(codes['Calling-Station-Id'], nas.callingStation),
    ...(nas.calledStation === undefined ? [] : [text(codes['Called-Station-Id'], nas.calledStation)]),
    number(codes['Service-Type'], FRAMED),
    number(codes['NAS-Port-Type'], PORT_TYPES[nas.port]),
    number(codes['Framed-MTU'], nas.framedMtu),
  ];
  return [...own.filter(({ type }) => !replaced.has(type)), ...nas.more];
};
