import { BROADCAST, type EapolHeard, type Sealed } from '../../../streams/air/index.js';
import { EapolType } from '../../../streams/frames/index.js';
import { type Attempt, keep, markOf } from './Attempt.js';
import { leaveOtherCells, leaveOthers, promote } from './leaving.js';
import type { Scene } from './Scene.js';
import { keepOn } from './Tape.js';
import { handOnMsk, keyWatchOf } from './watching.js';

const { EAP_PACKET, START, LOGOFF, KEY } = EapolType.codes;

const typeOf = ({ packet }: EapolHeard): number | undefined => packet[1];

/** Key agreement of MACsec and alerts are nobody's connection here. */
export const isOfConnection = (event: EapolHeard): boolean => {
  const type = typeOf(event);
  return type === KEY || type === EAP_PACKET || type === START || type === LOGOFF;
};

export const isStart = (event: EapolHeard): boolean => typeOf(event) === START;
export const isLogoff = (event: EapolHeard): boolean => typeOf(event) === LOGOFF;

const takeEap = (scene: Scene, attempt: Attempt, event: EapolHeard): void => {
  attempt.eapWatch ??= scene.watchEap();
  attempt.eapWatch.take(event);
  handOnMsk(attempt);
};

/** Counts an EAPOL packet to its connection. */
export const absorb = (scene: Scene, attempt: Attempt, event: EapolHeard): void => {
  attempt.hadEapol = true;
  attempt.hasSpoken ||= event.from === 'station';
  if (event.isCut) {
    attempt.cut = keep(attempt.cut ?? [], markOf(event));
    return;
  }
  keepOn(attempt.tape, event);
  if (typeOf(event) !== KEY) {
    takeEap(scene, attempt, event);
    return;
  }
  const watch = keyWatchOf(scene, attempt);
  watch.take(event);
  if (watch.isKeyed) scene.register.volunteer(attempt);
};

const begin = ({ register }: Scene, event: EapolHeard): Attempt =>
  register.begin(event, { medium: event.medium, beginning: 'middle' });

/** Whether an authentication has led to an association that was not heard: this packet belongs to that one. */
const hasLed = ({ isAnswered, isRefused }: Attempt, standing: Attempt | undefined, { isProtected }: EapolHeard): boolean =>
  !isRefused && !isProtected && (isAnswered || standing === undefined);

const attemptOf = (scene: Scene, event: EapolHeard): Attempt => {
  const { register } = scene;
  const { station, ap } = event;
  const standing = register.find(station, ap, 'associated');
  const candidate = register.find(station, ap, 'authenticating');
  if (candidate !== undefined && hasLed(candidate, standing, event)) {
    leaveOthers(register, event, event);
    return promote(candidate);
  }
  return standing ?? register.find(station, ap, 'over') ?? begin(scene, event);
};

export const takeEapol = (scene: Scene, event: EapolHeard): void => {
  if (!isOfConnection(event)) return;
  const attempt = attemptOf(scene, event);
  const isByStation = event.from === 'station';
  scene.register.touch(attempt, event, isByStation);
  if (attempt.phase === 'associated' && isByStation && !attempt.hasSpoken) leaveOtherCells(scene.register, attempt, event);
  absorb(scene, attempt, event);
};

const watchedOf = (scene: Scene, event: Sealed): Attempt | undefined => {
  const { register, keys } = scene;
  const { station, ap } = event;
  const known = register.find(station, ap, 'associated') ?? register.find(station, ap, 'over');
  if (keys.tks().length === 0) return known;
  const attempt = known ?? register.begin(event, { medium: 'air', beginning: 'middle' });
  keyWatchOf(scene, attempt);
  return attempt;
};

/** Whether encrypted frames of a connection tell anything: once it is over, only by what is in them. */
export const isWorthALook = ({ keyWatch, phase }: Attempt): boolean =>
  keyWatch !== undefined && (keyWatch.isKeyed || (phase === 'associated' && keyWatch.isWaiting));

/** An encrypted frame: whoever's keys open it. What is for all says nothing about any one. */
export const takeSealed = (scene: Scene, event: Sealed): void => {
  const { register } = scene;
  if (event.station === BROADCAST) {
    register.listenerOf(event.ap)?.keyWatch?.open(event);
    return;
  }
  const attempt = watchedOf(scene, event);
  const watch = attempt?.keyWatch;
  if (attempt === undefined || watch === undefined || !isWorthALook(attempt)) return;
  register.touch(attempt, event, event.from === 'station');
  const opened = watch.open(event);
  if (opened !== undefined && isOfConnection(opened)) takeOpened(scene, attempt, opened);
  if (watch.isKeyed) register.volunteer(attempt);
};

/** A key packet was taken by whoever opened it. */
const takeOpened = (scene: Scene, attempt: Attempt, opened: EapolHeard): void => {
  attempt.hadEapol = true;
  attempt.hasSpoken ||= opened.from === 'station';
  keepOn(attempt.tape, opened);
  if (typeOf(opened) !== KEY) takeEap(scene, attempt, opened);
};
