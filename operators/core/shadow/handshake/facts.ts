import type { Mark } from '../../../../streams/air/index.js';
import { equalBytes, type Secret } from '../../../../streams/events/index.js';
import { dropped } from '../../rsn/fault.js';
import type { Connection, GroupHandshake, GroupKeySeen, Handshake, MessageSeen } from '../Connection.js';
import { agreedSecurity } from './agreedSecurity.js';
import type { GrowingGroup, GrowingHandshake, Sighting } from './Growing.js';
import { isEstablished } from './place.js';
import { NONE, type Watch } from './Watch.js';

/** What the key handshakes tell of a connection. */
export type KeyFacts = Pick<
  Connection,
  'handshakes' | 'groupHandshakes' | 'groupKeys' | 'traffic' | 'reuses' | 'strays' | 'requests' | 'credential' | 'security'
>;

const seenOf = ({ seen }: Sighting): MessageSeen => seen;

/** Of just its length, as those of the watch: see `withOne`. */
const seenIn = (sightings: ReadonlyArray<Sighting>): ReadonlyArray<MessageSeen> =>
  sightings.length === 0 ? NONE : sightings.map(seenOf);

/** The nonce it went on with: that of message 3, or of the message 1 that was answered, or of the first there was. */
const anonceOf = ({ keys, sightings: [first, second, third] }: GrowingHandshake): Uint8Array | undefined => {
  if (keys !== undefined) return keys.anonce;
  const [answer] = second;
  const answered = answer && first.find(({ key }) => key.replayCounter === answer.key.replayCounter);
  return (third[0] ?? answered ?? first[0])?.key.nonce;
};

const otherNonces = (handshake: GrowingHandshake): ReadonlyArray<Mark> => {
  const anonce = anonceOf(handshake);
  let others: ReadonlyArray<Mark> = NONE;
  for (const { key, seen } of handshake.sightings[0])
    if (anonce !== undefined && !equalBytes(key.nonce, anonce)) others = [...others, { frame: seen.frame, time: seen.time }];
  return others;
};

/** What becomes of a secret on its way into the facts: it is copied, or goes itself. */
type Given = (secret: Secret) => Secret;

const copied: Given = (secret) => secret.copy();

const handshakeOf = (growing: GrowingHandshake, given: Given): Handshake => {
  const [first, second, third, fourth] = growing.sightings;
  const { isRekey, isComplete, stationKey, apKey, mismatches, pmkid, pmkidMatches, keys } = growing;
  const handshake: { -readonly [K in keyof Handshake]: Handshake[K] } = {
    isRekey,
    messages: [seenIn(first), seenIn(second), seenIn(third), seenIn(fourth)],
    isComplete,
    stationKey,
    apKey,
    otherNonces: otherNonces(growing),
    mismatches,
  };
  if (pmkid !== undefined) handshake.pmkid = pmkid;
  if (pmkidMatches !== undefined) handshake.pmkidMatches = pmkidMatches;
  if (keys !== undefined) handshake.tk = given(keys.ptk.tk);
  return handshake;
};

const groupOf = ({ sightings: [first, second], isComplete }: GrowingGroup): GroupHandshake => ({
  messages: [seenIn(first), seenIn(second)],
  isComplete,
});

/** Message 1s in the clear that came when there were keys, and that nobody answered: the engine would not have either. */
const isForeign = (watch: Watch, { sightings: [first] }: GrowingHandshake): boolean =>
  watch.context.medium === 'air' && isEstablished(watch) && first.every(({ seen }) => !seen.isProtected && seen.mic !== 'valid');

const straysOf = (watch: Watch): Connection['strays'] => {
  const { unanswered, strays } = watch;
  if (unanswered === undefined || !isForeign(watch, unanswered)) return strays;
  const fault = dropped('IN_THE_CLEAR', 'message 1', 'it came in the clear, and there are keys');
  const foreign = unanswered.sightings[0].map(({ seen: { frame, time } }) => ({ frame, time, from: 'ap' as const, fault }));
  return [...strays, ...foreign].sort((a, b) => a.frame - b.frame);
};

const handshakesOf = (watch: Watch, given: Given): ReadonlyArray<Handshake> => {
  const { handshakes, unanswered } = watch;
  const all = unanswered === undefined || isForeign(watch, unanswered) ? handshakes : [...handshakes, unanswered];
  return all.map((growing) => handshakeOf(growing, given));
};

const groupKeyOf = ({ frame, time, purpose, index, key, via }: GroupKeySeen, given: Given): GroupKeySeen => ({
  frame,
  time,
  purpose,
  index,
  key: given(key),
  via,
});

const trafficOf = ({ traffic: { heard, tried, opened, frame, time }, proofs }: Watch): Connection['traffic'] => {
  if (heard === 0) return { heard, tried, opened };
  const last = { frame, time };
  return proofs.length === 0 ? { heard, tried, opened, last } : { heard, tried, opened, last, proofs };
};

const credentialOf = (watch: Watch): Connection['credential'] => {
  for (const { keys } of watch.handshakes) if (keys !== undefined) return keys.candidate.kind;
  const given = watch.learnt[0]?.kind ?? watch.terms?.candidates[0]?.kind;
  return given ?? (watch.deps.keys.tks().length > 0 ? 'tk' : 'none');
};

/** What was seen of the handshakes. The keys in it are copies unless others are given, for whoever asks to destroy. */
export const factsOf = (watch: Watch, given: Given = copied): KeyFacts => {
  const facts: { -readonly [K in keyof KeyFacts]: KeyFacts[K] } = {
    handshakes: handshakesOf(watch, given),
    groupHandshakes: watch.groups.length === 0 ? NONE : watch.groups.map(groupOf),
    groupKeys: watch.groupKeys.map((seen) => groupKeyOf(seen, given)),
    traffic: trafficOf(watch),
    reuses: watch.reuses,
    strays: straysOf(watch),
    requests: watch.requests,
    credential: credentialOf(watch),
  };
  if (watch.terms !== undefined) facts.security = agreedSecurity(watch.terms.network);
  return facts;
};
