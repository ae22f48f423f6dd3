import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { from, map } from 'rxjs';
import { demo } from '../../../adapters/cli/commands/demo.js';
import type { Io } from '../../../adapters/cli/Io.js';
import { bytesOf, logOf, replay } from '../../../adapters/event-log/index.js';
import { playDemo } from '../../../examples/demo.js';
import { vendor } from '../../../examples/vendorMethod.js';
import { checkContract } from '../../../operators/checkContract.js';
import type { Violation } from '../../../operators/core/contract/Violation.js';
import { type LogEntry, readLogEntry, type Secret } from '../../../streams/events/index.js';

const BUNDLED = fileURLToPath(new URL('../../../examples/logs/demo.ndjson', import.meta.url));

const entriesOf = (lines: ReadonlyArray<string>): ReadonlyArray<LogEntry> =>
  lines.map((line) => {
    const entry = readLogEntry(line);
    if (entry._tag === 'Left') throw new Error(entry.left);
    return entry.right;
  });

/** Runs the command; what it printed, and its exit status. */
const run = async (values: Record<string, string | boolean>, outside: Partial<Io> = {}) => {
  const printed: string[] = [];
  const io: Io = {
    out: (text) => printed.push(text) > 0,
    err: () => {},
    open: () => ({ _tag: 'Right', right: bytesOf(new Uint8Array(0)) }),
    env: {},
    isTerminal: false,
    isErrTerminal: false,
    now: () => 0,
    cwd: '/',
    ...outside,
  };
  const status = await demo.run({ values, positionals: [] }, io);
  return { status, text: printed.join('') };
};

const violationsOf = (entries: ReadonlyArray<LogEntry>): ReadonlyArray<Violation> => {
  const violations: Violation[] = [];
  from(entries)
    .pipe(
      map((entry, i) => ({ ...entry, n: i + 1 })),
      checkContract(),
    )
    .subscribe((violation) => violations.push(violation));
  return violations;
};

/** Every secret a recording holds, however deep. */
const secretsIn = (value: unknown): ReadonlyArray<Secret> => {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('reveal' in value && typeof value.reveal === 'function') return [value as Secret];
  return Object.values(value).flatMap(secretsIn);
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the recording of the demonstration (UPDATE_DEMO=1 writes it anew)', () => {
  const { lines, outstanding, stale, remarks } = playDemo();

  if (process.env['UPDATE_DEMO'] === '1') writeFileSync(BUNDLED, `${lines.join('\n')}\n`);

  it('is the bundled one', () => {
    expect(`${lines.join('\n')}\n`).to.equal(readFileSync(BUNDLED, 'utf8'));
  });

  it('is the same in every run', () => {
    expect(playDemo().lines).to.deep.equal(lines);
  });

  it('replays to the same effects', () => {
    const result = replay(logOf(entriesOf(lines)), { methods: [vendor] });
    expect(result.difference).to.equal(undefined);
    expect(result.same).to.equal(true);
    expect(result.effects).to.equal(
      entriesOf(lines).filter(({ dir, event }) => dir === 'out' && event.kind !== 'diagnostic').length,
    );
  });

  it('keeps to the contract', () => {
    expect(violationsOf(entriesOf(lines))).to.deep.equal([]);
  });

  it('gives everything back, and the host has no objection', () => {
    expect(Object.values({ ...outstanding }).filter((count) => count !== 0)).to.deep.equal([]);
    expect(stale).to.equal(0);
    expect(remarks).to.deep.equal([]);
  });

  it('tells of two ports that were authorised, of a rekey, and of remarks with their rules', () => {
    const events = entriesOf(lines).map(({ event }) => event);
    const completions = events.filter((event) => event.kind === 'postAssociateCompletion');
    expect(completions.map(({ session, win32 }) => [session, win32])).to.deep.equal([
      ['0x1', 0],
      ['0x2', 0],
    ]);
    const groups = events.filter((event) => event.kind === 'setDefaultKey');
    expect(groups.map(({ session, keyIndex }) => [session, keyIndex])).to.deep.equal([
      ['0x1', 1],
      ['0x1', 2],
      ['0x2', 1],
    ]);
    const rules = events.filter((event) => event.kind === 'diagnostic').map(({ rule }) => rule);
    expect(rules).to.deep.equal(['R90', 'R87']);
  });
});

describe('postassoc demo', () => {
  it('prints its recording for programs', async () => {
    const { status, text } = await run({ json: true });
    expect(status).to.equal(0);
    expect(text).to.equal(readFileSync(BUNDLED, 'utf8'));
  });

  it('prints a line for every event that matters, then the ports and the books', async () => {
    const { status, text } = await run({});
    expect(status).to.equal(0);
    expect(text).to.match(/^ {2}0\.357600 ◀── postAssociateCompletion 0x1 {2}02:00:00:00:00:01 {2}AUTHORISED$/m);
    expect(text).to.match(/^ 11\.800000 ──▶ stopPostAssociate +02:00:00:00:00:01 {2}DISASSOCIATED_BY_ROAMING \(0x00000008\)$/m);
    expect(text).to.match(/^ 11\.802400 {3}· R87 +a packet of 02:00:00:00:00:01 was dropped/m);
    expect(text).to.match(/^ {2}0x2 +02:00:00:00:00:02 +11\.800 +authorised 11\.808 +2 +2\/2 +stopPostAssociate 18\.500$/m);
    expect(text).to.include('ports 0, calls 0, packets 0, uiRequests 0, buffers 0, timers 0');
  });

  it('fits a terminal of 100 columns, each event on one line', async () => {
    const { text } = await run({});
    expect(text.split('\n').filter((line) => [...line].length > 100)).to.deep.equal([]);
    const [story = ''] = text.split('\nPorts\n');
    expect(story.split('\n').filter((line) => line.startsWith(' '.repeat(12)))).to.deep.equal([]);
  });

  it('R11: shows no secret', async () => {
    const { text } = await run({});
    const secrets = entriesOf(playDemo().lines).flatMap(({ event }) => secretsIn(event));
    expect(secrets.length).to.be.greaterThan(8);
    const shown = secrets.filter((secret) => text.includes(hex(secret.reveal()).slice(0, 8)));
    expect(shown.map(({ length }) => length)).to.deep.equal([]);
    expect(text).to.include('[redacted 16 B]');
    expect(text).to.not.include('battery staple');
  });

  it('has colours on a terminal only, and none with NO_COLOR', async () => {
    const instant = { pace: 'instant' };
    const control = '\u001b';
    expect((await run(instant)).text).to.not.include(control);
    expect((await run(instant, { isTerminal: true })).text).to.include(control);
    expect((await run(instant, { isTerminal: true, env: { NO_COLOR: '1' } })).text).to.not.include(control);
  });

  it('says the same at any pace', async () => {
    expect((await run({ pace: 'x1000000' })).text).to.equal((await run({})).text);
  });

  it('goes no further once nobody reads', async () => {
    let lines = 0;
    await run({ json: true }, { out: () => ++lines < 3 });
    expect(lines).to.equal(3);
  });

  it('refuses a pace that is none, and arguments', async () => {
    const outcome = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'ran',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    expect(await outcome(run({ pace: 'fast' }))).to.match(/^--pace is instant, original, or a factor/);
    expect(await outcome(Promise.resolve(demo.run({ values: {}, positionals: ['x'] }, {} as Io)))).to.equal(
      'it takes no argument',
    );
  });
});
