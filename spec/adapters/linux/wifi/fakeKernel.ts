import { constants } from 'node:os';
import type { LibC } from '../../../../adapters/linux/ffi/LibC.js';
import {
  attribute,
  nestedAttribute,
  textAttribute,
  u16Attribute,
  u32Attribute,
} from '../../../../adapters/linux/genetlink/attributes.js';
import { type GenericRequest, genericBody, readGeneric } from '../../../../adapters/linux/genetlink/GenericMessage.js';
import { readNetlinkMessages, writeNetlinkMessage } from '../../../../adapters/linux/netlink/netlinkMessage.js';
import { Attribute, Command, InterfaceType } from '../../../../adapters/linux/nl80211/names.js';
import { type MacAddress, macToBytes } from '../../../../streams/events/index.js';

/** Drivers have one that is for the kernel alone, and that Node has no name for. */
const ERRNO = { ...constants.errno, ENOTSUPP: 524 };

export type Errno = keyof typeof ERRNO;

/** What a test wants the kernel to answer to a command. */
export type Answering = (request: GenericRequest) => ReadonlyArray<GenericRequest> | Errno;

interface FakeSocket {
  readonly domain: number;
  readonly protocol: number;
  readonly waiting: (Uint8Array | Errno)[];
  readonly notices: Uint8Array[];
  onReadable?: () => void;
}

export const INDEX = 3;
export const ACCESS_POINT = '02:00:00:00:00:00' as MacAddress;
export const ADDRESS = '02:00:00:00:01:00' as MacAddress;
const NAME = 'wlan1';
const FAMILY = 32;
const CONTROLLER = 16;
const [ERROR, DONE, NEW_LINK] = [2, 3, 16];
const [NETLINK, ROUTE, GENERIC] = [16, 0, 16];
const PACKET = 17;
const KERNEL = Uint8Array.of(16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
const MSG_ERRQUEUE = 0x2000;
/** Node has no name for it. */
const ERFKILL = 132;

const family: GenericRequest = {
  command: 1,
  attributes: [
    u16Attribute(1, FAMILY),
    nestedAttribute(
      7,
      ['config', 'scan', 'mlme'].map((name, i) => nestedAttribute(i, [textAttribute(1, name), u32Attribute(2, i + 1)])),
    ),
  ],
};

const station: GenericRequest = {
  command: Command.NEW_INTERFACE,
  attributes: [u32Attribute(Attribute.WIPHY, 1), u32Attribute(Attribute.IFTYPE, InterfaceType.STATION)],
};

/** Bits of `EXT_FEATURES`: EAPOL over nl80211, and its acknowledgements. */
const features = (hasControlPort: boolean): Uint8Array => {
  const bits = new Uint8Array(8);
  if (hasControlPort) {
    bits[26 >> 3] = 1 << (26 & 7);
    bits[48 >> 3] = 1 << (48 & 7);
  }
  return bits;
};

const wiphy = (hasControlPort: boolean, commands: ReadonlyArray<number>): GenericRequest => ({
  command: Command.NEW_WIPHY,
  attributes: [
    u32Attribute(Attribute.WIPHY, 1),
    textAttribute(Attribute.WIPHY_NAME, 'phy1'),
    nestedAttribute(
      Attribute.SUPPORTED_COMMANDS,
      commands.map((command, i) => u32Attribute(i + 1, command)),
    ),
    attribute(Attribute.EXT_FEATURES, features(hasControlPort)),
  ],
});

const linkBody = (isUp: boolean): Uint8Array => {
  const header = new Uint8Array(16);
  const view = new DataView(header.buffer);
  view.setUint16(2, 1, true);
  view.setInt32(4, INDEX, true);
  view.setUint32(8, isUp ? 1 : 0, true);
  return Uint8Array.of(...header, ...textAttribute(3, NAME), ...attribute(1, macToBytes(ADDRESS)));
};

export interface FakeKernelOptions {
  readonly hasControlPort?: boolean;
  readonly commands?: ReadonlyArray<number>;
  readonly isUp?: boolean;
}

/** The system calls of a machine with one radio that is none: it answers as nl80211 would, and hears nobody. */
export class FakeKernel implements LibC {
  readonly sockets = new Map<number, FakeSocket>();
  /** The commands of nl80211 it was asked for, without those that only look. */
  readonly asked: number[] = [];
  readonly requests: GenericRequest[] = [];
  /** Packets that went out past nl80211, and to whom. */
  readonly packets: { readonly data: Uint8Array; readonly to: Uint8Array }[] = [];
  readonly options: number[] = [];
  answering: Answering = () => [];
  /** From whom packets come: the access point, to this station. */
  sender = Uint8Array.of(17, 0, 0x88, 0x8e, INDEX, 0, 0, 0, 1, 0, 0, 6, ...macToBytes(ACCESS_POINT), 0, 0);
  /** Why the link cannot be switched on. */
  isKilled = false;
  isUp: boolean;
  /** What fails from now on: a call, with this error. */
  fails: Readonly<Record<string, Errno>> = {};
  readonly #wiphy: GenericRequest;
  #errno = 0;
  #next = 100;

  constructor({ hasControlPort = true, commands = [Command.CONNECT], isUp = true }: FakeKernelOptions = {}) {
    this.isUp = isUp;
    this.#wiphy = wiphy(hasControlPort, commands);
  }

  socket(domain: number, _type: number, protocol: number): number {
    if (this.#fails('socket') || this.#fails(`socket ${domain}`)) return -1;
    const fd = this.#next++;
    this.sockets.set(fd, { domain, protocol, waiting: [], notices: [] });
    return fd;
  }

  bind(): number {
    return 0;
  }

  setsockopt(_fd: number, level: number, name: number): number {
    this.options.push(level * 1000 + name);
    return 0;
  }

  sendto(fd: number, data: Uint8Array, _size: number, _flags: number, ...[to]: [Uint8Array, number]): number {
    const socket = this.sockets.get(fd);
    if (socket === undefined || this.#fails('sendto')) return -1;
    if (socket.domain !== NETLINK) {
      this.packets.push({ data: data.slice(), to: to.slice() });
      return data.length;
    }
    for (const message of readNetlinkMessages(data.slice())) {
      if (socket.protocol === ROUTE) this.#route(socket, message);
      else this.#generic(socket, message);
    }
    return data.length;
  }

  recvfrom(fd: number, into: Uint8Array, _size: number, flags: number, ...[from, fromSize]: [Uint8Array, Uint32Array]): number {
    const socket = this.sockets.get(fd);
    const queue = (flags & MSG_ERRQUEUE) === 0 ? socket?.waiting : socket?.notices;
    const next = queue?.shift() ?? 'EAGAIN';
    if (typeof next === 'string') {
      this.#errno = ERRNO[next];
      return -1;
    }
    into.set(next);
    const sender = socket?.domain === PACKET ? this.sender : KERNEL;
    from.set(sender);
    fromSize[0] = sender.length;
    return next.length;
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
    return { end: () => undefined };
  }

  /** An event of nl80211, or what keeps it from being heard. */
  tell(event: GenericRequest | Errno): void {
    const message =
      typeof event === 'string' ? event : writeNetlinkMessage({ type: FAMILY, flags: 0, sequence: 0, body: genericBody(event) });
    this.#deliver(GENERIC, message);
  }

  /** The link was switched, by whomever. */
  link(isUp: boolean): void {
    this.isUp = isUp;
    this.#deliver(ROUTE, writeNetlinkMessage({ type: NEW_LINK, flags: 0, sequence: 0, body: linkBody(isUp) }));
  }

  /** A packet past nl80211, or the fate of one of ours. */
  packet(data: Uint8Array, isNotice = false): void {
    for (const socket of [...this.sockets.values()].filter(({ domain }) => domain === PACKET)) {
      (isNotice ? socket.notices : socket.waiting).push(data);
      socket.onReadable?.();
    }
  }

  #deliver(protocol: number, what: Uint8Array | Errno): void {
    for (const socket of [...this.sockets.values()]) {
      if (socket.domain !== NETLINK || socket.protocol !== protocol || socket.onReadable === undefined) continue;
      socket.waiting.push(what);
      socket.onReadable();
    }
  }

  #route(socket: FakeSocket, { type, sequence }: { readonly type: number; readonly sequence: number }): void {
    if (type === NEW_LINK) {
      const body = new Uint8Array(20);
      if (this.isKilled) new DataView(body.buffer).setInt32(0, -ERFKILL, true);
      socket.waiting.push(writeNetlinkMessage({ type: ERROR, flags: 0, sequence, body }));
      return;
    }
    const link = writeNetlinkMessage({ type: NEW_LINK, flags: 2, sequence, body: linkBody(this.isUp) });
    socket.waiting.push(link, writeNetlinkMessage({ type: DONE, flags: 2, sequence, body: new Uint8Array(4) }));
  }

  #generic(socket: FakeSocket, message: { readonly type: number; readonly sequence: number; readonly body: Uint8Array }): void {
    const { type, sequence, body } = message;
    const { command = 0, attributes = new Map<number, Uint8Array>() } = readGeneric({ body }) ?? {};
    const request: GenericRequest = { command, attributes: [...attributes].map(([name, value]) => attribute(name, value)) };
    const answers = type === CONTROLLER ? [family] : this.#nl80211(request);
    const end = new Uint8Array(20);
    if (typeof answers === 'string') new DataView(end.buffer).setInt32(0, -ERRNO[answers], true);
    else
      for (const answer of answers)
        socket.waiting.push(writeNetlinkMessage({ type, flags: 0, sequence, body: genericBody(answer) }));
    socket.waiting.push(writeNetlinkMessage({ type: ERROR, flags: 0, sequence, body: end }));
  }

  #nl80211(request: GenericRequest): ReadonlyArray<GenericRequest> | Errno {
    if (request.command === Command.GET_INTERFACE) return [station];
    if (request.command === Command.GET_WIPHY) return [this.#wiphy];
    this.asked.push(request.command);
    this.requests.push(request);
    return this.answering(request);
  }

  #fails(call: string): boolean {
    const errno = this.fails[call];
    if (errno !== undefined) this.#errno = ERRNO[errno];
    return errno !== undefined;
  }
}
