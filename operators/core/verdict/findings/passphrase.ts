import { isAccepted } from '../judge/acceptance.js';
import { networkKind } from '../judge/networkKind.js';
import { framesIn, hasForgedMessage1, refusals } from '../judge/sightings.js';
import { error, type FindingReader, info, times, warning } from './finding.js';

const isAboutPassphrase: (...seen: Parameters<FindingReader>) => boolean = (connection) =>
  ['psk', 'unknown'].includes(networkKind(connection)) && connection.handshakes.length > 0;

/** What is proven about the passphrase, with the proof. */
export const passphraseFindings: FindingReader = (connection, judgement) => {
  if (!isAboutPassphrase(connection, judgement)) return [];
  const { handshakes } = connection;
  const message2s = framesIn(...handshakes.map(({ messages }) => messages[1]));
  const message3s = framesIn(...handshakes.map(({ messages }) => messages[2]));
  const repeated = handshakes.reduce((sum, handshake) => sum + refusals(handshake), 0);
  const isGiven = handshakes.some(({ stationKey }) => stationKey === 'given');
  switch (judgement.passphrase) {
    case 'right':
      return [info('passphrase.right', 'Message 2 was made with the passphrase given, so the station uses that one.', message2s)];
    case 'excluded':
      return [
        info('passphrase.excluded', 'The access point took the station’s MIC, so a wrong passphrase is excluded.', message3s),
      ];
    case 'wrong':
      return [
        error(
          'passphrase.wrong',
          'Message 2 was not made with the passphrase of this network, and the access point did not take it: the passphrase is wrong.',
          message2s,
        ),
      ];
    case 'likelyWrong':
      return [
        error(
          'passphrase.likelyWrong',
          `The access point saw a message 2 and sent message 1 again ${times(repeated)}, which is how it refuses a MIC.${
            isGiven
              ? ' The station uses the passphrase given here, so the access point most likely has another one, or cannot hear it.'
              : ''
          }`,
          message2s,
        ),
      ];
    case 'unknown':
      return unknown(connection, judgement);
  }
};

const unknown: FindingReader = (connection) => {
  if (isAccepted(connection)) return [];
  const answers = connection.handshakes.flatMap(({ messages }) => messages[1]);
  const begins = framesIn(...connection.handshakes.map(({ messages }) => messages[0]));
  const text =
    answers.length === 0
      ? 'No message 2 was heard, so nothing can be said about the passphrase.'
      : hasForgedMessage1(connection)
        ? 'The station answered a forged message 1, so nothing can be said about the passphrase.'
        : 'The handshake ended before the access point could show what it thinks of the passphrase.';
  return [warning('passphrase.unknown', text, begins)];
};
