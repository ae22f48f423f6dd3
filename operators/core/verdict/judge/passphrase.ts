import type { Connection, Handshake } from '../../shadow/Connection.js';
import type { PassphraseJudgement } from '../Explanation.js';
import { isAccepted, isRefused, isTurnedDown } from './acceptance.js';
import { networkKind } from './networkKind.js';
import { isSaeAccepted, refusedConfirms, unansweredConfirms } from './sae.js';
import { hasForgedMessage1 } from './sightings.js';

const some = (connection: Connection, holds: (handshake: Handshake) => boolean): boolean => connection.handshakes.some(holds);

const usedGiven = ({ stationKey }: Handshake): boolean => stationKey === 'given';
const usedOther = ({ stationKey }: Handshake): boolean => stationKey === 'other';
/** The access point's own frames show that the credential given is its own. */
const isOfAp = ({ apKey, pmkidMatches }: Handshake): boolean => apKey === 'given' || pmkidMatches === true;
/** It names another PMK than the given one. Anybody can write that, so it takes more to believe it. */
const namesOther = ({ pmkidMatches }: Handshake): boolean => pmkidMatches === false;

/** The frames and no key: what the access point did. */
const byConduct = (connection: Connection): PassphraseJudgement => (isRefused(connection) ? 'likelyWrong' : 'unknown');

/** Message 2 was made with the passphrase given. */
const ofGiven = (connection: Connection): PassphraseJudgement => {
  if (!isRefused(connection) || some(connection, isOfAp)) return 'right';
  return some(connection, namesOther) ? 'wrong' : 'likelyWrong';
};

/** Message 2 was made with another passphrase than the one given. */
const ofOther = (connection: Connection): PassphraseJudgement => {
  if (some(connection, isOfAp)) return 'wrong';
  if (some(connection, namesOther)) return byConduct(connection);
  return isTurnedDown(connection) ? 'wrong' : 'likelyWrong';
};

const isPassphraseGiven = ({ credential }: Connection): boolean => credential === 'passphrase' || credential === 'pmk';

const ofPsk = (connection: Connection): PassphraseJudgement => {
  if (isAccepted(connection)) return isPassphraseGiven(connection) && some(connection, usedGiven) ? 'right' : 'excluded';
  if (isPassphraseGiven(connection) && some(connection, usedGiven)) return ofGiven(connection);
  // The station answered a nonce that is not the access point's: its MIC would be refused, whatever its passphrase.
  if (hasForgedMessage1(connection)) return 'unknown';
  return some(connection, usedOther) ? ofOther(connection) : byConduct(connection);
};

const ofSae = (connection: Connection): PassphraseJudgement => {
  if (isAccepted(connection)) return isPassphraseGiven(connection) && some(connection, usedGiven) ? 'right' : 'excluded';
  if (isSaeAccepted(connection)) return 'excluded';
  const isDoubted = refusedConfirms(connection).length > 0 || unansweredConfirms(connection).length > 0;
  return isDoubted && connection.association === undefined ? 'likelyWrong' : 'unknown';
};

/**
 * What is proven about the passphrase the station used. Evidence only: a message 3 means that the access point took the
 * station's MIC; a message 2 that never reached the air, a forged message 1 or a lost frame prove nothing.
 */
export const judgePassphrase = (connection: Connection): PassphraseJudgement => {
  switch (networkKind(connection)) {
    case 'sae':
      return ofSae(connection);
    case 'psk':
    case 'unknown':
      return ofPsk(connection);
    case 'oneX':
    case 'owe':
    case 'fils':
      // There is no passphrase; what made the key was right if the access point took it.
      return connection.handshakes.length > 0 && isAccepted(connection) ? 'excluded' : 'unknown';
    case 'open':
      return 'unknown';
  }
};
