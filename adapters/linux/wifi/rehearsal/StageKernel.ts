import { constants } from 'node:os';
import { macToBytes } from '../../../../streams/events/index.js';
import type { LibC, ReceiveFrom, SendTo } from '../../ffi/LibC.js';
import { attribute, flagAttribute, joined, nestedAttribute, u16Attribute, u32Attribute } from '../../genetlink/attributes.js';
import { genericBody, readGeneric } from '../../genetlink/GenericMessage.js';
import {
  type NetlinkMessage,
  NetlinkType,
  netlinkAddress,
  readNetlinkMessages,
  writeNetlinkMessage,
} from '../../netlink/netlinkMessage.js';
import { Attribute, BssAttribute, Command } from '../../nl80211/names.js';
import { STAGE } from './exchange.js';
import type { Play } from './Play.js';

/** The number of nl80211 here. */
export const FAMILY = 0x20;

const { accessPoint, station } = STAGE;
const ACCESS_POINT = attribute(Attribute.MAC, macToBytes(accessPoint));
const KERNEL = netlinkAddress();
/** An acknowledgement repeats no more than the header of the request, and says more behind it (netlink(7)). */
const ACKNOWLEDGED = 0x300;
const ERROR_AND_HEADER = 20;
const NOTHING = new Uint8Array(0);
const COOKIE = 3;
const PRIVACY = 0x0011;
const TU = 100;
const UNSPECIFIED = 1;
/** A frame of which nobody reads anything. */
const FRAME_BEFORE = new Uint8Array(32);

const u64 = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
};

const generic = (sequence: number, command: number, ...attributes: ReadonlyArray<Uint8Array>): Uint8Array =>
  writeNetlinkMessage({
    ...{ type: FAMILY, flags: 0, sequence },
    body: genericBody({ command, attributes: [u32Attribute(Attribute.IFINDEX, station.index), ...attributes] }),
  });

const event = (command: number, ...attributes: ReadonlyArray<Uint8Array>): Uint8Array => generic(0, command, ...attributes);

const eapolEvent = (packet: Uint8Array, isProtected: boolean): Uint8Array =>
  event(
    Command.CONTROL_PORT_FRAME,
    ACCESS_POINT,
    attribute(Attribute.FRAME, packet),
    ...(isProtected ? [] : [flagAttribute(Attribute.CONTROL_PORT_NO_ENCRYPT)]),
  );

const heard = (sequence: number, beacon: Uint8Array): Uint8Array =>
  generic(
    sequence,
    Command.NEW_SCAN_RESULTS,
    nestedAttribute(Attribute.BSS, [
      attribute(BssAttribute.BSSID, macToBytes(accessPoint)),
      u32Attribute(BssAttribute.FREQUENCY, 2412),
      attribute(BssAttribute.TSF, new Uint8Array(8)),
      u16Attribute(BssAttribute.BEACON_INTERVAL, TU),
      u16Attribute(BssAttribute.CAPABILITY, PRIVACY),
      attribute(BssAttribute.INFORMATION_ELEMENTS, beacon),
      u32Attribute(BssAttribute.SIGNAL_MBM, -3000),
    ]),
  );

/** The answer to an association request as mac80211 tells of it, beside the event that counts. */
const answered = (request: Uint8Array): Uint8Array =>
  event(Command.ASSOCIATE, attribute(Attribute.FRAME, FRAME_BEFORE), attribute(Attribute.REQ_IE, request));

const associated = (command: number, request: Uint8Array): Uint8Array =>
  event(command, ACCESS_POINT, u16Attribute(Attribute.STATUS_CODE, 0), attribute(Attribute.REQ_IE, request));

/** The access point sends the station away. */
const farewell = (): ReadonlyArray<Uint8Array> => [
  event(Command.DEAUTHENTICATE, attribute(Attribute.FRAME, FRAME_BEFORE)),
  event(Command.DISCONNECT, u16Attribute(Attribute.REASON_CODE, UNSPECIFIED), flagAttribute(Attribute.DISCONNECTED_BY_AP)),
];

const sent = (cookie: bigint): Uint8Array =>
  event(Command.CONTROL_PORT_FRAME_TX_STATUS, attribute(Attribute.COOKIE, u64(cookie)), flagAttribute(Attribute.ACK));

const acknowledgement = (sequence: number, attributes: ReadonlyArray<Uint8Array>): Uint8Array =>
  writeNetlinkMessage({
    ...{ type: NetlinkType.ERROR, flags: ACKNOWLEDGED, sequence },
    body: joined([new Uint8Array(ERROR_AND_HEADER), ...attributes]),
  });

const endOfList = (sequence: number): Uint8Array =>
  writeNetlinkMessage({ type: NetlinkType.DONE, flags: 0, sequence, body: new Uint8Array(4) });

interface StageSocket {
  readonly waiting: Uint8Array[];
  onReadable?: () => void;
}

/** The handshake of this number follows the one before in the same association; those after it are with a driver that has roamed. */
const REKEY = 1;

/** System calls of a kernel that is none: behind its sockets are a radio and an access point that play a connection. */
export class StageKernel implements LibC {
  readonly #play: Play;
  readonly #over: () => void;
  readonly #sockets = new Map<number, StageSocket>();
  #next = 1;
  #answers = 0;
  /** What the station has said of itself. */
  #request: Uint8Array = NOTHING;

  constructor(play: Play, over: () => void) {
    this.#play = play;
    this.#over = over;
  }

  socket(): number {
    this.#sockets.set(this.#next, { waiting: [] });
    return this.#next++;
  }

  bind(): number {
    return 0;
  }

  setsockopt(): number {
    return 0;
  }

  close(fd: number): number {
    this.#sockets.delete(fd);
    return 0;
  }

  errno(): number {
    return constants.errno.EAGAIN;
  }

  watch(fd: number, onReadable: () => void): { readonly end: () => void } {
    const socket = this.#sockets.get(fd);
    if (socket !== undefined) socket.onReadable = onReadable;
    return { end: () => delete socket?.onReadable };
  }

  sendto(...[fd, data]: SendTo): number {
    const [request] = readNetlinkMessages(data);
    const socket = this.#sockets.get(fd);
    if (request === undefined || socket === undefined) return -1;
    this.#carryOut(socket, request);
    return data.length;
  }

  recvfrom(...[fd, into, , , from, fromSize]: ReceiveFrom): number {
    const next = this.#sockets.get(fd)?.waiting.shift();
    if (next === undefined) return -1;
    into.set(next);
    from.set(KERNEL);
    fromSize[0] = KERNEL.length;
    return next.length;
  }

  #carryOut(socket: StageSocket, { body, sequence }: NetlinkMessage): void {
    const { command, attributes } = readGeneric({ body }) ?? {};
    switch (command) {
      case Command.GET_SCAN:
        socket.waiting.push(heard(sequence, this.#play.beacon), endOfList(sequence));
        break;
      case Command.TRIGGER_SCAN:
        this.#acknowledge(socket, sequence);
        this.#tell(event(Command.NEW_SCAN_RESULTS));
        break;
      case Command.CONNECT:
        this.#request = attributes?.get(Attribute.IE)?.slice() ?? NOTHING;
        this.#acknowledge(socket, sequence);
        this.#connect();
        break;
      case Command.CONTROL_PORT_FRAME: {
        const cookie = BigInt(++this.#answers);
        // An access point answers before the kernel has returned from what it was asked.
        this.#tell(sent(cookie), ...this.#message3());
        this.#acknowledge(socket, sequence, attribute(COOKIE, u64(cookie)));
        if (this.#answers % 2 === 0) setImmediate(() => this.#ask());
        break;
      }
      default:
        this.#acknowledge(socket, sequence);
    }
  }

  /** Message 1 may come with the news of the association, and before it. */
  #connect(): void {
    const [first] = this.#play.handshakes;
    const news = [answered(this.#request), associated(Command.CONNECT, this.#request)];
    const message1 = first === undefined ? [] : [eapolEvent(first.message1, false)];
    if (this.#play.isEarly) this.#tell(...message1, ...news);
    else this.#tell(...news, ...message1);
  }

  /** The next message 1, or the end if there is none. */
  #ask(): void {
    const n = this.#answers >> 1;
    const handshake = this.#play.handshakes[n];
    if (handshake === undefined) {
      this.#tell(...farewell());
      setImmediate(this.#over);
    } else if (n === REKEY) this.#tell(eapolEvent(handshake.message1, true));
    else this.#tell(associated(Command.ROAM, this.#request), eapolEvent(handshake.message1, false));
  }

  #message3(): ReadonlyArray<Uint8Array> {
    const n = this.#answers >> 1;
    const handshake = this.#answers % 2 === 0 ? undefined : this.#play.handshakes[n];
    return handshake === undefined ? [] : [eapolEvent(handshake.message3, n === REKEY)];
  }

  #acknowledge(socket: StageSocket, sequence: number, ...attributes: ReadonlyArray<Uint8Array>): void {
    socket.waiting.push(acknowledgement(sequence, attributes));
  }

  /** Whoever watches is told on a later turn, as by the event loop. */
  #tell(...messages: ReadonlyArray<Uint8Array>): void {
    for (const socket of this.#sockets.values()) {
      if (socket.onReadable === undefined) continue;
      socket.waiting.push(...messages);
      setImmediate(() => socket.onReadable?.());
    }
  }
}
