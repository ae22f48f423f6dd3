import { left, right } from 'fp-ts/lib/Either.js';
import type { LibC } from '../ffi/LibC.js';
import { type Called, Socket } from '../ffi/Socket.js';
import { allLinks, type Link, readLinkChange } from './Link.js';
import {
  AF_NETLINK,
  isFromKernel,
  NETLINK_ROUTE,
  NetlinkFlag,
  type NetlinkMessage,
  NetlinkType,
  netlinkAddress,
  readNetlinkMessages,
  writeNetlinkMessage,
} from './netlinkMessage.js';

const SOCK_RAW = 3;
const SEQUENCE = 1;
const ATTEMPTS = 5;

export const openNetlink = (c: LibC, groups: number): Called<Socket> =>
  Socket.open(c, { domain: AF_NETLINK, type: SOCK_RAW, protocol: NETLINK_ROUTE, address: netlinkAddress(groups) });

/** The messages of a dump up to its end: they are there as soon as they are asked for. */
const dump = (socket: Socket): Called<ReadonlyArray<NetlinkMessage>> => {
  const flags = NetlinkFlag.REQUEST | NetlinkFlag.DUMP;
  const asked = socket.send(writeNetlinkMessage({ ...allLinks, flags, sequence: SEQUENCE }), netlinkAddress());
  if (asked._tag === 'Left') return asked;
  const messages: NetlinkMessage[] = [];
  for (;;) {
    const received = socket.receive();
    if (received._tag === 'Left') return received;
    if (received.right === undefined) return left({ call: 'recvfrom', errno: 'EAGAIN' });
    if (!isFromKernel(received.right.from)) continue;
    messages.push(...readNetlinkMessages(received.right.data));
    const last = messages.at(-1)?.type;
    if (last === NetlinkType.DONE || last === NetlinkType.ERROR) return right(messages);
  }
};

const isInterrupted = ({ flags }: NetlinkMessage): boolean => (flags & NetlinkFlag.DUMP_INTERRUPTED) !== 0;

const linksOf = (messages: ReadonlyArray<NetlinkMessage>): ReadonlyArray<Link> =>
  messages.flatMap((message) => {
    const change = readLinkChange(message);
    return change?.kind === 'link' ? [change.link] : [];
  });

/** Every link there is. A list during which something changed is asked for again. */
export const listLinks = (c: LibC): Called<ReadonlyArray<Link>> => {
  const opened = openNetlink(c, 0);
  if (opened._tag === 'Left') return opened;
  const socket = opened.right;
  let messages = dump(socket);
  for (let n = 1; n < ATTEMPTS && messages._tag === 'Right' && messages.right.some(isInterrupted); n++) messages = dump(socket);
  socket.close();
  return messages._tag === 'Left' ? messages : right(linksOf(messages.right));
};
