import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { NumberedEntry } from '../../../../operators/core/contract/Violation.js';
import { readLogEntry } from '../../../../streams/events/index.js';
import { check } from './story.js';

const LOGS = new URL('../../../../examples/logs/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, LOGS), 'utf8');

const readLog = (name: string): ReadonlyArray<NumberedEntry> =>
  read(`${name}.ndjson`)
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const entry = readLogEntry(line);
      if (entry._tag === 'Left') throw new Error(`${name}, line ${index + 1}: ${entry.left}`);
      return { ...entry.right, n: index + 1 };
    });

interface Planted {
  readonly rule: string;
  readonly event: number;
}

const byEvent = (a: Planted, b: Planted): number => a.event - b.event || a.rule.localeCompare(b.rule);
const verdicts = (found: ReadonlyArray<Planted>): ReadonlyArray<string> =>
  [...found].sort(byEvent).map(({ rule, event }) => `${rule} at ${event}`);

describe('contract: the logs of the examples', () => {
  for (const name of ['clean-psk', 'clean-onex', 'clean-roam-reset', 'clean-wdi-roam'])
    it(`${name} breaks nothing`, () => {
      expect(verdicts(check(readLog(name)))).to.deep.equal([]);
    });

  const expected = JSON.parse(read('violations.expected.json')) as ReadonlyArray<Planted>;

  it('violations breaks exactly what was planted in it', () => {
    expect(verdicts(check(readLog('violations')))).to.deep.equal(verdicts(expected));
  });

  it('violations has more than twenty rules broken, each once', () => {
    expect(expected).to.have.length.above(20);
    expect(new Set(expected.map(({ rule }) => rule)).size).to.equal(expected.length);
  });

  it('a planted log never shows a key', () => {
    expect(read('violations.ndjson')).not.to.match(/"secret"/);
  });
});
