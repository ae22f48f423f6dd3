import type { NetlinkMessage } from '../netlink/netlinkMessage.js';
import { type Attributes, attributesIn, joined } from './attributes.js';

/** A message of generic netlink: a command of a family, and its attributes (struct genlmsghdr). */
export interface GenericMessage {
  readonly command: number;
  readonly attributes: Attributes;
}

/** What is asked of a family. */
export interface GenericRequest {
  readonly command: number;
  readonly attributes: ReadonlyArray<Uint8Array>;
  /** Every object there is, instead of one. */
  readonly isDump?: boolean;
}

const HEADER_SIZE = 4;
const VERSION = 1;

export const genericBody = ({ command, attributes }: GenericRequest): Uint8Array =>
  joined([Uint8Array.of(command, VERSION, 0, 0), ...attributes]);

export const readGeneric = ({ body }: Pick<NetlinkMessage, 'body'>): GenericMessage | undefined => {
  const [command] = body;
  return command === undefined || body.length < HEADER_SIZE
    ? undefined
    : { command, attributes: attributesIn(body, HEADER_SIZE) };
};
