/**
 * The other side of every handshake: an access point as a pure machine, written without a look at `fourWay/` and `group/`.
 *
 *     const network = networkFor({ akm: suite('PSK'), pairwise: cipher('CCMP'), group: cipher('CCMP') });
 *     let turn = start(authenticator({ network, secret: pmk }));        // turn.packets: [message 1]
 *     turn = receive(turn.ap, message2);                                // took message 2; turn.packets: [message 3]
 *     turn = receive(turn.ap, message4);                                // took message 4, up (with WPA1: a group message 1)
 *     turn = rekeyGroup(turn.ap);                                       // [group message 1] with new keys
 *     turn = rekeyPairwise(turn.ap);                                    // [message 1] with a new ANonce
 *     turn = retransmit(turn.ap);                                       // the same message, with the next replay counter
 *
 * A `Turn` is `{ ap, packets, events }`; `ap` is a value, so any earlier one can be taken up again. An event says that a reply
 * was taken (with the frame and its items) or refused (and why), or that everything is through (`up`).
 *
 * Faults: `modify: { message1, message3, group1 }` are functions from draft to draft. A draft (see draft.ts) is the message
 * before it is protected: key information, key data items, nonce, counters, key length, and overrides of what protects it
 * (`isWrapped`, `wrapped`, `kck`, `kek`, `mic`, `touch`). It is protected after the change, so a modifier that changes one
 * field makes a message that is valid but for this field. modifiers.ts has the ones many tests want.
 *
 * `shownKeys(ap)` are the keys a station must have, in the words of `shownDownload` (downloads.ts).
 */
import { isLeft } from 'fp-ts/lib/Either.js';
import { type EapolKey, readEapolKey } from '../../../streams/frames/index.js';
import { type Ap, type ApEvent, type ApOptions, draw, type ReplyName, renewGroupKeys, type Turn, versionOf } from './Ap.js';
import { shownGroupKeys, shownPairwise } from './downloads.js';
import { type Draft, type MessageName, type Protection, protect } from './draft.js';
import { masterOf, type PlainPtk, ptkOf } from './keys.js';
import { group1, message1, message3 } from './messages.js';
import {
  channelFault,
  counterFault,
  firstOf,
  headerFault,
  itemsIn,
  micFault,
  mldFault,
  openedKey,
  repetitionFault,
} from './verify.js';

export type { Ap, ApEvent, ApOptions, ReplyName, Turn } from './Ap.js';
export { pairwiseSlot, shownDownload } from './downloads.js';
export type { Draft, MessageName, Modifier } from './draft.js';

export const authenticator = (options: ApOptions): Ap =>
  renewGroupKeys({
    ...{ options, network: options.network, master: masterOf(options.network, options.secret) },
    ...{ awaits: 'nothing', counter: options.firstCounter ?? 1n, outstanding: [], draws: 0 },
    ...{ anonce: new Uint8Array(32), isSecure: false, keyId: 1, keyIdInForce: 1, groups: [], generation: -1, requests: 0n },
  });

const still = (ap: Ap, ...events: ReadonlyArray<ApEvent>): Turn => ({ ap, packets: [], events });

const NO_KEYS: PlainPtk = { kck: new Uint8Array(0), kek: new Uint8Array(0), tk: new Uint8Array(0) };

const protectionOf = (ap: Ap, { kck, kek }: PlainPtk): Protection => ({
  parameters: ap.master.parameters,
  descriptorVersion: versionOf(ap),
  ...{ kck, kek },
});

const drafts: Readonly<Record<MessageName, (ap: Ap, iv: Uint8Array) => Draft>> = { message1, message3, group1 };
const awaited = { message1: 'message 2', message3: 'message 4', group1: 'group message 2' } as const;

/** Sends a message under the next replay counter, as `modify` has it. */
const send = (before: Ap, name: MessageName, isRepetition: boolean): Turn => {
  const [iv, ap] = draw(before, 16);
  const draft = drafts[name](ap, iv);
  const modified = ap.options.modify?.[name]?.(draft) ?? draft;
  const packet = protect(modified, protectionOf(ap, (name === 'group1' ? ap.ptk : ap.pending) ?? NO_KEYS));
  const outstanding = [...(isRepetition ? ap.outstanding : []), ap.counter];
  const isSecure = name === 'message1' ? modified.information.secure : ap.isSecure;
  return { ap: { ...ap, isSecure, awaits: awaited[name], counter: ap.counter + 1n, outstanding }, packets: [packet], events: [] };
};

const newNonce = (before: Ap): Ap => {
  const [anonce, ap] = draw(before, 32);
  return { ...ap, anonce };
};

/** Begins a 4-way handshake. */
export const start = (ap: Ap): Turn => send({ ...newNonce(ap), keyId: 1 - ap.keyId }, 'message1', false);

/** The same, when there are keys already. */
export const rekeyPairwise = start;

/** Renews the group keys, and begins a group handshake. */
export const rekeyGroup = (ap: Ap): Turn => send(renewGroupKeys(ap), 'group1', false);

/** Begins a group handshake that brings the keys there are. */
export const repeatGroup = (ap: Ap): Turn => send(ap, 'group1', false);

const sent: Readonly<Record<ReplyName | 'nothing', MessageName | undefined>> = {
  'message 2': 'message1',
  'message 4': 'message3',
  'group message 2': 'group1',
  request: undefined,
  nothing: undefined,
};

/** The last message again, because no reply came in time. */
export const retransmit = (ap: Ap): Turn => {
  const name = sent[ap.awaits];
  return name === undefined ? still(ap) : send(ap, name, true);
};

type Reply = readonly [packet: Uint8Array, key: EapolKey];

const refuse = (ap: Ap, reply: ReplyName | 'packet', why: string): Turn => still(ap, { kind: 'refused', reply, why });

const withEvents = ({ ap, packets, events }: Turn, ...before: ReadonlyArray<ApEvent>): Turn => ({
  ...{ ap, packets },
  events: [...before, ...events],
});

const isWpa = ({ network }: Ap): boolean => network.akm.protocol === 'wpa';

const took = (reply: ReplyName, key: EapolKey): ApEvent => ({ kind: 'took', reply, key, items: itemsIn(key) ?? [] });

const onMessage2 = (ap: Ap, [packet, key]: Reply): Turn => {
  const pending = ptkOf(ap.network, ap.master, ap.anonce, key.nonce);
  const plain = openedKey(ap, packet, key, pending);
  const items = itemsIn(plain);
  const fault = firstOf(
    () => counterFault(ap, key),
    () => micFault(ap, packet, key, pending),
    () =>
      headerFault(ap, key, {
        ...{ pairwise: true, secure: ap.isSecure, hasNonce: true },
        keyLength: isWpa(ap) ? ap.network.pairwise.keyLength : 0,
      }),
    () => (items === undefined ? 'its key data cannot be read' : repetitionFault(ap, items)),
  );
  if (fault !== undefined) return refuse(ap, 'message 2', fault);
  return withEvents(send({ ...ap, pending }, 'message3', false), took('message 2', plain));
};

const onMessage4 = (ap: Ap, [packet, key]: Reply): Turn => {
  const { pending = NO_KEYS } = ap;
  const plain = openedKey(ap, packet, key, pending);
  const items = itemsIn(plain);
  const fault = firstOf(
    () => counterFault(ap, key),
    () => micFault(ap, packet, key, pending),
    () =>
      headerFault(ap, key, {
        ...{ pairwise: true, secure: !isWpa(ap), hasNonce: false },
        keyLength: isWpa(ap) ? ap.network.pairwise.keyLength : 0,
      }),
    () => (items === undefined ? 'its key data cannot be read' : mldFault(ap, items)),
    () => (ap.network.links.length === 0 && plain.keyData.length > 0 ? 'it has key data' : undefined),
  );
  if (fault !== undefined) return refuse(ap, 'message 4', fault);
  const { pending: _, ...rest } = ap;
  const next: Ap = { ...rest, ptk: pending, keyIdInForce: ap.keyId, awaits: 'nothing', outstanding: [] };
  return isWpa(ap)
    ? withEvents(send(next, 'group1', false), took('message 4', plain))
    : still(next, took('message 4', plain), { kind: 'up' });
};

const onGroup2 = (ap: Ap, [packet, key]: Reply): Turn => {
  const { ptk = NO_KEYS } = ap;
  const plain = openedKey(ap, packet, key, ptk);
  const items = itemsIn(plain);
  const gtk = ap.groups[0]?.gtk;
  const echoed = isWpa(ap) ? { index: gtk?.keyId ?? 0, keyLength: gtk?.key.length ?? 0 } : { index: 0, keyLength: 0 };
  const fault = firstOf(
    () => counterFault(ap, key),
    () => micFault(ap, packet, key, ptk),
    () => headerFault(ap, key, { pairwise: false, secure: true, hasNonce: false, ...echoed }),
    () => (items === undefined ? 'its key data cannot be read' : channelFault(ap, items)),
  );
  if (fault !== undefined) return refuse(ap, 'group message 2', fault);
  return still({ ...ap, awaits: 'nothing', outstanding: [] }, took('group message 2', plain), { kind: 'up' });
};

/** A request has a replay counter of the station's own, and is protected by the keys in force. */
const onRequest = (ap: Ap, [packet, key]: Reply): Turn => {
  if (ap.ptk === undefined) return refuse(ap, 'request', 'there are no keys yet');
  const fault = micFault(ap, packet, key, ap.ptk);
  if (fault !== undefined) return refuse(ap, 'request', fault);
  if (key.replayCounter < ap.requests) return refuse(ap, 'request', `its replay counter ${key.replayCounter} was used before`);
  return still({ ...ap, requests: key.replayCounter + 1n }, took('request', key));
};

const handlers = { 'message 2': onMessage2, 'message 4': onMessage4, 'group message 2': onGroup2 } as const;

/** By the form alone: group messages are not pairwise, and of the pairwise ones the second brings a nonce. */
const replyOf = ({ information, nonce }: EapolKey): Exclude<ReplyName, 'request'> => {
  if (!information.pairwise) return 'group message 2';
  return nonce.some((octet) => octet !== 0) ? 'message 2' : 'message 4';
};

/** A packet of the station. */
export const receive = (ap: Ap, packet: Uint8Array): Turn => {
  const read = readEapolKey(packet, ap.master.parameters.mic);
  if (isLeft(read)) return refuse(ap, 'packet', read.left.message);
  const key = read.right;
  if (key.information.request) return onRequest(ap, [packet, key]);
  const reply = replyOf(key);
  return reply === ap.awaits ? handlers[reply](ap, [packet, key]) : refuse(ap, reply, `it is not awaited: ${ap.awaits} is`);
};

/** The keys a station must have been given, in the words of `shownDownload`: those in force, in the order of R133. */
export const shownKeys = ({ network, ptk, keyIdInForce, groups }: Ap): ReadonlyArray<string> => [
  ...(ptk === undefined ? [] : [shownPairwise(network, ptk, network.extendedKeyId === true ? keyIdInForce : undefined)]),
  ...shownGroupKeys(network, groups),
];

/** Every key this access point has made, in the same words: those of a handshake that is not through as well. */
export const madeKeys = (ap: Ap): ReadonlyArray<string> => {
  const { network, pending, keyId } = ap;
  const made = pending === undefined ? [] : [shownPairwise(network, pending, network.extendedKeyId === true ? keyId : undefined)];
  return [...made, ...shownKeys(ap)];
};
