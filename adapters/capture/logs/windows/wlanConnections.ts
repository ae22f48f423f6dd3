import type { Mac48, Told } from '../../../../streams/air/index.js';
import { L2Reason } from '../../../../streams/events/index.js';
import { UNTOLD } from '../addresses.js';
import { toldOf } from '../told.js';
import type { WlanEvent } from './WlanEvent.js';

/** What the events of an interface have said of its connection: only some of them name both ends. */
interface Seen {
  local?: Mac48 | undefined;
  peer?: Mac48 | undefined;
}

const MOST_INTERFACES = 64;
const ASSOCIATION_STARTED = 11000;

const isFailure = (code: number | undefined): code is number => code !== undefined && code !== 0;

/** Codes and their names only: what Windows writes in words may hold whom it is about. */
const wordsOf = ({ meaning, reason, status }: WlanEvent): string => {
  const because = isFailure(reason) ? `: ${L2Reason.show(reason)}` : '';
  const answered = isFailure(status) ? `, status ${status} of IEEE 802.11` : '';
  return `${meaning.text}${because}${answered}`;
};

/** Follows the events of Windows in the order of their times; nothing is told of what only begins. */
export const createWlanConnections = (): ((event: WlanEvent) => Told | undefined) => {
  const interfaces = new Map<string, Seen>();

  const seenOf = (name: string): Seen => {
    const known = interfaces.get(name);
    if (known !== undefined) return known;
    const made: Seen = {};
    if (interfaces.size < MOST_INTERFACES) interfaces.set(name, made);
    return made;
  };

  const pairOf = ({ id, name, meaning, local, peer }: WlanEvent) => {
    if (meaning.isHosted === true) return { station: peer ?? UNTOLD, ap: local ?? UNTOLD };
    const seen = seenOf(name);
    // The next association may be with another access point.
    if (id === ASSOCIATION_STARTED) seen.peer = undefined;
    seen.local = local ?? seen.local;
    seen.peer = peer ?? seen.peer;
    return { station: seen.local ?? UNTOLD, ap: seen.peer ?? UNTOLD };
  };

  return (event) => {
    const pair = { ...pairOf(event), ssid: event.ssid };
    const { phase, outcome } = event.meaning;
    if (outcome === undefined) return;
    const { ordinal, time, reason } = event;
    const saying = { phase, outcome, text: wordsOf(event), ...(isFailure(reason) && { reason }) };
    return toldOf({ frame: ordinal, time }, pair, saying);
  };
};
