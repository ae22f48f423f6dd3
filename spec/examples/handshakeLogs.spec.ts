import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readLogEntry } from '../../streams/events/index.js';
import { runOver } from '../adapters/cli/testIo.js';
import type { Fixture } from '../support/shadow/fixture.js';
import { recordedLog } from '../support/shadow/recordedLog.js';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const fixture = (name: string): Fixture => JSON.parse(readFileSync(fileOf(`../real/fixtures/${name}.json`), 'utf8')) as Fixture;
const logOf = (name: string): string => fileOf(`../../examples/logs/${name}.ndjson`);

/** The logs in examples/logs that were made from recordings of real access points. */
const logs: ReadonlyArray<readonly [log: string, fixture: string, completions: ReadonlyArray<number>]> = [
  ['wpa2-psk-rekeys', 'wpa2-psk-ptk-rekey', [0]],
  ['wpa3-sae', 'wpa3-sae', [0]],
  ['wpa1-tkip', 'wpa1-tkip', [0]],
  ['forged-message-1', 'adv-forged-m1', [0]],
  ['wrong-passphrase', 'wpa2-psk-wrongpass', [0x48014]],
];

describe('the logs of handshakes (UPDATE_LOGS=1 writes them anew)', () => {
  for (const [log, name, reasons] of logs) {
    it(`${log}.ndjson is what the engine does in the place of that station`, () => {
      const lines = recordedLog(fixture(name));
      if (process.env['UPDATE_LOGS'] === '1') writeFileSync(logOf(log), `${lines.join('\n')}\n`);
      expect(readFileSync(logOf(log), 'utf8').trimEnd().split('\n')).to.deep.equal(lines.map((line) => line.trimEnd()));
    });

    it(`${log}.ndjson completes with ${reasons.map((reason) => `0x${reason.toString(16)}`).join(', ')}`, () => {
      const entries = readFileSync(logOf(log), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => readLogEntry(line));
      const told = entries.flatMap((entry) =>
        entry._tag === 'Right' && entry.right.event.kind === 'postAssociateCompletion' ? [entry.right.event.reason] : [],
      );
      expect(told).to.deep.equal(reasons);
    });

    it(`${log}.ndjson breaks no rule of the contract, and replays`, async () => {
      const text = readFileSync(logOf(log), 'utf8');
      const [checked, replayed] = [await runOver(text, ['check', '-']), await runOver(text, ['replay', '-', '--method', 'rsn'])];
      expect(checked, checked.out).to.include({ status: 0 });
      expect(replayed, replayed.out).to.include({ status: 0 });
    });
  }
});
