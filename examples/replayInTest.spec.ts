/** A recording from the field as a test: the engine, with our method, must do today what it did then. */
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type Effect, type LogEntry, type SecurityMethod, stay } from 'postassoc';
import { logOf, openBytes, readLog, replay } from 'postassoc/event-log';
import { vendor } from './vendorMethod.js';

const RECORDING = fileURLToPath(new URL('./logs/demo.ndjson', import.meta.url));

const recorded = (): ReadonlyArray<LogEntry> => {
  const source = openBytes(RECORDING);
  if (source._tag === 'Left') throw new Error(source.left);
  const lines = [...readLog(source.right)].flat();
  return lines.flatMap(({ entry }) => (entry._tag === 'Right' ? [entry.right] : []));
};

const isSend = ({ event }: LogEntry): boolean => event.kind === 'sendPacket';

describe('a recording of the vendor method', () => {
  it('replays to the same effects, at the same times', () => {
    const { same, difference, effects } = replay(logOf(recorded()), { methods: [vendor] });
    expect(difference).to.equal(undefined);
    expect(same).to.equal(true);
    expect(effects).to.equal(20);
  });

  it('shows where a changed method goes another way', () => {
    const mute: SecurityMethod = { ...vendor, step: stay };
    const { same, difference } = replay(logOf(recorded()), { methods: [mute] });
    expect(same).to.equal(false);
    expect(difference?.what).to.equal('missing');
  });

  it('shows which field of an effect differs', () => {
    const entries = recorded();
    const first = entries.findIndex(isSend);
    const edited = entries.map((entry, i): LogEntry => {
      if (i !== first || entry.dir !== 'out' || entry.event.kind !== 'sendPacket') return entry;
      const event: Effect = { ...entry.event, payload: entry.event.payload.with(8, 0) };
      return { ...entry, event };
    });
    const { difference } = replay(logOf(edited), { methods: [vendor] });
    expect(difference?.what).to.equal('differs');
    expect(difference?.line?.n).to.equal(first + 1);
    if (difference?.what === 'differs') expect(difference.field.path).to.equal('payload');
  });
});
