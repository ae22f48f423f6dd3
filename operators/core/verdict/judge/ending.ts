import type { Connection } from '../../shadow/Connection.js';
import type { Cause, Judgement } from '../Explanation.js';
import { lastWord } from './sightings.js';

type Ending = Pick<Judgement, 'outcome' | 'cause'>;

export const failed = (cause: Cause): Ending => ({ outcome: 'failed', cause });

/** The station was heard at all, and the access point after the two had fallen silent: the capture was listening in the right place. */
const wasListening = ({ medium, apHeard, isStationUnheard, ended }: Connection): boolean =>
  medium !== 'air' || (apHeard !== undefined && apHeard.time > ended.time && isStationUnheard !== true);

const ofSilence = (connection: Connection, ranOut: Cause): Ending =>
  wasListening(connection) && connection.lostFrames === 0 ? failed(ranOut) : { outcome: 'incomplete', cause: 'captureGap' };

/**
 * How something ended that neither succeeded nor was refused: somebody left, or a message never came. A capture that ends
 * first, or has a gap, shows no failure.
 */
export const endingOf = (connection: Connection, ranOut: Cause): Ending => {
  const farewell = lastWord(connection);
  if (farewell !== undefined) {
    return { outcome: 'interrupted', cause: farewell.by === 'station' ? 'stationLeft' : 'deauthenticated' };
  }
  switch (connection.ending) {
    case 'associatedAnew':
    case 'roamed':
      return { outcome: 'interrupted', cause: 'stationLeft' };
    case 'gone':
      return failed('apVanished');
    case 'quiet':
      return ofSilence(connection, ranOut);
    case 'open':
      return { outcome: 'incomplete', cause: 'captureGap' };
    case 'farewell':
      return { outcome: 'interrupted', cause: 'unknown' };
  }
};
