import { BROADCAST, type Farewell, type SealedBytes } from '../../../streams/air/index.js';
import { type Attempt, MOST_FACTS } from './Attempt.js';
import { SECOND } from './CaptureClock.js';
import type { FarewellSeen } from './Connection.js';
import { glance } from './glance.js';
import { lengthened } from './lengthened.js';
import type { Register } from './Register.js';
import { type Scene, securityOfAttempt } from './Scene.js';

/** The reason code is all there is in a farewell (IEEE 802.11-2020 9.3.3.4, 9.3.3.12). */
const reasonIn = (body: Uint8Array): number | undefined => {
  const [low, high] = body;
  return low === undefined || high === undefined ? undefined : low | (high << 8);
};

/** Management frames are protected as soon as there are keys, and not before (IEEE 802.11-2020 12.6.19). */
const protectsManagement = (attempt: Attempt): boolean => {
  if (attempt.phase !== 'associated') return false;
  // Facts cost something, and most networks protect nothing.
  if (attempt.asked !== undefined && securityOfAttempt(attempt)?.pmf === 'none') return false;
  const { isComplete, security } = glance(attempt.keyWatch);
  const hasKeys = isComplete || attempt.association?.fastTransition !== undefined;
  // An announcement alone does not tell what the station chose.
  return hasKeys && (attempt.asked !== undefined || (security !== undefined && security.pmf !== 'none'));
};

/** What is sealed and cannot be read is believed, unless there are keys that should have opened it. */
const isGenuine = (attempt: Attempt, isRead: boolean): boolean => isRead || attempt.keyWatch?.isKeyed !== true;

/**
 * A station that protects management frames believes what is for all only with a MIC (12.6.19). Where the key of the MIC is not known,
 * whoever went to the length of making one is believed, as with what is sealed.
 */
const isProven = (attempt: Attempt, signed: SealedBytes): boolean => attempt.keyWatch?.checkForAll(signed) !== false;

const isBelieved = (attempt: Attempt, { sealed, signed }: Farewell, isRead: boolean): boolean => {
  if (sealed !== undefined) return isGenuine(attempt, isRead);
  return !protectsManagement(attempt) || (signed !== undefined && isProven(attempt, signed));
};

const seen = (attempt: Attempt, event: Farewell): FarewellSeen => {
  const { sealed, signed } = event;
  const opened = event.reason === undefined && sealed !== undefined ? attempt.keyWatch?.openManagement(sealed) : undefined;
  const reason = event.reason ?? (opened && reasonIn(opened));
  const farewell: { -readonly [K in keyof FarewellSeen]: FarewellSeen[K] } = {
    frame: event.frame,
    time: event.time,
    by: event.from,
    isDeauthentication: event.isDeauthentication,
    isForAll: event.station === BROADCAST,
    isProtected: (sealed ?? signed) !== undefined,
    isBelieved: isBelieved(attempt, event, reason !== undefined),
  };
  if (reason !== undefined) farewell.reason = reason;
  return farewell;
};

const sayFarewell = (register: Register, attempt: Attempt, event: Farewell): void => {
  const farewell = seen(attempt, event);
  const ends = farewell.isBelieved && attempt.phase !== 'over';
  register.touch(attempt, event, event.from === 'station');
  if (ends || attempt.farewells.length < MOST_FACTS) attempt.farewells = lengthened(attempt.farewells, farewell);
  if (ends) register.end(attempt, 'farewell', event);
};

/** More to all, right behind the one that ended it. */
const sayAgain = (attempt: Attempt, event: Farewell): void => {
  const { end, farewells } = attempt;
  if (end === undefined || event.time - end.mark.time > SECOND || farewells.length >= MOST_FACTS) return;
  const isOneOfThem = farewells.some(({ frame, isForAll }) => isForAll && frame === end.mark.frame);
  if (isOneOfThem) attempt.farewells = lengthened(farewells, seen(attempt, event));
};

/** One to all ends what there is; one to nobody, as an access point sends when it starts, ends nothing. */
const sayToAll = (register: Register, event: Farewell): void => {
  register.expire();
  for (const attempt of register.membersOf(event.ap)) {
    if (attempt.phase === 'associated') sayFarewell(register, attempt, event);
    else if (attempt.phase === 'over') sayAgain(attempt, event);
  }
};

export const takeFarewell = ({ register }: Scene, event: Farewell): void => {
  const { station, ap } = event;
  if (station === BROADCAST) {
    sayToAll(register, event);
    return;
  }
  const known = register.find(station, ap, 'associated') ?? register.find(station, ap, 'over');
  const attempt = known ?? register.find(station, ap, 'authenticating');
  // Whoever was refused has nothing to be sent away from.
  if (attempt !== undefined && (attempt === known || !attempt.isRefused)) sayFarewell(register, attempt, event);
};
