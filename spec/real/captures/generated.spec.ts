import { expect } from 'chai';
import { type ConnectionRead, readingOf } from '../../support/captureReading.js';
import {
  complaintsAbout,
  type Generated,
  generated,
  possibleConnections,
  type TrueSession,
  whyNoGenerator,
} from '../../support/generated.js';

const MIXED = ['--wrong-psk', '0.15', '--disassoc-mid', '0.2', '--retx', '0.2', '--group-rekey', '0.3', '--group-data', '0.2'];

const connectionsBySession = ({ file, credentials }: Generated): ReadonlyMap<string, ReadonlyArray<ConnectionRead>> => {
  const byStation = new Map<string, ConnectionRead[]>();
  for (const connection of readingOf(file, credentials).connections) {
    const { station } = connection.explanation;
    byStation.set(station, [...(byStation.get(station) ?? []), connection]);
  }
  return byStation;
};

/** Of each session what is not as it was made up. */
const complaints = (made: Generated): ReadonlyArray<string> => {
  const byStation = connectionsBySession(made);
  const ofSession = (session: TrueSession): ReadonlyArray<string> => {
    const connections = byStation.get(session.sta) ?? [];
    const [only] = connections;
    if (!possibleConnections(session).includes(connections.length))
      return [`${connections.length} connections of ${session.sta}`];
    return only === undefined ? [] : complaintsAbout(session, only).map((each) => `${session.sta} ${session.outcome}: ${each}`);
  };
  return [
    ...made.truth.sessions.flatMap(ofSession),
    ...[...byStation.keys()].filter((station) => !made.truth.sessions.some(({ sta }) => sta === station)),
  ];
};

describe('generated captures: of every session the outcome, the messages and the keys that were made up', () => {
  before(function () {
    const why = whyNoGenerator();
    if (why !== undefined) {
      process.stdout.write(`      skipped: ${why}\n`);
      this.skip();
    }
  });

  for (const [what, ...options] of [
    ['nothing goes wrong', '--sessions', '500', '--seed', '3', '--group-rekey', '0.5', '--pmkid'],
    ['everything goes wrong', '--sessions', '1000', '--seed', '11', '--aps', '5', '--pmkid', ...MIXED],
    ['3 % are lost', '--sessions', '1500', '--seed', '12', '--loss', '0.03', '--aps', '3', '--linktype', '105', ...MIXED],
    ['30 % are lost', '--sessions', '800', '--seed', '13', '--loss', '0.3', '--data', '2', '--linktype', '119', ...MIXED],
    ['PSK-SHA256 and PMF', '--sessions', '800', '--seed', '14', '--akm', 'psk-sha256', '--linktype', '192', ...MIXED],
    ['PSK-SHA256 and loss', '--sessions', '800', '--seed', '15', '--akm', 'psk-sha256', '--loss', '0.1', ...MIXED],
    ['sessions that overlap', '--sessions', '500', '--seed', '16', '--step', '0.0002', '--loss', '0.05', '--aps', '20', ...MIXED],
  ] as const) {
    it(what, () => {
      expect(complaints(generated(...options)).slice(0, 20)).to.deep.equal([]);
    });
  }

  it('of what Ethernet carries of them: the messages in the clear, and the keys', () => {
    const made = generated('--sessions', '500', '--seed', '17', '--linktype', '1', ...MIXED);
    const byStation = connectionsBySession(made);
    for (const { sta, outcome, derivable, tk, frames = [] } of made.truth.sessions) {
      const [only, ...others] = byStation.get(sta) ?? [];
      expect(others).to.deep.equal([]);
      expect(only?.sightings.map(({ frame }) => frame) ?? [], sta).to.deep.equal(frames.map(([frame]) => frame));
      expect(only?.tks ?? [], sta).to.deep.equal(derivable ? [tk] : []);
      if (outcome === 'completed') expect(only?.explanation.outcome, sta).to.equal('authorized');
      else expect(only?.explanation.outcome, sta).to.not.equal('authorized');
    }
  });
});
