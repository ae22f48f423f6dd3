import { Observable, type Subscriber } from 'rxjs';
import type { LibC } from '../ffi/LibC.js';
import type { CallFailure, Datagram } from '../ffi/Socket.js';
import { type LinkChange, RTMGRP_LINK, readLinkChange } from './Link.js';
import { listLinks, openNetlink } from './listLinks.js';
import { isFromKernel, readNetlinkMessages } from './netlinkMessage.js';

/** What became of the links, or what kept it from being known. */
export type WatchedLinks = LinkChange | { readonly kind: 'failed'; readonly failure: CallFailure };

const listAll = (c: LibC, out: Subscriber<WatchedLinks>): void => {
  const links = listLinks(c);
  out.next(links._tag === 'Right' ? { kind: 'all', links: links.right } : { kind: 'failed', failure: links.left });
};

/** What may be read at a time before others have their turn. */
const AT_A_TIME = 256;

const tell = ({ data, from }: Datagram, out: Subscriber<WatchedLinks>): void => {
  if (!isFromKernel(from)) return;
  for (const message of readNetlinkMessages(data)) {
    const change = readLinkChange(message);
    if (change !== undefined) out.next(change);
  }
};

/**
 * Follows every link: all of them first, then each change, and all of them again when a change was missed. It holds one socket,
 * until it is unsubscribed. `turn` puts off what is to be read.
 */
export const watchLinks = (c: LibC, turn: (read: () => void) => unknown = (read) => read()): Observable<WatchedLinks> =>
  new Observable((out) => {
    const opened = openNetlink(c, RTMGRP_LINK);
    if (opened._tag === 'Left') {
      out.next({ kind: 'failed', failure: opened.left });
      return;
    }
    const socket = opened.right;
    out.add(() => socket.close());
    // The socket comes first: what happens while the list is made is told afterwards, and lost is nothing.
    listAll(c, out);
    if (out.closed) return;
    const read = (): void => {
      const failure = socket.drain(AT_A_TIME, (datagram) => tell(datagram, out));
      // There was more to tell than there was room for (netlink(7)).
      if (failure?.errno === 'ENOBUFS') listAll(c, out);
      else if (failure !== undefined) out.next({ kind: 'failed', failure });
    };
    socket.onReadable(() => turn(read));
  });
