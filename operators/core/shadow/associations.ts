import type { AssociationRequest, AssociationResponse } from '../../../streams/air/index.js';
import { copyBytes } from '../../../streams/events/index.js';
import { StatusCode } from '../../../streams/frames/index.js';
import { type Attempt, markOf } from './Attempt.js';
import { SECOND } from './CaptureClock.js';
import { leaveOthers, promote } from './leaving.js';
import type { Register } from './Register.js';
import type { Scene } from './Scene.js';
import { takeTransition } from './transition.js';

const { SUCCESS, ASSOCIATION_TEMPORARILY_REJECTED } = StatusCode.codes;

/** A request that comes again so soon was not answered as far as the station knows. */
const REPEATS_WITHIN = 2 * SECOND;

const isRepeated = (standing: Attempt, elapsed: number): boolean => {
  const { association, hasSpoken, isRefused, heardAt } = standing;
  if (association === undefined || hasSpoken || isRefused) return false;
  const { status } = association;
  return status === undefined || status === ASSOCIATION_TEMPORARILY_REJECTED || elapsed - heardAt <= REPEATS_WITHIN;
};

const beginAssociation = (register: Register, event: AssociationRequest | AssociationResponse): Attempt => {
  const candidate = register.find(event.station, event.ap, 'authenticating');
  leaveOthers(register, { station: event.station, ap: event.ap, medium: 'air' }, event);
  if (candidate?.isRefused === false) return promote(candidate);
  if (candidate !== undefined) register.retire(candidate, 'associatedAnew');
  return register.begin(event, { medium: 'air', beginning: event.isReassociation ? 'reassociation' : 'association' });
};

const requestOf = (register: Register, event: AssociationRequest): Attempt => {
  const standing = register.find(event.station, event.ap, 'associated');
  const candidate = register.find(event.station, event.ap, 'authenticating');
  const isAgain = standing !== undefined && candidate === undefined && isRepeated(standing, register.clock.elapsed);
  return isAgain ? standing : beginAssociation(register, event);
};

const associationOf = (attempt: Attempt, isReassociation: boolean): NonNullable<Attempt['association']> => {
  attempt.association ??= { isReassociation };
  return attempt.association;
};

export const takeRequest = ({ register }: Scene, event: AssociationRequest): void => {
  const { isReassociation, currentAp, body } = event;
  const attempt = requestOf(register, event);
  register.touch(attempt, event, true);
  attempt.announced = register.announcements.of(event.ap) ?? attempt.announced;
  const asked = register.requests.read(body, isReassociation);
  attempt.request = asked.body;
  attempt.asked = asked.offer;
  const association = associationOf(attempt, isReassociation);
  if (association.request === undefined) association.request = markOf(event);
  else attempt.requestAgain = event.frame;
  association.isReassociation = isReassociation;
  if (currentAp !== undefined) association.currentAp = currentAp;
};

const responseOf = (register: Register, event: AssociationResponse): Attempt => {
  const { station, ap } = event;
  const standing = register.find(station, ap, 'associated');
  const candidate = register.find(station, ap, 'authenticating');
  const isAnother = candidate?.isAnswered === true && standing?.association?.response !== undefined;
  if (standing !== undefined && !isAnother) return standing;
  const over = candidate === undefined ? register.find(station, ap, 'over') : undefined;
  return over ?? beginAssociation(register, event);
};

export const takeResponse = (scene: Scene, event: AssociationResponse): void => {
  const { status, isReassociation, body } = event;
  const attempt = responseOf(scene.register, event);
  scene.register.touch(attempt, event, false);
  if (attempt.phase === 'over') return;
  // The station may have missed the first, but that is when it was let in.
  if (status === SUCCESS && attempt.association?.status === SUCCESS) {
    attempt.responseAgain = event.frame;
    return;
  }
  const isPutOff = status === ASSOCIATION_TEMPORARILY_REJECTED;
  attempt.response = copyBytes(body);
  const association = associationOf(attempt, isReassociation);
  association.response = markOf(event);
  association.status = status;
  if (isPutOff) association.comeback ??= association.response;
  attempt.isRefused = status !== SUCCESS && !isPutOff;
  if (status === SUCCESS) takeTransition(scene, attempt);
};
