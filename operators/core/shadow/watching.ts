import type { Attempt } from './Attempt.js';
import type { KeyWatch, KeyWatchContext } from './KeyWatch.js';
import { type Scene, ssidOf } from './Scene.js';

const contextOf = (attempt: Attempt): KeyWatchContext => {
  const { station, ap, medium, request, response, announced, association } = attempt;
  const context: { -readonly [K in keyof KeyWatchContext]: KeyWatchContext[K] } = {
    station,
    ap,
    medium,
    isReassociation: association?.isReassociation === true,
  };
  const ssid = ssidOf(attempt);
  if (ssid !== undefined) context.ssid = ssid;
  if (request !== undefined) context.request = request;
  if (response !== undefined) context.response = response;
  if (announced !== undefined) context.announcement = announced.body;
  return context;
};

/** The MSK is known when EAP is through, and then the keys it makes are. Each is handed on once. */
export const handOnMsk = (attempt: Attempt): void => {
  const msk = attempt.eapWatch?.msk;
  if (msk === undefined || msk === attempt.msk || attempt.keyWatch === undefined) return;
  attempt.msk = msk;
  attempt.keyWatch.learn(msk);
};

/** The handshakes are watched from the first packet, or frame, that asks for it. */
export const keyWatchOf = (scene: Scene, attempt: Attempt): KeyWatch => {
  if (attempt.keyWatch !== undefined) return attempt.keyWatch;
  const watch = scene.watchKeys(contextOf(attempt));
  attempt.keyWatch = watch;
  handOnMsk(attempt);
  return watch;
};

/** A capture that begins in the middle may have the beacon only after the handshake. */
export const learnAnnouncement = (attempt: Attempt): void => {
  const { announced, keyWatch } = attempt;
  if (announced === undefined || keyWatch === undefined) return;
  const ssid = ssidOf(attempt);
  keyWatch.learnAnnouncement({ announcement: announced.body, ...(ssid && { ssid }) });
};
