import { reinstallations } from '../judge/afterOpening.js';
import { farewellStorm, forgedMessage1s, framesOf, vainOpenings } from '../judge/sightings.js';
import { error, type FindingReader, info, nameOfSpeaker, sentence, times, warning, when } from './finding.js';

const forged: FindingReader = (connection, { cause }) =>
  connection.handshakes
    .map((handshake) => forgedMessage1s(connection, handshake))
    .filter(({ length }) => length > 0)
    .map((others) =>
      (cause === 'forgedFrame' ? error : warning)(
        'attack.forgedMessage1',
        `Message 1 came under ${others.length + 1} different nonces: somebody forges it, to make the station derive a wrong key. It proves nothing about the passphrase.`,
        framesOf(others),
      ),
    );

const vain: FindingReader = (connection, { outcome }) => {
  const frames = framesOf(vainOpenings(connection).flatMap(({ messages }) => messages.flat()));
  return when(outcome === 'authorized' && frames.length > 0, () =>
    warning(
      'attack.handshakeInTheClear',
      `Messages of a handshake came in the clear ${times(frames.length)} after the port was open, and the station did not answer: most likely forged.`,
      frames,
    ),
  );
};

/** A message 3 in the clear under a counter that was used, after the handshake was through. */
const replayed: FindingReader = ({ handshakes }) =>
  handshakes.flatMap(({ messages, isComplete }) => {
    const through = messages[3].find(({ mic }) => mic !== 'invalid');
    const again = messages[2].filter(
      ({ frame, faults }) => through !== undefined && frame > through.frame && faults.some(({ code }) => code === 'REPLAYED'),
    );
    return when(isComplete && again.length > 0, () =>
      warning(
        'attack.replayedMessage3',
        `An old message 3 was sent ${times(again.length)} after the handshake was through: somebody replays it. A station that checks the counter is not harmed.`,
        framesOf(again),
      ),
    );
  });

const reinstalled: FindingReader = (connection) => {
  const again = reinstallations(connection);
  const [first] = again;
  if (first === undefined) return [];
  const text =
    `The packet numbers of ${nameOfSpeaker(first.from)} began anew under the same key (${first.pn} after ${first.highest}): ` +
    'the key was installed a second time, so key stream repeats, and the receiver drops these frames as replays.';
  return [error('attack.keyReinstallation', text, framesOf(again))];
};

const replayedData: FindingReader = (connection) => {
  const known = new Set(reinstallations(connection));
  const others = connection.reuses.filter((reuse) => !known.has(reuse));
  const [first] = others;
  return first === undefined
    ? []
    : [
        warning(
          'attack.replayedData',
          `${sentence(nameOfSpeaker(first.from))}’s packet numbers repeat ${times(others.length)} under one key: frames are replayed, or the capture has them twice.`,
          framesOf(others),
        ),
      ];
};

const spoofed: FindingReader = ({ farewells, saQueries }) => {
  const disbelieved = farewells.filter(({ isBelieved }) => !isBelieved);
  const asked = saQueries.length > 0 ? ' An SA Query followed, as it should.' : '';
  return when(disbelieved.length > 0, () =>
    warning(
      'attack.spoofedFarewell',
      `A farewell in the clear came ${times(disbelieved.length)} on a connection with protected management frames: most likely forged, and not believed.${asked}`,
      framesOf(disbelieved),
    ),
  );
};

const storm: FindingReader = (connection, { outcome }) => {
  const farewells = farewellStorm(connection);
  return when(farewells.length > 0, () =>
    (outcome === 'authorized' ? warning : error)(
      'attack.farewellStorm',
      `Within a second came ${farewells.length} farewells, far more than anybody needs: most likely they are forged in the name of the access point.`,
      framesOf(farewells),
    ),
  );
};

const strays: FindingReader = ({ strays: seen }) =>
  when(seen.length > 0, () =>
    info(
      'attack.strays',
      `EAPOL-Key packets that belong to no handshake came ${times(seen.length)}: ${seen[0]?.fault.detail ?? 'malformed'}`,
      framesOf(seen.slice(0, 16)),
    ),
  );

/** Signs that somebody meddles, or that keys are handled in a dangerous way. */
export const attackFindings: FindingReader = (...seen) => [
  ...forged(...seen),
  ...vain(...seen),
  ...replayed(...seen),
  ...reinstalled(...seen),
  ...replayedData(...seen),
  ...spoofed(...seen),
  ...storm(...seen),
  ...strays(...seen),
];
