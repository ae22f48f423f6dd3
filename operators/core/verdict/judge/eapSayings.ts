import { EapCode, EapMethod } from '../../../../streams/frames/index.js';
import type { EapRound, EapSeen } from '../../shadow/Connection.js';
import type { Saying } from './Saying.js';

const { REQUEST, RESPONSE, SUCCESS } = EapCode.codes;

/** Some packets were not captured, or are more than are kept: behind those that are known there may be others. */
const hasHole = ({ packets, rounds, retransmissions }: EapSeen): boolean => packets > rounds.length + retransmissions.length;

/** Who asks for the identity may begin anew, and a failure may be all that comes of silence: neither shows that the response arrived. */
const isAnswer = ({ code, identifier }: EapRound, next: EapRound | undefined): boolean => {
  if (next === undefined) return false;
  if (code === REQUEST) return next.code === RESPONSE && next.identifier === identifier;
  return next.code === SUCCESS || (next.code === REQUEST && next.type !== EapMethod.codes.IDENTITY);
};

const isAsked = ({ code }: EapRound): boolean => code === REQUEST || code === RESPONSE;

/** What both said by EAP; who says the same again says it in a row with the first. */
export const eapSayings = (eap: EapSeen | undefined): ReadonlyArray<Saying> => {
  if (eap === undefined || hasHole(eap)) return [];
  const { rounds, retransmissions, starts } = eap;
  // An access point asks by itself, too.
  const begun: Saying = { from: 'station', frames: starts, isAnswered: false };
  const sayings = rounds.flatMap((round, at): ReadonlyArray<Saying> => {
    const { from, frame } = round;
    const behind = rounds.slice(at + 1);
    const until = behind.find((later) => later.from === from)?.frame ?? Number.POSITIVE_INFINITY;
    const again = retransmissions.filter((one) => one.from === from && one.frame > frame && one.frame < until);
    return isAsked(round) ? [{ from, frames: [round, ...again], isAnswered: isAnswer(round, behind[0]) }] : [];
  });
  return [begun, ...sayings];
};

/** What was said last, and nothing that the other said followed; nothing where it has come to an end. */
export const lastEapSaying = (eap: EapSeen | undefined): Saying | undefined => {
  const last = eap?.rounds.at(-1);
  return last === undefined || isAsked(last) ? eapSayings(eap).at(-1) : undefined;
};
