import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { LibC } from '../ffi/LibC.js';
import { type Called, Socket } from '../ffi/Socket.js';
import {
  AF_NETLINK,
  isFromKernel,
  NetlinkFlag,
  type NetlinkMessage,
  NetlinkType,
  netlinkAddress,
  readNetlinkMessages,
  writeNetlinkMessage,
} from '../netlink/netlinkMessage.js';
import { readAcknowledgement } from './acknowledgement.js';
import { type GenericMessage, type GenericRequest, genericBody, readGeneric } from './GenericMessage.js';

/** A request the kernel did not carry out. */
export interface Refusal {
  readonly errno: string;
  /** The kernel's own words. */
  readonly message?: string;
}

/** What came back. */
export interface Answer {
  readonly messages: ReadonlyArray<GenericMessage>;
  readonly cookie?: bigint;
}

/** Takes what nobody asked for. */
export interface Listener {
  readonly event: (event: GenericMessage) => void;
  /** More was told than there was room for: what is known is not to be relied on any more. */
  readonly overrun: () => void;
  readonly failed: (errno: string) => void;
}

const SOCK_RAW = 3;
const NETLINK_GENERIC = 16;
const SOL_NETLINK = 270;
const SOL_SOCKET = 1;
const SO_RCVBUFFORCE = 33;
const Option = { ADD_MEMBERSHIP: 1, CAP_ACK: 10, EXT_ACK: 11 } as const;
const ACKNOWLEDGE = 0x4;
const ROOM = 1 << 20;
/** The first numbers of messages are netlink's own. */
const FIRST_FAMILY = 0x10;
/** What may be read at a time before others have their turn. */
const AT_A_TIME = 256;
/** A dump gives up its answers by and by; nothing of the kernel's has more. */
const MOST_DATAGRAMS = 10_000;

const u32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
};
const ON = u32(1);

const NOTHING = new Uint8Array(0);

const concluded = (end: NetlinkMessage, messages: ReadonlyArray<GenericMessage>): Either<Refusal, Answer> => {
  const { errno, message, cookie } = end.type === NetlinkType.DONE ? {} : readAcknowledgement(end);
  if (errno !== undefined) return left({ errno, ...(message !== undefined && { message }) });
  return right({ messages, ...(cookie !== undefined && { cookie }) });
};

/**
 * A socket of generic netlink. The kernel answers a request before it returns from it, so that requests are plain calls; what comes
 * in between is told to the listener on a later turn, in order.
 */
export class GenericSocket {
  readonly #socket: Socket;
  readonly #waiting: NetlinkMessage[] = [];
  #listener: Listener | undefined;
  #sequence = 0;
  #isOverrun = false;
  #isAboutToTell = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static open(c: LibC): Called<GenericSocket> {
    const opened = Socket.open(c, { domain: AF_NETLINK, type: SOCK_RAW, protocol: NETLINK_GENERIC, address: netlinkAddress() });
    if (opened._tag === 'Left') return opened;
    const socket = opened.right;
    // Kernels without these do without the words; without the privilege there is less room.
    socket.setOption(SOL_NETLINK, Option.EXT_ACK, ON);
    socket.setOption(SOL_NETLINK, Option.CAP_ACK, ON);
    socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, u32(ROOM));
    return right(new GenericSocket(socket));
  }

  join(group: number): Called<void> {
    return this.#socket.setOption(SOL_NETLINK, Option.ADD_MEMBERSHIP, u32(group));
  }

  listen(listener: Listener): void {
    this.#listener = listener;
    this.#socket.onReadable(() => this.#read());
    this.#tellLater();
  }

  request(family: number, request: GenericRequest): Either<Refusal, Answer> {
    const sequence = ++this.#sequence;
    const flags = NetlinkFlag.REQUEST | ACKNOWLEDGE | (request.isDump === true ? NetlinkFlag.DUMP : 0);
    const body = genericBody(request);
    const message = writeNetlinkMessage({ type: family, flags, sequence, body });
    const sent = this.#socket.send(message, netlinkAddress());
    // There may have been a key in it.
    for (const octets of [body, message]) octets.fill(0);
    if (sent._tag === 'Left') return left({ errno: sent.left.errno });
    const answer = this.#await(sequence);
    this.#tellLater();
    return answer;
  }

  close(): void {
    this.#listener = undefined;
    this.#socket.close();
  }

  #await(sequence: number): Either<Refusal, Answer> {
    const messages: GenericMessage[] = [];
    for (let n = 0; n < MOST_DATAGRAMS; n++) {
      const data = this.#receive();
      if (data._tag === 'Left') return data;
      const end = this.#sort(readNetlinkMessages(data.right), sequence, messages);
      if (end !== undefined) return concluded(end, messages);
    }
    return left({ errno: 'EMSGSIZE' });
  }

  /** What the kernel has said. That something got lost is no reason not to go on; that there is nothing more is. */
  #receive(): Either<Refusal, Uint8Array> {
    const received = this.#socket.receive();
    if (received._tag === 'Left') {
      if (received.left.errno !== 'ENOBUFS') return left({ errno: received.left.errno });
      this.#isOverrun = true;
      return right(NOTHING);
    }
    if (received.right === undefined) return left({ errno: this.#isOverrun ? 'ENOBUFS' : 'EAGAIN' });
    return right(isFromKernel(received.right.from) ? received.right.data : NOTHING);
  }

  /** Keeps the answers, sets aside what belongs to nobody's question; the answer is what ends the conversation. */
  #sort(received: ReadonlyArray<NetlinkMessage>, sequence: number, answers: GenericMessage[]): NetlinkMessage | undefined {
    let end: NetlinkMessage | undefined;
    for (const message of received) {
      if (message.sequence !== sequence) this.#waiting.push(message);
      else if (message.type === NetlinkType.ERROR || message.type === NetlinkType.DONE) end = message;
      else {
        const answer = readGeneric(message);
        if (answer !== undefined) answers.push(answer);
      }
    }
    return end;
  }

  #read(): void {
    const failure = this.#socket.drain(AT_A_TIME, ({ data, from }) => {
      if (isFromKernel(from)) this.#waiting.push(...readNetlinkMessages(data));
    });
    if (failure?.errno === 'ENOBUFS') this.#isOverrun = true;
    this.#tell();
    if (failure !== undefined && failure.errno !== 'ENOBUFS') this.#listener?.failed(failure.errno);
  }

  #tellLater(): void {
    if (this.#listener === undefined || this.#isAboutToTell || (this.#waiting.length === 0 && !this.#isOverrun)) return;
    this.#isAboutToTell = true;
    // Message 3 comes while the kernel takes message 2, and whatever else has come to this process has to wait for its answer.
    queueMicrotask(() => {
      this.#isAboutToTell = false;
      this.#tell();
    });
  }

  #tell(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const event = next.type < FIRST_FAMILY ? undefined : readGeneric(next);
      if (event !== undefined) this.#listener?.event(event);
    }
    if (!this.#isOverrun) return;
    this.#isOverrun = false;
    this.#listener?.overrun();
  }
}
