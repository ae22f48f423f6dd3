import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { LibC } from '../ffi/LibC.js';
import { readAcknowledgement } from '../genetlink/acknowledgement.js';
import type { Refusal } from '../genetlink/GenericSocket.js';
import { openNetlink } from '../netlink/listLinks.js';
import { NetlinkFlag, NetlinkType, netlinkAddress, readNetlinkMessages, writeNetlinkMessage } from '../netlink/netlinkMessage.js';

const NEW_LINK = 16;
const ACKNOWLEDGE = 0x4;
const IFF_UP = 0x1;
const SIZE = 16;
const AT = { index: 4, flags: 8, change: 12 } as const;

/** A request to switch an interface on (rtnetlink(7), struct ifinfomsg). */
export const switchOnBody = (index: number): Uint8Array => {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt32(AT.index, index, true);
  view.setUint32(AT.flags, IFF_UP, true);
  view.setUint32(AT.change, IFF_UP, true);
  return bytes;
};

/** As `ip link set dev NAME up` would. */
export const switchOn = (c: LibC, index: number): Either<Refusal, void> => {
  const opened = openNetlink(c, 0);
  if (opened._tag === 'Left') return left({ errno: opened.left.errno });
  const socket = opened.right;
  const flags = NetlinkFlag.REQUEST | ACKNOWLEDGE;
  const sent = socket.send(
    writeNetlinkMessage({ type: NEW_LINK, flags, sequence: 1, body: switchOnBody(index) }),
    netlinkAddress(),
  );
  const received = sent._tag === 'Left' ? sent : socket.receive();
  socket.close();
  if (received._tag === 'Left') return left({ errno: received.left.errno });
  const [answer] = readNetlinkMessages(received.right?.data ?? new Uint8Array(0));
  if (answer?.type !== NetlinkType.ERROR) return left({ errno: 'EPROTO' });
  const { errno, message } = readAcknowledgement(answer);
  return errno === undefined ? right(undefined) : left({ errno, ...(message !== undefined && { message }) });
};
