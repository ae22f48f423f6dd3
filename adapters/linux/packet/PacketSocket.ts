import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { EtherType, type MacAddress } from '../../../streams/events/index.js';
import type { LibC } from '../ffi/LibC.js';
import { type Called, type CallFailure, type Datagram, Socket } from '../ffi/Socket.js';
import { AF_PACKET, PacketType, readLinkAddress, writeLinkAddress } from './linkAddress.js';
import { PACKET_ADD_MEMBERSHIP, SOL_PACKET, writePacketMembership } from './packetMembership.js';

/** A packet off the wire, without the header of its link. */
export interface WirePacket {
  readonly from: MacAddress;
  readonly payload: Uint8Array;
}

export interface PacketSocketOptions {
  /** The number of the interface. */
  readonly index: number;
  /** The group to take part in; without one it hears what is for this station only. */
  readonly group?: MacAddress;
  /** Has the interface let in everything, for those that filter groups wrongly. */
  readonly isPromiscuous: boolean;
}

const SOCK_DGRAM = 2;
const SOL_SOCKET = 1;
const SO_WIFI_STATUS = 41;
const ON = Uint8Array.of(1, 0, 0, 0);
const EAPOL = EtherType.codes.EAPOL;
const { HOST, MULTICAST } = PacketType;
/** What may be read at a time before others have their turn. */
const AT_A_TIME = 64;

/** What is for us or for the group; not what we sent ourselves, nor what is for somebody else on the wire. */
const readPacket = ({ data, from }: Datagram): WirePacket | undefined => {
  const address = readLinkAddress(from);
  const isOurs = address?.packetType === HOST || address?.packetType === MULTICAST;
  return isOurs ? { from: address.address, payload: data } : undefined;
};

/** EAPOL on one interface (packet(7)). The header of the link is the kernel's business. */
export class PacketSocket {
  readonly #socket: Socket;
  readonly #index: number;
  readonly #group: MacAddress | undefined;
  #sent: ((frame: Uint8Array) => void) | undefined;

  private constructor(socket: Socket, { index, group }: PacketSocketOptions) {
    this.#socket = socket;
    this.#index = index;
    this.#group = group;
  }

  static open(c: LibC, options: PacketSocketOptions): Called<PacketSocket> {
    const { index, group, isPromiscuous } = options;
    const address = writeLinkAddress({ etherType: EAPOL, index });
    // Of no protocol until it is bound: what comes on other interfaces never gets in.
    const opened = Socket.open(c, { domain: AF_PACKET, type: SOCK_DGRAM, protocol: 0, address });
    if (opened._tag === 'Left') return opened;
    const socket = opened.right;
    const groups = group === undefined ? [] : [group];
    for (const membership of isPromiscuous ? [...groups, 'all' as const] : groups) {
      const value = writePacketMembership({ index, group: membership });
      const joined = socket.setOption(SOL_PACKET, PACKET_ADD_MEMBERSHIP, value);
      if (joined._tag === 'Right') continue;
      socket.close();
      return joined;
    }
    return right(new PacketSocket(socket, options));
  }

  /** Tells of each packet, and of what keeps them from being received. An interface that is switched off is no such thing. */
  receive(take: (received: Either<CallFailure, WirePacket>) => void): void {
    this.#socket.onReadable(() => {
      this.#readNotices();
      const failure = this.#socket.drain(AT_A_TIME, (datagram) => {
        const packet = readPacket(datagram);
        if (packet !== undefined) take(right(packet));
      });
      if (failure !== undefined && failure.errno !== 'ENETDOWN') take(left(failure));
    });
  }

  /** Tells of each frame of ours that the other station has acknowledged, or has not after many attempts; only radios tell. */
  hearOfSent(take: (frame: Uint8Array) => void): void {
    this.#socket.setOption(SOL_SOCKET, SO_WIFI_STATUS, ON);
    this.#sent = take;
  }

  /** To the group, unless it is said to whom. */
  send(payload: Uint8Array, to = this.#group): Called<void> {
    return this.#socket.send(payload, writeLinkAddress({ etherType: EAPOL, index: this.#index, ...(to && { address: to }) }));
  }

  close(): void {
    this.#socket.close();
  }

  #readNotices(): void {
    if (this.#sent === undefined) return;
    for (let n = 0; n < AT_A_TIME; n++) {
      const notice = this.#socket.receiveNotice();
      if (notice._tag === 'Left' || notice.right === undefined) return;
      this.#sent(notice.right.data);
    }
  }
}
