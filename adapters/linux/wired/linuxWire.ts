import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { Observable, type Subscriber } from 'rxjs';
import type { MacAddress } from '../../../streams/events/index.js';
import type { LibC } from '../ffi/LibC.js';
import { loadLibC } from '../ffi/loadLibC.js';
import { faultOfCall, faultOfPlatform, type LinuxFault, noInterface, notEthernet } from '../LinuxFault.js';
import type { Link } from '../netlink/Link.js';
import { listLinks } from '../netlink/listLinks.js';
import { type WatchedLinks, watchLinks } from '../netlink/watchLinks.js';
import { PacketSocket } from '../packet/PacketSocket.js';
import type { Wire, WireEvent, WireLink } from './Wire.js';

export interface LinuxWireOptions {
  readonly interface: string;
  /** Has the interface let in everything, for those that filter groups wrongly. */
  readonly isPromiscuous?: boolean;
}

/** IEEE 802.1X-2020 11.1.1: the PAE group address. No bridge forwards it. */
export const PAE_GROUP_ADDRESS = '01:80:c2:00:00:03' as MacAddress;

const LISTEN = 'listen for 802.1X on';
const ETHERNET_MTU = 1500;
const ZERO = '00:00:00:00:00:00' as MacAddress;

/** What is not told anew is as it was. */
const wireLinkOf = (link: Link, before: WireLink | undefined): WireLink => ({
  index: link.index,
  name: link.name,
  address: link.address ?? before?.address ?? ZERO,
  isUp: link.isEnabled && link.hasCarrier,
  mtu: link.mtu ?? before?.mtu ?? ETHERNET_MTU,
});

const isSame = (a: WireLink, b: WireLink | undefined): boolean =>
  a.index === b?.index && a.address === b.address && a.isUp === b.isUp && a.mtu === b.mtu && a.name === b.name;

/** One interface as long as somebody watches it: the number may change, the name says which it is. */
class OpenWire {
  readonly #c: LibC;
  readonly #options: LinuxWireOptions;
  readonly #out: Subscriber<WireEvent>;
  #link: WireLink | undefined;
  #socket: PacketSocket | undefined;

  constructor(c: LibC, options: LinuxWireOptions, out: Subscriber<WireEvent>) {
    this.#c = c;
    this.#options = options;
    this.#out = out;
  }

  see(change: WatchedLinks): void {
    const { interface: name } = this.#options;
    switch (change.kind) {
      case 'link':
        this.#seeLink(change.link);
        break;
      case 'gone':
        if (change.index === this.#link?.index) this.#leave();
        break;
      case 'all': {
        const found =
          change.links.find(({ index }) => index === this.#link?.index) ?? change.links.find((one) => one.name === name);
        if (this.#link !== undefined && found?.index !== this.#link.index) this.#leave();
        if (found !== undefined) this.#seeLink(found);
        break;
      }
      case 'failed':
        this.#trouble(faultOfCall(change.failure, 'watch the links'));
    }
  }

  transmit(packet: Uint8Array): Either<LinuxFault, void> {
    const { interface: name } = this.#options;
    const sent = this.#socket?.send(packet) ?? left({ call: 'sendto' as const, errno: 'ENODEV' });
    return sent._tag === 'Right' ? sent : left(faultOfCall(sent.left, `send on ${name}`, name));
  }

  close(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** By its number once it is known: a name can be changed. */
  #seeLink(link: Link): void {
    const isOurs = this.#link === undefined ? link.name === this.#options.interface : link.index === this.#link.index;
    if (!isOurs) return;
    const now = wireLinkOf(link, this.#link);
    if (isSame(now, this.#link)) return;
    if (this.#link === undefined && !this.#listen(now)) return;
    this.#link = now;
    this.#out.next({ kind: 'link', link: now });
  }

  #listen({ index }: WireLink): boolean {
    const { interface: name, isPromiscuous = false } = this.#options;
    const opened = PacketSocket.open(this.#c, { index, group: PAE_GROUP_ADDRESS, isPromiscuous });
    if (opened._tag === 'Left') {
      this.#trouble(faultOfCall(opened.left, `${LISTEN} ${name}`, name));
      return false;
    }
    this.#socket = opened.right;
    this.#socket.receive((received) => {
      if (received._tag === 'Right') this.#out.next({ kind: 'packet', ...received.right });
      else this.#trouble(faultOfCall(received.left, `receive on ${name}`, name));
    });
    return true;
  }

  #leave(): void {
    this.close();
    this.#link = undefined;
    this.#out.next({ kind: 'removed' });
  }

  #trouble(fault: LinuxFault): void {
    this.#out.next({ kind: 'trouble', fault });
  }
}

/** Opens a packet socket and closes it: whoever may not is told before anything else happens. */
const tryToListen = (c: LibC, { interface: name, isPromiscuous = false }: LinuxWireOptions): Either<LinuxFault, Link> => {
  const listed = listLinks(c);
  if (listed._tag === 'Left') return left(faultOfCall(listed.left, 'list the interfaces'));
  const link = listed.right.find((one) => one.name === name);
  if (link === undefined) return left(noInterface(name, listed.right));
  if (!link.isEthernet) return left(notEthernet(name, listed.right));
  const opened = PacketSocket.open(c, { index: link.index, group: PAE_GROUP_ADDRESS, isPromiscuous });
  if (opened._tag === 'Left') return left(faultOfCall(opened.left, `${LISTEN} ${name}`, name));
  opened.right.close();
  return right(link);
};

const wireOf = (c: LibC, options: LinuxWireOptions, link: Link): Wire => {
  let open: OpenWire | undefined;
  const events$ = new Observable<WireEvent>((out) => {
    const wire = new OpenWire(c, options, out);
    open = wire;
    out.add(() => {
      wire.close();
      if (open === wire) open = undefined;
    });
    out.add(watchLinks(c).subscribe({ next: (change) => wire.see(change), error: (error: unknown) => out.error(error) }));
  });
  const closed: LinuxFault = { code: 'CLOSED', message: `cannot send on ${options.interface}: nobody listens to it` };
  return {
    name: options.interface,
    link: wireLinkOf(link, undefined),
    events$,
    transmit: (packet) => open?.transmit(packet) ?? left(closed),
  };
};

/** As `linuxWire`, with the system given. */
export const wireOn = (c: LibC, options: LinuxWireOptions): Either<LinuxFault, Wire> => {
  const link = tryToListen(c, options);
  return link._tag === 'Left' ? link : right(wireOf(c, options, link.right));
};

/**
 * An interface of this machine as a wire for 802.1X: its link and what comes over it as a stream, and a way to send. It needs
 * Linux, the optional package koffi, and the capability CAP_NET_RAW.
 *
 * @example
 * const wire = await linuxWire({ interface: 'eth0' });
 * if (wire._tag === 'Right') wire.right.events$.subscribe(console.log);
 *
 * @since 0.2.0
 */
export const linuxWire = async (options: LinuxWireOptions): Promise<Either<LinuxFault, Wire>> => {
  const c = await loadLibC();
  return c._tag === 'Left' ? left(faultOfPlatform(c.left)) : wireOn(c.right, options);
};
