import { isRight } from 'fp-ts/lib/Either.js';
import type { Mark, Speaker } from '../../../../streams/air/index.js';
import {
  EAP_VENDOR_IETF,
  EapMethod,
  type EapPacket,
  eapMethodName,
  isEapNak,
  isTlsMethod,
  readEapNak,
  readEapTls,
} from '../../../../streams/frames/index.js';
import type { EapSeen } from '../Connection.js';
import { createTunnel, type Tunnel } from './tunnel.js';

/** One run of EAP, from the first method that is asked for to its end. */
export interface Conversation {
  readonly offered: number[];
  readonly wanted: number[];
  method: EapSeen['method'];
  /** The last method the access point asked for, until a response settles it. */
  asked: { readonly identifier: number; readonly type: number } | undefined;
  tunnel: Tunnel | undefined;
  /** It came to an end, or the access point began anew: the next method that is asked for belongs to another. */
  isOver: boolean;
  /** It ended in success. */
  isThrough: boolean;
}

export const beginConversation = (): Conversation => ({
  ...{ offered: [], wanted: [], method: undefined },
  ...{ asked: undefined, tunnel: undefined, isOver: false, isThrough: false },
});

/** More methods than a conversation can be about. */
const MOST = 32;

const { NOTIFICATION, NAK, EXPANDED } = EapMethod.codes;

/** The type of a packet, in whichever form it is written (RFC 3748 5.7). */
export const typeOf = ({ type, vendor }: Pick<EapPacket, 'type' | 'vendor'>): number =>
  vendor?.vendor === EAP_VENDOR_IETF && vendor.type < EXPANDED ? vendor.type : (type ?? 0);

/** Whether a type is that of an authentication method. */
export const isMethod = (type: number): boolean => type > NAK;

const addTo = (list: number[], type: number): void => {
  if (list.length < MOST && !list.includes(type)) list.push(type);
};

const takeTls = (conversation: Conversation, from: Speaker, packet: EapPacket, mark: Mark): void => {
  const type = typeOf(packet);
  if (!isTlsMethod(type)) return;
  const tls = readEapTls(type, packet.data);
  if (!isRight(tls)) return;
  if (tls.right.isStart && from === 'ap') conversation.tunnel = createTunnel();
  conversation.tunnel ??= createTunnel();
  conversation.tunnel.take(from, tls.right, mark);
};

/** A request of the access point for a method. */
export const takeMethodRequest = (conversation: Conversation, packet: EapPacket, mark: Mark): void => {
  const type = typeOf(packet);
  conversation.asked = { identifier: packet.identifier, type };
  addTo(conversation.offered, type);
  takeTls(conversation, 'ap', packet, mark);
};

const takeNak = ({ wanted }: Conversation, packet: EapPacket): void => {
  const wishes = readEapNak(packet.data, packet.vendor !== undefined);
  if (!isRight(wishes)) return;
  for (const { type } of wishes.right) addTo(wanted, type);
  // RFC 3748 5.3.1: none is as good as a zero.
  if (wishes.right.length === 0) addTo(wanted, 0);
};

/** A response of the station that is no identity: it settles the method, or asks for another. */
export const takeMethodResponse = (conversation: Conversation, packet: EapPacket, mark: Mark): void => {
  if (isEapNak(packet)) {
    takeNak(conversation, packet);
    return;
  }
  const type = typeOf(packet);
  const { asked } = conversation;
  // A request that was never heard is no reason to doubt the response.
  const isAnswer = asked === undefined || asked.identifier !== packet.identifier || asked.type === type;
  if (!isMethod(type) || type === NOTIFICATION || !isAnswer) return;
  conversation.method = { type, name: eapMethodName(type, packet.vendor) };
  takeTls(conversation, 'station', packet, mark);
};
