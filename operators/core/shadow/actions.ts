import type { Action, Authentication } from '../../../streams/air/index.js';
import { KeyAction, mac48At } from '../../../streams/air/index.js';
import { AuthenticationAlgorithm } from '../../../streams/frames/index.js';
import { type Attempt, keep } from './Attempt.js';
import { takeAuthentication } from './authentications.js';
import type { Scene } from './Scene.js';
import { groupKeysOfSleepExit, isSleepExit } from './sleepExit.js';

/** SA Query Request and Response (Table 9-408). */
const SA_QUERY_RESPONSE = 1;

const REQUEST = 1;
const RESPONSE = 2;
const TARGET_AT = 8;
const REQUEST_SIZE = 14;
const STATUS_SIZE = 2;

/** Over the distribution system, the access point at hand carries the authentication with the target (9.6.8.2, 9.6.8.3). */
const takeOverDs = (scene: Scene, action: Action, body: Uint8Array): void => {
  const [, transaction] = body;
  const isResponse = transaction === RESPONSE;
  if (transaction !== REQUEST && !isResponse) return;
  if (body.length < REQUEST_SIZE + (isResponse ? STATUS_SIZE : 0)) return;
  const { frame, time, station, from } = action;
  const status = isResponse ? (body[REQUEST_SIZE] ?? 0) | ((body[REQUEST_SIZE + 1] ?? 0) << 8) : 0;
  const algorithm = AuthenticationAlgorithm.codes.FAST_TRANSITION;
  const event: Authentication = {
    ...{ kind: 'authentication', frame, time, station, ap: mac48At(body, TARGET_AT), from },
    ...{ algorithm, transaction, status, body },
  };
  takeAuthentication(scene, event);
};

/** Keys count only where the frame that brings them could be opened. */
const takeSleepExit = ({ keyWatch }: Attempt, { from, sealed, frame, time }: Action, body: Uint8Array): void => {
  if (keyWatch === undefined || sealed === undefined || from !== 'ap' || !isSleepExit(body)) return;
  for (const key of groupKeysOfSleepExit(body, { frame, time })) keyWatch.adoptGroupKey(key);
  body.fill(0);
};

/** Management actions that touch keys. One that is sealed and cannot be opened keeps its category to itself. */
export const takeAction = (scene: Scene, event: Action): void => {
  const { register } = scene;
  const { frame, time, station, ap, from, sealed } = event;
  const attempt = register.find(station, ap, 'associated') ?? register.find(station, ap, 'over');
  if (attempt === undefined) return;
  register.touch(attempt, event, from === 'station');
  const body = sealed === undefined ? event.body : attempt.keyWatch?.openManagement(sealed);
  const [category, action] = body ?? [];
  if (body !== undefined && category === KeyAction.FAST_TRANSITION) takeOverDs(scene, event, body);
  if (body !== undefined && category === KeyAction.WIRELESS_NETWORK_MANAGEMENT) takeSleepExit(attempt, event, body);
  if (category !== KeyAction.SA_QUERY || action === undefined) return;
  attempt.saQueries = keep(attempt.saQueries, { frame, time, from, isResponse: action === SA_QUERY_RESPONSE });
};
