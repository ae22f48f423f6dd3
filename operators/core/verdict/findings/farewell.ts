import type { FarewellSeen } from '../../shadow/Connection.js';
import { meaningOfReason, showReason } from '../codes/reasonCodes.js';
import { lastWord } from '../judge/sightings.js';
import { error, type FindingReader, info, nameOfSpeaker, sentence, warning } from './finding.js';

const verb = ({ isDeauthentication, isForAll }: FarewellSeen): string =>
  `${isDeauthentication ? 'deauthenticated' : 'disassociated'}${isForAll ? ' everybody' : ''}`;

const shown = (farewell: FarewellSeen): string => {
  const { by, reason } = farewell;
  const why =
    reason === undefined
      ? 'in an encrypted frame that could not be opened'
      : `with ${showReason(reason)}: ${meaningOfReason(reason)}`;
  return `${sentence(nameOfSpeaker(by))} ${verb(farewell)} ${why}.`;
};

const spoken: FindingReader = (connection, { outcome, cause }) => {
  const farewell = lastWord(connection);
  if (farewell === undefined) return [];
  const text = shown(farewell);
  if (outcome === 'failed') return [error('farewell.seen', text, [farewell.frame])];
  return [(cause === 'none' ? info : warning)('farewell.seen', text, [farewell.frame])];
};

const vanished: FindingReader = ({ ending, apHeard, ended }) =>
  ending === 'gone'
    ? [
        error('farewell.apVanished', 'The access point was not heard any more, not even a beacon, and said no farewell.', [
          apHeard?.frame ?? ended.frame,
        ]),
      ]
    : [];

const again: FindingReader = ({ ending, ended }, { outcome }) =>
  ending === 'associatedAnew' && outcome !== 'authorized'
    ? [warning('farewell.associatedAnew', 'The station began anew without a farewell.', [ended.frame])]
    : [];

/** How it ended. */
export const farewellFindings: FindingReader = (...seen) => [...spoken(...seen), ...vanished(...seen), ...again(...seen)];
