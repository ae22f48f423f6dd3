import { type MacAddress, macFromBytes } from '../../../streams/events/index.js';
import { u16At, u32At } from './littleEndian.js';
import { findNetlinkAttribute, type NetlinkMessage } from './netlinkMessage.js';

/** A network interface, as rtnetlink(7) tells. */
export interface Link {
  readonly index: number;
  readonly name: string;
  /** Whether it is of Ethernet's kind: it has addresses of six octets and EtherTypes. */
  readonly isEthernet: boolean;
  /** Nothing where it was not told this time. */
  readonly address?: MacAddress;
  /** The most octets a packet may have. */
  readonly mtu?: number;
  /** The administrator has switched it on. */
  readonly isEnabled: boolean;
  /** There is somebody at the other end of the wire. */
  readonly hasCarrier: boolean;
}

/** Something became of a link. */
export type LinkChange =
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'gone'; readonly index: number }
  /** Every link there is: at the beginning, and again when changes were missed. */
  | { readonly kind: 'all'; readonly links: ReadonlyArray<Link> };

export const RouteType = { NEW_LINK: 16, DELETE_LINK: 17, GET_LINK: 18 } as const;
export const RTMGRP_LINK = 1;

const AF_UNSPEC = 0;
const ARPHRD_ETHER = 1;
const IFF_UP = 0x1;
const IFF_LOWER_UP = 0x10000;
const IFLA = { ADDRESS: 1, IFNAME: 3, MTU: 4 } as const;
const HEADER_SIZE = 16;
const MAC_LENGTH = 6;
const AT = { type: 2, index: 4, flags: 8 } as const;

const asText = (value: Uint8Array): string => {
  const end = value.indexOf(0);
  return new TextDecoder().decode(end < 0 ? value : value.subarray(0, end));
};

/** A link as struct ifinfomsg and its attributes describe it. */
const readLink = (body: Uint8Array): Link | undefined => {
  const find = (type: number): Uint8Array | undefined => findNetlinkAttribute(body, HEADER_SIZE, type);
  const [name, address, mtu] = [find(IFLA.IFNAME), find(IFLA.ADDRESS), find(IFLA.MTU)];
  if (name === undefined) return undefined;
  const flags = u32At(body, AT.flags);
  return {
    index: u32At(body, AT.index) | 0,
    name: asText(name),
    isEthernet: u16At(body, AT.type) === ARPHRD_ETHER,
    ...(address?.length === MAC_LENGTH && { address: macFromBytes(address) }),
    ...(mtu?.length === 4 && { mtu: u32At(mtu, 0) }),
    isEnabled: (flags & IFF_UP) !== 0,
    hasCarrier: (flags & IFF_LOWER_UP) !== 0,
  };
};

/**
 * What a message says of a link, if it says anything. A bridge speaks of its ports by the same messages, under a family of its own:
 * a port that leaves a bridge is not gone.
 */
export const readLinkChange = ({ type, body }: NetlinkMessage): Exclude<LinkChange, { kind: 'all' }> | undefined => {
  if (type !== RouteType.NEW_LINK && type !== RouteType.DELETE_LINK) return undefined;
  if (body.length < HEADER_SIZE || body[0] !== AF_UNSPEC) return undefined;
  if (type === RouteType.DELETE_LINK) {
    return { kind: 'gone', index: u32At(body, AT.index) | 0 };
  }
  const link = readLink(body);
  return link && { kind: 'link', link };
};

/** Asks for every link (struct ifinfomsg, all zeros). */
export const allLinks = { type: RouteType.GET_LINK, body: new Uint8Array(HEADER_SIZE) } as const;
