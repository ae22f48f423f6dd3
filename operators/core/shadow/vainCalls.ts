import { type Attempt, keep } from './Attempt.js';

const isUnanswered = ({ phase, isAnswered, isRefused }: Attempt): boolean =>
  phase === 'authenticating' && !isAnswered && !isRefused;

/**
 * A station that calls while it is connected, and gets no answer, has lost its access point: that is no connection of its own, but
 * part of the one that stands.
 */
export const isVainCall = ({ phase, medium, ap, began }: Attempt, call: Attempt): boolean =>
  isUnanswered(call) && phase === 'associated' && medium === 'air' && ap === call.ap && began.frame < call.began.frame;

export const foldCall = (into: Attempt, { authentications, last, stationHeard }: Attempt): void => {
  for (const authentication of authentications) into.authentications = keep(into.authentications, authentication);
  into.stationHeard = stationHeard ?? into.stationHeard;
  if (last.frame > into.last.frame) into.last = last;
};
