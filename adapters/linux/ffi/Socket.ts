import { constants } from 'node:os';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { LibC, Watch } from './LibC.js';

/** A call of the system that did not succeed, and why: the name of its errno. */
export interface CallFailure {
  readonly call: 'socket' | 'bind' | 'setsockopt' | 'sendto' | 'recvfrom';
  readonly errno: string;
}

/** What came, and from whom; both are the receiver's. */
export interface Datagram {
  readonly data: Uint8Array;
  readonly from: Uint8Array;
}

export type Called<A> = Either<CallFailure, A>;

/** The numbers of a socket and where it is bound to. */
export interface SocketKind {
  readonly domain: number;
  readonly type: number;
  readonly protocol: number;
  readonly address: Uint8Array;
}

/** asm-generic: the architectures that differ are refused. */
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_ERRQUEUE = 0x2000;
/** The most a datagram of either kind can be. */
const ROOM = 0x10000;
const ADDRESS_ROOM = 128;
const DONE = right(undefined);
/** Its number may be somebody else's by now. */
const CLOSED = 'EBADF';

/** Linux has names that Node does not know. */
const OF_LINUX: ReadonlyArray<readonly [string, number]> = [
  ['ENOKEY', 126],
  ['ERFKILL', 132],
  ['ENOTSUPP', 524],
];
const NAMES = new Map([...Object.entries(constants.errno), ...OF_LINUX].map(([name, number]) => [number, name]));

/** EAGAIN comes first under this number, and not under its other name. */
export const errnoName = (errno: number): string =>
  errno === constants.errno.EAGAIN ? 'EAGAIN' : (NAMES.get(errno) ?? `errno ${errno}`);

/** A socket that never blocks. It holds a file descriptor until it is closed, and nothing else. */
export class Socket {
  readonly #c: LibC;
  readonly #fd: number;
  readonly #room = new Uint8Array(ROOM);
  readonly #from = new Uint8Array(ADDRESS_ROOM);
  readonly #fromSize = new Uint32Array(1);
  #watch: Watch | undefined;
  #isOpen = true;

  private constructor(c: LibC, fd: number) {
    this.#c = c;
    this.#fd = fd;
  }

  static open(c: LibC, { domain, type, protocol, address }: SocketKind): Called<Socket> {
    const fd = c.socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (fd < 0) return left({ call: 'socket', errno: errnoName(c.errno()) });
    const socket = new Socket(c, fd);
    const bound = socket.#result('bind', c.bind(fd, address, address.length));
    if (bound._tag === 'Right') return right(socket);
    socket.close();
    return bound;
  }

  setOption(level: number, name: number, value: Uint8Array): Called<void> {
    if (!this.#isOpen) return left({ call: 'setsockopt', errno: CLOSED });
    return this.#result('setsockopt', this.#c.setsockopt(this.#fd, level, name, value, value.length));
  }

  send(data: Uint8Array, to: Uint8Array): Called<void> {
    if (!this.#isOpen) return left({ call: 'sendto', errno: CLOSED });
    return this.#result('sendto', this.#c.sendto(this.#fd, data, data.length, MSG_DONTWAIT, to, to.length));
  }

  /** What has come and was not received yet, if anything. */
  receive(): Called<Datagram | undefined> {
    return this.#receive(MSG_DONTWAIT);
  }

  /** What of ours the kernel tells the fate of, if anything (SO_WIFI_STATUS). */
  receiveNotice(): Called<Datagram | undefined> {
    return this.#receive(MSG_DONTWAIT | MSG_ERRQUEUE);
  }

  #receive(flags: number): Called<Datagram | undefined> {
    if (!this.#isOpen) return left({ call: 'recvfrom', errno: CLOSED });
    this.#fromSize[0] = ADDRESS_ROOM;
    const size = this.#c.recvfrom(this.#fd, this.#room, ROOM, flags, this.#from, this.#fromSize);
    if (size >= 0) return right({ data: this.#room.slice(0, size), from: this.#from.slice(0, this.#fromSize[0]) });
    const errno = errnoName(this.#c.errno());
    return errno === 'EAGAIN' || errno === 'EINTR' ? DONE : left({ call: 'recvfrom', errno });
  }

  /** Hands over what has come, so many at most and no more once it is closed. The answer is what keeps more from being received. */
  drain(atMost: number, take: (datagram: Datagram) => void): CallFailure | undefined {
    for (let n = 0; n < atMost && this.#isOpen; n++) {
      const received = this.receive();
      if (received._tag === 'Left') return received.left;
      if (received.right === undefined) return undefined;
      take(received.right);
    }
    return undefined;
  }

  /** Calls back whenever there is something to receive. */
  onReadable(run: () => void): void {
    if (this.#isOpen) this.#watch ??= this.#c.watch(this.#fd, run);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#watch?.end();
    this.#c.close(this.#fd);
  }

  #result(call: CallFailure['call'], result: number): Called<void> {
    return result < 0 ? left({ call, errno: errnoName(this.#c.errno()) }) : DONE;
  }
}
