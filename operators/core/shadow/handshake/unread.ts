import type { Mark, Sealed, Speaker } from '../../../../streams/air/index.js';
import type { GrowingHandshake, Sighting } from './Growing.js';
import type { Watch } from './Watch.js';

/** How long after the last message one end alone has to go on: by then an access point without message 4 has given up. */
const PATIENCE = 10_000_000;

const isOfRekey = ({ key }: Sighting): boolean => key.information.secure;

/** Keys from before could protect what is heard: then it tells nothing of this handshake (IEEE 802.11-2020 12.7.2, the secure bit). */
const hasKeysBefore = ({ handshakes, transferred }: Watch, { isRekey, sightings: [first, second] }: GrowingHandshake): boolean =>
  isRekey ||
  transferred.length > 0 ||
  handshakes.slice(0, -1).some(({ isComplete }) => isComplete) ||
  first.some(isOfRekey) ||
  second.some(isOfRekey);

/** The handshake that came as far as message 2, without a key to read what follows, and whose end was not heard. */
const waitingOne = (watch: Watch): GrowingHandshake | undefined => {
  const latest = watch.handshakes.at(-1);
  if (latest === undefined || latest.isComplete || latest.keys !== undefined) return undefined;
  const [, second, third] = latest.sightings;
  return second.length + third.length > 0 && !hasKeysBefore(watch, latest) ? latest : undefined;
};

/** Whether any protected frame is worth hearing of, though nobody can read it. */
export const isWaiting = (watch: Watch): boolean => waitingOne(watch) !== undefined;

const lastMessage = ({ sightings }: GrowingHandshake): Mark => {
  let last: Mark = { frame: -1, time: 0 };
  for (const list of sightings) {
    const seen = list.at(-1)?.seen;
    if (seen !== undefined && seen.frame > last.frame) last = seen;
  }
  return last;
};

/**
 * A protected frame of the pair that no key opens. Before its first handshake is through neither end has a key, so both using one
 * after its last message shows that it is; or one of them, if it goes on for long and the other is not heard.
 */
export const hearUnread = (watch: Watch, { frame, time, from }: Sealed): void => {
  const handshake = waitingOne(watch);
  if (handshake === undefined) return;
  const last = lastMessage(handshake);
  const unread = { ...watch.unread, [from]: { frame, time, from } };
  watch.unread = unread;
  const isAfter = (speaker: Speaker): boolean => (unread[speaker]?.frame ?? -1) > last.frame;
  const ends = (['station', 'ap'] as const).filter(isAfter);
  if (ends.length < 2 && time - last.time <= PATIENCE) return;
  handshake.isComplete = true;
  handshake.isConfirmed = isAfter('ap');
  watch.proofs = ends.flatMap((speaker) => unread[speaker] ?? []);
};
