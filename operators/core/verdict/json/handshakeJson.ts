import type { GroupHandshake, Handshake, Likeness, MessageSeen, MicCheck } from '../../shadow/Connection.js';
import type { GroupHandshakeJson, HandshakeJson } from '../codec/handshake.js';
import { framesOf } from '../judge/sightings.js';

type Sightings = ReadonlyArray<MessageSeen>;
type Mic = HandshakeJson['mic']['m2'];

const has = (sightings: Sightings, mic: MicCheck): boolean => sightings.some((seen) => seen.mic === mic);

/** Of several sightings one that is right counts: another may have been forged. */
const micOf = (sightings: Sightings): Mic =>
  has(sightings, 'valid') ? 'valid' : has(sightings, 'invalid') ? 'invalid' : 'unchecked';

const likenessOf = (sightings: Sightings): Likeness =>
  sightings.some(({ likeness }) => likeness === 'different')
    ? 'different'
    : sightings.some(({ likeness }) => likeness === 'identical')
      ? 'identical'
      : 'unknown';

const counterJson = (counter: bigint): number | string =>
  counter <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(counter) : counter.toString();

const replayOf = (messages: ReadonlyArray<Sightings>): ReadonlyArray<number | string> =>
  messages
    .flat()
    .sort((a, b) => a.frame - b.frame)
    .map(({ counter }) => counterJson(counter));

const pmkidOf = ({ pmkid, pmkidMatches }: Handshake): HandshakeJson['pmkid'] => {
  if (pmkid === undefined) return 'none';
  if (pmkidMatches === undefined) return 'unchecked';
  return pmkidMatches ? 'matches' : 'differs';
};

export const handshakeJson = (handshake: Handshake): HandshakeJson => {
  const [m1, m2, m3, m4] = handshake.messages;
  return {
    m1: framesOf(m1),
    m2: framesOf(m2),
    m3: framesOf(m3),
    m4: framesOf(m4),
    replay: replayOf(handshake.messages),
    complete: handshake.isComplete,
    mic: { m2: micOf(m2), m3: micOf(m3), m4: micOf(m4) },
    shadow: { m2: likenessOf(m2), m4: likenessOf(m4) },
    differences: [...new Set([...m2, ...m4].flatMap(({ differences }) => differences))],
    rekey: handshake.isRekey,
    keys: { station: handshake.stationKey, ap: handshake.apKey },
    pmkid: pmkidOf(handshake),
    otherNonces: framesOf(handshake.otherNonces),
  };
};

export const groupHandshakeJson = ({ messages, isComplete }: GroupHandshake): GroupHandshakeJson => {
  const [m1, m2] = messages;
  return {
    m1: framesOf(m1),
    m2: framesOf(m2),
    replay: replayOf(messages),
    complete: isComplete,
    mic: { m1: micOf(m1), m2: micOf(m2) },
  };
};
