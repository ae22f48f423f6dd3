import type { FaultCode } from '../../rsn/index.js';
import type { Connection, Handshake } from '../../shadow/Connection.js';
import { Reason } from '../codes/reasonCodes.js';
import type { Judgement, PassphraseJudgement } from '../Explanation.js';
import { isRefused, isUnanswered } from './acceptance.js';
import { endingOf, failed } from './ending.js';
import { networkKind } from './networkKind.js';
import { isUnheard } from './reception.js';
import { firstHandshake, hasForgedMessage1, lastWord } from './sightings.js';

type Ending = Pick<Judgement, 'outcome' | 'cause'>;

const OF_ELEMENTS: ReadonlySet<FaultCode> = new Set([
  'RSNE',
  'RSNXE',
  'SSID',
  'DOWNGRADE',
  'MULTI_LINK',
  'FAST_TRANSITION',
  'CHANNEL',
]);

/** Elements that had to be the same and were not, as the engine, the observer, or whoever left says. */
export const hasElementMismatch = (connection: Connection, handshake: Handshake | undefined): boolean => {
  const faults = handshake?.messages.flat().flatMap((message) => message.faults) ?? [];
  const isFatal = faults.some(({ code, reason }) => reason !== undefined && OF_ELEMENTS.has(code));
  return isFatal || lastWord(connection)?.reason === Reason.elementMismatch || (handshake?.mismatches.length ?? 0) > 0;
};

/** Somebody says that the handshake took too long. */
const isTimeout = (connection: Connection): boolean => lastWord(connection)?.reason === Reason.fourWayTimeout;

/** How often an access point asks before it gives up (dot11RSNAConfigPairwiseUpdateCount, IEEE 802.11-2020 12.7.6.6). */
const TRIES = 3;

/** It missed the answer to the last message it sent, and used up its tries. */
const hasAskedInVain = ({ messages: [first, second, third] }: Handshake): boolean => {
  const answered = second[0]?.frame;
  if (third.length > 0) return third.length >= TRIES;
  if (answered === undefined) return first.length >= TRIES;
  return first.filter(({ frame }) => frame > answered).length >= TRIES - 1;
};

/** A station whose handshake goes no further begins anew, and seldom says farewell to an access point that does not hear it. */
const isGivenUp = ({ ending, handshakes, isStationUnheard }: Connection): boolean =>
  (ending === 'associatedAnew' || ending === 'roamed') &&
  handshakes.some((each) => hasAskedInVain(each) && (isStationUnheard !== true || each.messages[2].length > 0));

/** Where both fell silent before that, it is the capture that lacks how it went on. */
const endingOfSilence = (connection: Connection, cause: 'messageLost' | 'forgedFrame'): Ending => {
  if (lastWord(connection) === undefined && isGivenUp(connection)) return failed(cause);
  const isGap =
    connection.ending === 'quiet' && lastWord(connection) === undefined && !connection.handshakes.some(hasAskedInVain);
  return isGap ? { outcome: 'incomplete', cause: 'captureGap' } : endingOf(connection, cause);
};

/** Message 3 came and nothing answered it, or nothing the access point could read. */
const afterMessage3 = (connection: Connection, handshake: Handshake): Ending => {
  const isOtherKey = handshake.stationKey === 'given' && handshake.apKey === 'other';
  if (hasForgedMessage1(connection))
    return { ...endingOfSilence(connection, 'forgedFrame'), ...(isTimeout(connection) && failed('forgedFrame')) };
  if (isOtherKey) return failed('keyMismatch');
  return isTimeout(connection) ? failed('messageLost') : endingOfSilence(connection, 'messageLost');
};

/** Whatever the access point would have had against message 2, it never came to that. */
const ofUnheard = (connection: Connection): Ending =>
  isTimeout(connection) || isUnanswered(connection) ? failed('messageLost') : endingOfSilence(connection, 'messageLost');

/** Message 2 came and no message 3. */
const afterMessage2 = (connection: Connection, handshake: Handshake, passphrase: PassphraseJudgement): Ending => {
  if (isUnheard(connection, handshake, 2)) return ofUnheard(connection);
  const hasPassphrase = ['psk', 'unknown'].includes(networkKind(connection));
  if (hasPassphrase && passphrase === 'wrong') return failed('wrongPassphrase');
  if (hasPassphrase && passphrase === 'likelyWrong') return failed('likelyWrongPassphrase');
  if (hasForgedMessage1(connection))
    return isTimeout(connection) ? failed('forgedFrame') : endingOfSilence(connection, 'forgedFrame');
  if (handshake.stationKey === 'other' || handshake.pmkidMatches === false || isRefused(connection)) return failed('keyMismatch');
  return isTimeout(connection) ? failed('messageLost') : endingOfSilence(connection, 'messageLost');
};

const causeIn = (connection: Connection, passphrase: PassphraseJudgement): Ending => {
  const handshake = firstHandshake(connection);
  if (hasElementMismatch(connection, handshake) && lastWord(connection) !== undefined) return failed('elementMismatch');
  if (handshake !== undefined && handshake.messages[2].length > 0) return afterMessage3(connection, handshake);
  if (handshake !== undefined && handshake.messages[1].length > 0) return afterMessage2(connection, handshake, passphrase);
  return isTimeout(connection) ? failed('messageLost') : endingOfSilence(connection, 'messageLost');
};

export const judgeFourWay = (connection: Connection, passphrase: PassphraseJudgement): Omit<Judgement, 'passphrase'> => ({
  step: 'fourWay',
  ...causeIn(connection, passphrase),
});
