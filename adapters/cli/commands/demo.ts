import { playDemo, vendorPacketName } from '../../../examples/demo.js';
import { type LogEntry, readLogEntry } from '../../../streams/events/index.js';
import { type Arguments, type Command, ExitStatus, isSet, textOf, UsageError } from '../Command.js';
import { coloursOf } from '../colours.js';
import type { Io } from '../Io.js';
import { speedOf } from '../pace.js';
import { portTable } from '../portTable.js';
import { type Paint, paintOf, timeline } from '../timeline.js';

/** On a terminal the demonstration moves, and is over in a few seconds. */
const WATCHABLE = 'x5';

const wait = (ms: number): Promise<void> => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve());

type Run = ReturnType<typeof playDemo>;

/** Something to print, and when. */
interface Line {
  readonly at: number;
  readonly text: string;
}

const entriesOf = ({ lines }: Run): ReadonlyArray<LogEntry> =>
  lines.flatMap((line) => {
    const entry = readLogEntry(line);
    return entry._tag === 'Right' ? [entry.right] : [];
  });

/** The recording as it is, for programs. */
const recording = (run: Run): ReadonlyArray<Line> => {
  const entries = entriesOf(run);
  return run.lines.map((text, i) => ({ at: entries[i]?.at ?? 0, text }));
};

const chapterLines = ({ chapters }: Run, paint: Paint): ReadonlyArray<Line> =>
  chapters.flatMap(({ at, title }) => [
    { at, text: '' },
    { at, text: paint('heading', title) },
  ]);

/** Headings come before the lines of their moment. */
const story = (run: Run, paint: Paint, options: Parameters<typeof timeline>[0]): ReadonlyArray<Line> => {
  const line = timeline({ ...options, packetNames: vendorPacketName });
  const told = entriesOf(run).flatMap((entry) => {
    const text = line(entry);
    return text === undefined ? [] : [{ at: entry.at, text }];
  });
  return [...chapterLines(run, paint), ...told].sort((a, b) => a.at - b.at);
};

const counted = (outstanding: Run['outstanding']): string =>
  Object.entries({ ...outstanding })
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const ending = (run: Run, paint: Paint): ReadonlyArray<string> => [
  '',
  paint('heading', 'Ports'),
  ...portTable(entriesOf(run)).map((row) => `  ${row}`),
  '',
  paint('heading', 'Not given back'),
  `  ${counted(run.outstanding)}`,
  `  effects of ports that had ended: ${run.stale}; calls the host objected to: ${run.remarks.length}`,
];

const isClean = ({ outstanding, stale, remarks }: Run): boolean =>
  Object.values({ ...outstanding }).every((count) => count === 0) && stale === 0 && remarks.length === 0;

const LEGEND = '──▶ the host calls   ╌╌▶ it answers, a driver indicates   ◀── the engine calls   · a remark';

const COLUMNS = 100;

const print = async (lines: ReadonlyArray<Line>, speed: number, io: Io): Promise<void> => {
  let at = 0;
  for (const line of lines) {
    await wait((line.at - at) / 1000 / speed);
    at = line.at;
    if (!io.out(`${line.text}\n`)) return;
  }
};

const run = async (args: Arguments, io: Io): Promise<number> => {
  if (args.positionals.length > 0) throw new UsageError('it takes no argument');
  const isJson = isSet(args, 'json');
  const speed = speedOf(textOf(args, 'pace') ?? (io.isTerminal && !isJson ? WATCHABLE : 'instant'));
  const played = playDemo();
  const status = isClean(played) ? ExitStatus.good : ExitStatus.bad;
  if (isJson) {
    await print(recording(played), speed, io);
    return status;
  }
  const colour = coloursOf(io).faint('') !== '';
  const paint = paintOf(colour);
  const columns = io.isTerminal ? (process.stdout.columns ?? COLUMNS) : COLUMNS;
  io.out(`${paint('faint', LEGEND)}\n`);
  await print(story(played, paint, { colour, columns }), speed, io);
  io.out(`${ending(played, paint).join('\n')}\n`);
  return status;
};

/** `postassoc demo`: a station's day, played in memory. */
export const demo: Command = {
  usage: '[--pace PACE] [--json]',
  options: { pace: { type: 'string' }, json: { type: 'boolean' } },
  details: `Nothing is needed and nothing is touched: the host, the access points and the air are models, the time is logical, and each run
is the same. Calls that were accepted are not shown a second time when they return.

Options:
  --pace PACE  instant, original, or a factor such as x10; by default ${WATCHABLE} on a terminal, instant elsewhere
  --json       the recording, one line an event, with its (made-up) secrets: what postassoc replay and check read

Exit status:
  0  everything was given back, and the host had no objection
  1  otherwise

Examples:
  postassoc demo
  postassoc demo --pace original
  postassoc demo --json | postassoc check -`,
  run,
};
