import type { Connection } from '../../shadow/Connection.js';
import { isAccepted } from '../judge/acceptance.js';
import { networkKind } from '../judge/networkKind.js';
import { isUnheard } from '../judge/reception.js';
import { framesIn, hasForgedMessage1, refusals } from '../judge/sightings.js';
import { error, type FindingReader, info, times, warning, when } from './finding.js';

const isAboutPassphrase: (...seen: Parameters<FindingReader>) => boolean = (connection) =>
  ['psk', 'unknown'].includes(networkKind(connection)) && connection.handshakes.length > 0;

/** All that the station showed of its key went unheard. */
const isNeverHeard = (connection: Connection): boolean =>
  connection.handshakes.every((handshake) => handshake.messages[1].length === 0 || isUnheard(connection, handshake, 2));

const wrongWords = (connection: Connection): string =>
  isNeverHeard(connection)
    ? 'Message 2 was not made with the passphrase of this network, so the passphrase is wrong; but the access point did not hear it.'
    : 'Message 2 was not made with the passphrase of this network, and the access point did not take it: the passphrase is wrong.';

const likelyWrongWords = (connection: Connection): string => {
  const { handshakes } = connection;
  if (isNeverHeard(connection))
    return 'Message 2 was not made with the passphrase given, so the station most likely has a wrong one; but the access point did not hear it.';
  const repeated = handshakes.reduce((sum, handshake) => sum + refusals(handshake), 0);
  const isGiven = handshakes.some(({ stationKey }) => stationKey === 'given');
  return `The access point saw a message 2 and sent message 1 again ${times(repeated)}, which is how it refuses a MIC.${
    isGiven
      ? ' The station uses the passphrase given here, so the access point most likely has another one, or cannot hear it.'
      : ''
  }`;
};

const unknownWords = (connection: Connection): string => {
  if (connection.handshakes.every(({ messages }) => messages[1].length === 0))
    return 'No message 2 was heard, so nothing can be said about the passphrase.';
  if (hasForgedMessage1(connection))
    return 'The station answered a forged message 1, so nothing can be said about the passphrase.';
  if (isNeverHeard(connection)) return 'The access point did not hear message 2, so nothing can be said about the passphrase.';
  return 'The handshake ended before the access point could show what it thinks of the passphrase.';
};

/** What is proven about the passphrase, with the proof. */
export const passphraseFindings: FindingReader = (connection, judgement) => {
  if (!isAboutPassphrase(connection, judgement)) return [];
  const { handshakes } = connection;
  const message1s = framesIn(...handshakes.map(({ messages }) => messages[0]));
  const message2s = framesIn(...handshakes.map(({ messages }) => messages[1]));
  const message3s = framesIn(...handshakes.map(({ messages }) => messages[2]));
  switch (judgement.passphrase) {
    case 'right':
      return [info('passphrase.right', 'Message 2 was made with the passphrase given, so the station uses that one.', message2s)];
    case 'excluded':
      return [
        info('passphrase.excluded', 'The access point took the station’s MIC, so a wrong passphrase is excluded.', message3s),
      ];
    case 'wrong':
      return [error('passphrase.wrong', wrongWords(connection), message2s)];
    case 'likelyWrong':
      return [error('passphrase.likelyWrong', likelyWrongWords(connection), message2s)];
    case 'unknown':
      return when(!isAccepted(connection), () => warning('passphrase.unknown', unknownWords(connection), message1s));
  }
};
