import { errnoName } from '../ffi/Socket.js';
import type { NetlinkMessage } from '../netlink/netlinkMessage.js';
import { attributesIn, textIn, u64In } from './attributes.js';

/** What the kernel says to a request when it is through with it (netlink(7), struct nlmsgerr). */
export interface Acknowledgement {
  /** The name of the errno; nothing where the request succeeded. */
  readonly errno?: string;
  /** The kernel's own words, where it has any. */
  readonly message?: string;
  /** What a later event about this request will be known by. */
  readonly cookie?: bigint;
}

const CAPPED = 0x100;
const HAS_ATTRIBUTES = 0x200;
const ERROR_SIZE = 4;
const HEADER_SIZE = 16;
const Attribute = { MESSAGE: 1, COOKIE: 3 } as const;

/** Where the attributes begin: behind the error and the request, of which the kernel may repeat no more than the header. */
const attributesAt = ({ flags, body }: NetlinkMessage): number => {
  if ((flags & CAPPED) !== 0 || body.length < ERROR_SIZE + HEADER_SIZE) return ERROR_SIZE + HEADER_SIZE;
  const length = new DataView(body.buffer, body.byteOffset, body.length).getUint32(ERROR_SIZE, true);
  return ERROR_SIZE + ((length + 3) & ~3);
};

export const readAcknowledgement = (answer: NetlinkMessage): Acknowledgement => {
  const { flags, body } = answer;
  if (body.length < ERROR_SIZE) return { errno: 'EPROTO' };
  const error = new DataView(body.buffer, body.byteOffset, body.length).getInt32(0, true);
  const attributes = attributesIn((flags & HAS_ATTRIBUTES) === 0 ? undefined : body.subarray(attributesAt(answer)));
  const [message, cookie] = [textIn(attributes, Attribute.MESSAGE), u64In(attributes, Attribute.COOKIE)];
  return {
    ...(error !== 0 && { errno: errnoName(-error) }),
    ...(message !== undefined && { message }),
    ...(cookie !== undefined && { cookie }),
  };
};
