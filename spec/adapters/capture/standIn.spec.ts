import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { openCapture, readCredentials, standIn } from '../../../adapters/capture/index.js';
import { bulkCrypto } from '../../../adapters/crypto/index.js';
import { openBytes, replay } from '../../../adapters/event-log/index.js';
import {
  type Connection,
  type Credential,
  explainConnection,
  open,
  readConnections,
  rsnMethods,
} from '../../../operators/core/index.js';
import { type LogEntry, readLogEntry } from '../../../streams/events/index.js';
import { captureOf, LAB_KEYS } from '../cli/explainIo.js';
import { logOfLines } from '../event-log/logText.js';

const labCredentials = (): ReadonlyArray<Credential> => readCredentials(readFileSync(LAB_KEYS, 'utf8'), 'lab.keys').credentials;

interface Played {
  readonly lines: ReadonlyArray<string>;
  readonly outcomes: ReadonlyArray<string>;
}

/** Lets the engine stand in for the stations of a capture. */
const played = (name: string, credentials: ReadonlyArray<Credential>): Played => {
  const lines: string[] = [];
  const outcomes: string[] = [];
  const engine = standIn({ write: (line) => lines.push(line), secrets: 'reveal', credentials });
  const attend = (connection: Connection): void => {
    engine.play(connection);
    outcomes.push(explainConnection(connection).outcome);
  };
  const reader = readConnections({ crypto: bulkCrypto, credentials, isTaped: true }, attend);
  const source = openBytes(captureOf(name));
  const capture = source._tag === 'Right' ? openCapture(source.right) : undefined;
  if (capture?._tag !== 'Right') throw new Error(`${name} cannot be read`);
  for (const batch of capture.right.batches()) reader.take(batch);
  reader.finish();
  engine.end();
  return { lines, outcomes };
};

const entriesOf = (lines: ReadonlyArray<string>): ReadonlyArray<LogEntry> =>
  lines.map((line) => {
    const entry = readLogEntry(line);
    if (entry._tag === 'Left') throw new Error(entry.left);
    return entry.right;
  });

const reasonsOf = (lines: ReadonlyArray<string>): ReadonlyArray<number> =>
  entriesOf(lines).flatMap(({ event }) => (event.kind === 'postAssociateCompletion' ? [event.reason] : []));

const PSK_MISMATCH_SUSPECTED = 0x48014;
const SUCCESS = 0;

describe('an engine in the place of captured stations', () => {
  const told: ReadonlyArray<readonly [name: string, reasons: ReadonlyArray<number>, installs: number]> = [
    ['pairwise-rekeys.pcap', [SUCCESS], 3],
    ['fast-transition.pcap', [SUCCESS, SUCCESS, SUCCESS], 3],
    ['wrong-passphrase.pcap', [PSK_MISMATCH_SUSPECTED], 0],
    // The supplicant of the capture gave up where the engine gets through.
    ['forged-message-1.pcap', [SUCCESS], 1],
    ['access-point-gone.pcap', [SUCCESS], 1],
    ['spoofed-deauthentication.pcap', [SUCCESS], 1],
    // SAE failed: nothing was ever associated.
    ['wrong-sae-password.pcap', [], 0],
    // The server refused: no key was made, and 802.1X says why.
    ['wrong-802.1x-password.pcap', [0x50005], 0],
    // A wire has no association.
    ['wired-802.1x.pcap', [], 0],
  ];
  for (const [name, reasons, installs] of told) {
    it(`completes as it must, and installs ${installs} pairwise keys: ${name}`, () => {
      const { lines } = played(name, labCredentials());
      expect(reasonsOf(lines)).to.deep.equal(reasons);
      expect(entriesOf(lines).filter(({ event }) => event.kind === 'setKeyMappingKey')).to.have.length(installs);
    });

    it(`writes a log that replays: ${name}`, () => {
      const { lines } = played(name, labCredentials());
      const result = replay(logOfLines(lines), { methods: [...rsnMethods({ crypto: bulkCrypto }), open] });
      expect(result).to.include({ same: true });
    });
  }

  it('is up wherever the station was', () => {
    const { lines, outcomes } = played('five-stations.pcap', labCredentials());
    const ups = reasonsOf(lines).filter((reason) => reason === SUCCESS);
    expect(ups).to.have.length(outcomes.filter((outcome) => outcome === 'authorized').length);
  });

  it('begins each connection with the frame it began with as its handle', () => {
    const { lines } = played('wrong-passphrase.pcap', labCredentials());
    const handles = entriesOf(lines).flatMap(({ event }) => (event.kind === 'initAdapter' ? [event.adapter] : []));
    expect(handles).to.deep.equal(['0x9']);
  });

  it('gives up without a secret, and says so', () => {
    expect(reasonsOf(played('access-point-gone.pcap', []).lines)).to.not.include(SUCCESS);
  });
});
