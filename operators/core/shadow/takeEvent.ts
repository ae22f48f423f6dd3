import type { AirEvent, Announcement } from '../../../streams/air/index.js';
import { takeAcknowledgement } from './acknowledgements.js';
import { takeAction } from './actions.js';
import { takeRequest, takeResponse } from './associations.js';
import { takeAuthentication } from './authentications.js';
import { takeEapol, takeSealed } from './eapol.js';
import { takeFarewell } from './farewells.js';
import type { Scene } from './Scene.js';
import { takeTold } from './told.js';
import { learnAnnouncement } from './watching.js';
import { takeWired } from './wire.js';

/** Whoever associated before anything was announced, or by its name, takes the first announcement there is. */
const takeAnnouncement = ({ register }: Scene, event: Announcement): void => {
  const { announcements, membersOf, volunteer } = register;
  if (!announcements.take(event)) return;
  const announced = announcements.of(event.ap);
  for (const attempt of membersOf(event.ap)) {
    attempt.announced ??= announced;
    learnAnnouncement(attempt);
    if (attempt.keyWatch?.isKeyed === true) volunteer(attempt);
  }
};

const takers: { readonly [Kind in AirEvent['kind']]: (scene: Scene, event: Extract<AirEvent, { kind: Kind }>) => void } = {
  announcement: takeAnnouncement,
  authentication: takeAuthentication,
  associationRequest: takeRequest,
  associationResponse: takeResponse,
  farewell: takeFarewell,
  action: takeAction,
  eapol: (scene, event) => (event.medium === 'wire' ? takeWired : takeEapol)(scene, event),
  sealed: takeSealed,
  acknowledgement: takeAcknowledgement,
  lost: ({ register }, { frames }) => register.lose(frames),
  told: takeTold,
};

/** Everything that is heard goes through here. */
export const takeEvent = (scene: Scene, event: AirEvent): void => {
  const take = takers[event.kind] as (scene: Scene, event: AirEvent) => void;
  take(scene, event);
};
