import { constants } from 'node:os';
import type { LibC } from '../../../adapters/linux/ffi/LibC.js';
import { writeNetlinkMessage } from '../../../adapters/linux/netlink/netlinkMessage.js';
import { type MacAddress, macToBytes } from '../../../streams/events/index.js';

export const AF_PACKET = 17;
export const AF_NETLINK = 16;

/** An interface of the fake system. */
export interface FakeLink {
  readonly index: number;
  readonly name: string;
  readonly isUp?: boolean;
  readonly type?: number;
  readonly address?: MacAddress;
}

interface FakeSocket {
  readonly domain: number;
  readonly calls: string[];
  readonly waiting: (Waiting | keyof typeof constants.errno)[];
  onReadable?: () => void;
}

interface Waiting {
  readonly data: Uint8Array;
  readonly from: Uint8Array;
}

const NEW_LINK = 16;
const DELETE_LINK = 17;
const DONE = 3;
const KERNEL = Uint8Array.of(16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);

const attribute = (type: number, value: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array((4 + value.length + 3) & ~3);
  new DataView(bytes.buffer).setUint16(0, 4 + value.length, true);
  new DataView(bytes.buffer).setUint16(2, type, true);
  bytes.set(value, 4);
  return bytes;
};

const linkMessage = (type: number, link: FakeLink): Uint8Array => {
  const { index, name, isUp = true, address = '02:aa:00:00:00:02' as MacAddress } = link;
  const header = new Uint8Array(16);
  const view = new DataView(header.buffer);
  view.setUint16(2, link.type ?? 1, true);
  view.setInt32(4, index, true);
  view.setUint32(8, isUp ? 0x10001 : 0x1, true);
  const attributes = [attribute(3, new TextEncoder().encode(`${name}\0`)), attribute(1, macToBytes(address))];
  return writeNetlinkMessage({
    type,
    flags: 2,
    sequence: 1,
    body: Uint8Array.from([header, ...attributes].flatMap((part) => [...part])),
  });
};

/** The system calls of a machine that is none: its links, its sockets, and what goes wrong with them. */
export class FakeSystem implements LibC {
  readonly sockets = new Map<number, FakeSocket>();
  /** Every socket there was, by its file descriptor. */
  readonly opened: number[] = [];
  readonly sent: Uint8Array[] = [];
  links: ReadonlyArray<FakeLink>;
  /** What fails: a call, or a call of one domain, with this error. */
  fails: Readonly<Record<string, keyof typeof constants.errno>> = {};
  #errno = 0;
  #next = 100;

  constructor(links: ReadonlyArray<FakeLink>) {
    this.links = links;
  }

  socket(domain: number): number {
    if (this.#fails('socket', domain)) return -1;
    const fd = this.#next++;
    this.sockets.set(fd, { domain, calls: [], waiting: [] });
    this.opened.push(fd);
    return fd;
  }

  bind(fd: number): number {
    return this.#did(fd, 'bind');
  }

  setsockopt(fd: number): number {
    return this.#did(fd, 'setsockopt');
  }

  sendto(fd: number, data: Uint8Array): number {
    if (this.#did(fd, 'sendto') < 0) return -1;
    const socket = this.sockets.get(fd);
    if (socket?.domain === AF_PACKET) this.sent.push(data.slice());
    else this.#dump(socket);
    return data.length;
  }

  recvfrom(fd: number, into: Uint8Array, _size: number, _flags: number, ...[from, fromSize]: [Uint8Array, Uint32Array]): number {
    const next = this.sockets.get(fd)?.waiting.shift() ?? 'EAGAIN';
    if (typeof next === 'string') {
      this.#errno = constants.errno[next];
      return -1;
    }
    into.set(next.data);
    from.set(next.from);
    fromSize[0] = next.from.length;
    return next.data.length;
  }

  close(fd: number): number {
    this.sockets.delete(fd);
    return 0;
  }

  errno(): number {
    return this.#errno;
  }

  watch(fd: number, onReadable: () => void): { readonly end: () => void } {
    const socket = this.sockets.get(fd);
    if (socket !== undefined) socket.onReadable = onReadable;
    return {
      end: () => {
        if (socket !== undefined) delete socket.onReadable;
      },
    };
  }

  /** An interface changes, appears, or goes away; `isMissed` when there was no room to say so. */
  change(link: FakeLink, how: 'now' | 'gone' | 'missed' = 'now'): void {
    const others = this.links.filter(({ index }) => index !== link.index);
    this.links = how === 'gone' ? others : [...others, link];
    const message = linkMessage(how === 'gone' ? DELETE_LINK : NEW_LINK, link);
    this.#deliver(AF_NETLINK, how === 'missed' ? 'ENOBUFS' : { data: message, from: KERNEL });
  }

  /** A packet comes in, or an error does. */
  packet(what: Waiting | keyof typeof constants.errno): void {
    this.#deliver(AF_PACKET, what);
  }

  /** Something comes over netlink that is not of the kernel. */
  forge(link: FakeLink): void {
    const somebody = KERNEL.map((octet, i) => (i === 4 ? 7 : octet));
    this.#deliver(AF_NETLINK, { data: linkMessage(DELETE_LINK, link), from: somebody });
  }

  /** The sockets that are open, by domain. */
  get open(): ReadonlyArray<number> {
    return [...this.sockets.values()].map(({ domain }) => domain);
  }

  #deliver(domain: number, what: Waiting | keyof typeof constants.errno): void {
    for (const socket of [...this.sockets.values()]) {
      if (socket.domain !== domain || socket.onReadable === undefined) continue;
      socket.waiting.push(what);
      socket.onReadable();
    }
  }

  #dump(socket: FakeSocket | undefined): void {
    const done = writeNetlinkMessage({ type: DONE, flags: 2, sequence: 1, body: new Uint8Array(4) });
    const answers = [...this.links.map((link) => linkMessage(NEW_LINK, link)), done];
    socket?.waiting.push(...answers.map((data) => ({ data, from: KERNEL })));
  }

  #did(fd: number, call: string): number {
    const socket = this.sockets.get(fd);
    socket?.calls.push(call);
    return this.#fails(call, socket?.domain) ? -1 : 0;
  }

  #fails(call: string, domain: number | undefined): boolean {
    const errno = this.fails[`${call} ${domain}`] ?? this.fails[call];
    if (errno !== undefined) this.#errno = constants.errno[errno];
    return errno !== undefined;
  }
}
