import type { Mark } from '../../../streams/air/index.js';
import type { Attempt } from './Attempt.js';
import type { Register } from './Register.js';

type Ends = Pick<Attempt, 'station' | 'ap' | 'medium'>;

/** Whoever of the station's others is still connected is left for this one. */
export const leaveOthers = (register: Register, { station, ap, medium }: Ends, mark: Mark): void => {
  for (const other of [...register.attemptsOf(station)]) {
    if (other.medium !== medium || register.isStale(other)) continue;
    if (other.phase === 'associated') register.end(other, other.ap === ap ? 'associatedAnew' : 'roamed', mark);
    // What comes late is the new one's.
    if (other.phase === 'over' && other.ap === ap) register.retire(other, 'associatedAnew');
  }
};

/** An authentication has led somewhere. */
export const promote = (candidate: Attempt): Attempt => {
  candidate.phase = 'associated';
  return candidate;
};

/** A station that speaks with this access point is no longer connected with any other. */
export const leaveOtherCells = (register: Register, { station, ap, medium }: Ends, mark: Mark): void => {
  for (const other of [...register.attemptsOf(station)]) {
    const isConnected = other.phase === 'associated' && other.medium === medium;
    if (other.ap !== ap && isConnected && !register.isStale(other)) register.end(other, 'roamed', mark);
  }
};
