import {
  type Log,
  type NumberedLogEntry,
  type ReplayOptions,
  type ReplayResult,
  readLog,
  replay as replayLog,
  replayPaced,
} from '../../event-log/index.js';
import { type Arguments, type Command, ExitStatus, isSet, logOfArguments, nameOfLog, textOf, textsOf } from '../Command.js';
import { coloursOf } from '../colours.js';
import type { Io } from '../Io.js';
import { loadMethods } from '../methods.js';
import { speedOf } from '../pace.js';
import { reportAllBroken, reportNoLog } from '../text/reportBroken.js';
import { differenceJson, showDifference } from '../text/showDifference.js';
import { type Showing, showEntry, showTime } from '../text/showEntry.js';

const statusOf = ({ same, redacted, broken }: ReplayResult): number => {
  if (redacted !== undefined || broken.count > 0) return ExitStatus.unreadable;
  return same ? ExitStatus.good : ExitStatus.bad;
};

const asJson = ({ difference, ...result }: ReplayResult, showing: Showing): string =>
  `${JSON.stringify({ ...result, ...(difference && { difference: differenceJson(difference, showing) }) })}\n`;

const asText = (name: string, { difference, inputs, effects, ignored }: ReplayResult, showing: Showing, io: Io): string => {
  const colours = coloursOf(io);
  if (difference !== undefined) return showDifference(name, difference, showing, colours);
  const remarks = ignored.diagnostics === 0 ? '' : ` (${ignored.diagnostics} diagnostic lines were not compared)`;
  return `${name}: ${colours.good('the same')}: ${inputs} inputs, ${effects} effects${remarks}\n`;
};

const report = (name: string, result: ReplayResult, isJson: boolean, showing: Showing, io: Io): number => {
  const { redacted, broken, inputs, effects } = result;
  const isNoLog = inputs + effects === 0 && broken.count > 0;
  reportAllBroken(io, name, broken);
  if (isNoLog) reportNoLog(io, name);
  if (redacted !== undefined)
    io.err(
      `postassoc: ${name}:${redacted.n}: cannot be replayed from here: ${redacted.path} was redacted when the log was recorded; record it with its secrets\n`,
    );
  if (isJson) io.out(asJson(result, showing));
  else if (redacted === undefined && !isNoLog) io.out(asText(name, result, showing, io));
  return statusOf(result);
};

/** Prints each line as it is replayed, as long as somebody reads. */
const playAloud = (log: Log, speed: number, options: ReplayOptions, showing: Showing, io: Io): Promise<ReplayResult> => {
  const reader = new AbortController();
  const watch = ({ n, entry }: NumberedLogEntry): void => {
    const line = `${String(n).padStart(8)}  ${showTime(entry.at).padStart(18)}  ${showEntry(entry, showing)}\n`;
    if (!io.out(line)) reader.abort();
  };
  return replayPaced(log, speed, { ...options, watch, signal: reader.signal });
};

const fail = (io: Io, problem: string): number => {
  io.err(`postassoc: ${problem}\n`);
  return ExitStatus.unreadable;
};

const run = async (args: Arguments, io: Io): Promise<number> => {
  const path = logOfArguments(args);
  const speed = speedOf(textOf(args, 'pace') ?? 'instant');
  const isJson = isSet(args, 'json');
  const showing = { secrets: isSet(args, 'show-secrets') };
  const methods = await loadMethods(textsOf(args, 'method'), io.cwd);
  if (methods._tag === 'Left') return fail(io, methods.left);
  const source = io.open(path);
  if (source._tag === 'Left') return fail(io, source.left);
  const log = readLog(source.right);
  const options = { methods: methods.right, ignoreTimes: isSet(args, 'ignore-times') };
  const isInstant = speed === Number.POSITIVE_INFINITY;
  const play = () => (isInstant ? replayLog(log, options) : replayPaced(log, speed, options));
  const result = await (isInstant || isJson ? play() : playAloud(log, speed, options, showing, io));
  return report(nameOfLog(path), result, isJson, showing, io);
};

/** `postassoc replay`: the engine against a recorded log. */
export const replay: Command = {
  usage: 'LOG [--pace PACE] [--method METHOD]... [--json] [--ignore-times] [--show-secrets]',
  options: {
    pace: { type: 'string' },
    method: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    'ignore-times': { type: 'boolean' },
    'show-secrets': { type: 'boolean' },
  },
  details: `LOG is an event log (NDJSON) recorded with its secrets, or - for standard input. The engine runs on the log's time, and stops at
the first difference. Everything is compared but diagnostic lines.

Options:
  --pace PACE      instant (default), original, or a factor such as x10; lines are printed as they are replayed
  --method METHOD  a security method the log was recorded with: rsn (WPA, WPA2 and WPA3; rsn:offload if the radio renews
                   group keys while the machine sleeps), wired (802.1X; wired:10 if it rested for 10 s after a refusal),
                   vendor (the example that comes with postassoc), open, or the path of a module that exports one.
                   May be repeated; default: vendor. open is always added
  --ignore-times   compare what was done, not when
  --json           one object: same, inputs, effects, and where there is one difference
  --show-secrets   show keys and other secrets where they differ

Exit status:
  0  the same
  1  different
  2  the log, or some lines of it, could not be read, or its secrets were redacted

Examples:
  postassoc replay run.ndjson
  postassoc replay run.ndjson --method rsn
  postassoc replay run.ndjson --method ./build/myMethod.js
  postassoc replay run.ndjson --pace x10`,
  run,
};
