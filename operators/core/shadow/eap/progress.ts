import { isLeft } from 'fp-ts/lib/Either.js';
import type { EapolHeard, Mark, Speaker } from '../../../../streams/air/index.js';
import { copyBytes, equalBytes } from '../../../../streams/events/index.js';
import {
  EapCode,
  type EapIdentity,
  EapMethod,
  EapolType,
  type EapPacket,
  readEap,
  readEapIdentity,
  readEapol,
  tlsVersionName,
} from '../../../../streams/frames/index.js';
import type { EapRound, EapSeen } from '../Connection.js';
import { beginConversation, type Conversation, isMethod, takeMethodRequest, takeMethodResponse, typeOf } from './conversation.js';

/** A packet that may come again: its length and first octets are enough to know it by. */
interface Sent {
  readonly length: number;
  readonly start: Uint8Array;
}

type Facts = { -readonly [K in keyof EapSeen]: EapSeen[K] };

/** Marks that are kept of each kind, and octets of a packet. */
const MOST_MARKS = 256;
const MOST_ROUNDS = 64;
const KEPT_OCTETS = 2048;

const { REQUEST, RESPONSE, SUCCESS, FAILURE } = EapCode.codes;
const { EAP_PACKET, START, LOGOFF } = EapolType.codes;
const { IDENTITY } = EapMethod.codes;

/** RFC 3748 4: only the authenticator asks and decides, only the peer answers. Whatever else is heard is nobody's. */
const speakerOf = (code: number): Speaker | undefined => {
  if (code === RESPONSE) return 'station';
  return code === REQUEST || code === SUCCESS || code === FAILURE ? 'ap' : undefined;
};

const markOf = ({ frame, time }: Mark): Mark => ({ frame, time });
const keep = (marks: Mark[], mark: Mark): void => {
  if (marks.length < MOST_MARKS) marks.push(markOf(mark));
};

const sentOf = (body: Uint8Array): Sent => ({
  length: body.length,
  start: copyBytes(body, 0, Math.min(body.length, KEPT_OCTETS)),
});
const isAgain = (sent: Sent | undefined, body: Uint8Array): boolean =>
  sent?.length === body.length && equalBytes(sent.start, body.subarray(0, sent.start.length));

/** How far EAP has come on a connection. */
export interface Progress {
  conversation: Conversation;
  heard: Pick<Facts, 'packets' | 'first' | 'last' | 'lastFrom'> | undefined;
  /** The last packet of each. */
  sent: Partial<Record<Speaker, Sent>>;
  /** A request that waits for its response. */
  open: { readonly identifier: number; readonly mark: Mark } | undefined;
  identity: EapIdentity | undefined;
  /** How the last conversation that came to an end did so. */
  ended: Required<Pick<Facts, 'result' | 'resultMark'>> | undefined;
  readonly rounds: EapRound[];
  readonly retransmissions: (Mark & { readonly from: Speaker })[];
  readonly starts: Mark[];
  readonly logoffs: Mark[];
}

export const beginProgress = (): Progress => ({
  conversation: beginConversation(),
  ...{ heard: undefined, sent: {}, open: undefined, identity: undefined, ended: undefined },
  ...{ rounds: [], retransmissions: [], starts: [], logoffs: [] },
});

const hear = (progress: Progress, event: EapolHeard, packets: number): void => {
  const last = markOf(event);
  progress.heard ??= { packets: 0, first: last, last, lastFrom: event.from };
  progress.heard.packets += packets;
  progress.heard.last = last;
  progress.heard.lastFrom = event.from;
};

const keepRound = ({ rounds }: Progress, packet: EapPacket, { frame, time, from }: EapolHeard): void => {
  if (rounds.length >= MOST_ROUNDS) return;
  const { code, identifier } = packet;
  const hasType = code === REQUEST || code === RESPONSE;
  rounds.push(hasType ? { frame, time, from, code, identifier, type: typeOf(packet) } : { frame, time, from, code, identifier });
};

const takeRequest = (progress: Progress, packet: EapPacket, mark: Mark): void => {
  progress.open = { identifier: packet.identifier, mark };
  const type = typeOf(packet);
  // Who is asked for the identity again starts from the beginning.
  if (type === IDENTITY) progress.conversation.isOver ||= progress.conversation.method !== undefined;
  if (!isMethod(type)) return;
  if (progress.conversation.isOver) progress.conversation = beginConversation();
  takeMethodRequest(progress.conversation, packet, mark);
};

const takeResponse = (progress: Progress, packet: EapPacket, mark: Mark): void => {
  if (progress.open?.identifier === packet.identifier) progress.open = undefined;
  if (typeOf(packet) === IDENTITY) progress.identity = readEapIdentity(packet.data);
  else takeMethodResponse(progress.conversation, packet, mark);
};

const takeEnd = (progress: Progress, code: number, resultMark: Mark): void => {
  progress.ended = { result: code === SUCCESS ? 'success' : 'failure', resultMark };
  progress.conversation.isOver = true;
  progress.conversation.isThrough = code === SUCCESS;
  // A failure may be all that comes of a request nobody answered.
  if (code === SUCCESS) progress.open = undefined;
};

const takeEap = (progress: Progress, body: Uint8Array, event: EapolHeard): void => {
  const read = readEap(body);
  if (isLeft(read) || speakerOf(read.right.code) !== event.from) return;
  hear(progress, event, 1);
  if (isAgain(progress.sent[event.from], body)) {
    const { retransmissions } = progress;
    const { frame, time, from } = event;
    if (retransmissions.length < MOST_MARKS) retransmissions.push({ frame, time, from });
    return;
  }
  progress.sent[event.from] = sentOf(body);
  keepRound(progress, read.right, event);
  const { code } = read.right;
  if (code === REQUEST) takeRequest(progress, read.right, markOf(event));
  else if (code === RESPONSE) takeResponse(progress, read.right, markOf(event));
  else takeEnd(progress, code, markOf(event));
};

/** Takes an EAPOL packet of either side. */
export const takeEapol = (progress: Progress, event: EapolHeard): void => {
  const type = event.packet[1];
  if (type === EAP_PACKET) {
    const eapol = readEapol(event.packet);
    if (!isLeft(eapol)) takeEap(progress, eapol.right.body, event);
    return;
  }
  if (type !== START && type !== LOGOFF) return;
  hear(progress, event, 0);
  keep(type === START ? progress.starts : progress.logoffs, event);
  // What comes now is an answer to this, even if it looks like what was said before.
  progress.sent = {};
};

/** What was seen, or nothing of it. */
export const factsOf = ({ conversation, heard, open, identity, ended, ...marks }: Progress): EapSeen | undefined => {
  if (heard === undefined) return undefined;
  const { rounds, retransmissions, starts, logoffs } = marks;
  const { offered, wanted, method, tunnel } = conversation;
  const facts: Facts = {
    ...heard,
    rounds,
    offered,
    wanted,
    result: 'none',
    ...ended,
    retransmissions,
    starts,
    logoffs,
    ...identity,
  };
  if (method !== undefined) facts.method = method;
  if (open !== undefined) facts.unanswered = open.mark;
  if (tunnel?.server !== undefined) facts.tlsVersion = tlsVersionName(tunnel.server.version);
  if (tunnel?.alert !== undefined) facts.tlsAlert = tunnel.alert;
  return facts;
};
