import { concatMap, from, takeWhile } from 'rxjs';
import type { NumberedEntry, Violation } from '../../../operators/core/index.js';
import { checkContract } from '../../../operators/index.js';
import { BrokenLines, type ByteSource, ForeignTrace, type Log, type LogLine, readLog } from '../../event-log/index.js';
import { type Arguments, type Command, ExitStatus, isSet, logOfArguments, nameOfLog } from '../Command.js';
import { type Colours, coloursOf } from '../colours.js';
import type { Io } from '../Io.js';
import { RecentEntries } from '../RecentEntries.js';
import { reportBroken, reportMoreBroken, reportNoLog } from '../text/reportBroken.js';
import { showViolation } from '../text/showViolation.js';

/** A log being checked: what was read, what was found. */
class Inspection {
  readonly #io: Io;
  readonly #name: string;
  readonly #colours: Colours;
  readonly #json: boolean;
  readonly #broken = new BrokenLines();
  readonly #recent = new RecentEntries();
  readonly #byRule = new Map<string, number>();
  #entries = 0;
  #violations = 0;

  constructor(name: string, json: boolean, io: Io) {
    this.#name = name;
    this.#json = json;
    this.#io = io;
    this.#colours = coloursOf(io);
  }

  run(log: Log): number {
    from(log)
      .pipe(
        concatMap((lines) => this.#sift(lines)),
        checkContract(),
        takeWhile((violation) => this.#report(violation)),
      )
      .subscribe();
    reportMoreBroken(this.#io, this.#name, this.#broken);
    if (this.#isNoLog()) reportNoLog(this.#io, this.#name);
    if (!this.#json) this.#io.out(this.#summary());
    if (this.#broken.count > 0) return ExitStatus.unreadable;
    return this.#violations > 0 ? ExitStatus.bad : ExitStatus.good;
  }

  #isNoLog(): boolean {
    return this.#entries === 0 && this.#broken.count > 0;
  }

  #sift(lines: ReadonlyArray<LogLine>): ReadonlyArray<NumberedEntry> {
    const entries: NumberedEntry[] = [];
    for (const line of lines) {
      const read = this.#broken.sift(line);
      if (read === undefined) reportBroken(this.#io, this.#name, this.#broken);
      else entries.push(this.#numbered(read.n, { ...read.entry, n: read.n }));
    }
    return entries;
  }

  #numbered(n: number, entry: NumberedEntry): NumberedEntry {
    this.#entries++;
    this.#recent.add(n, entry);
    return entry;
  }

  #report(violation: Violation): boolean {
    const { rule } = violation;
    this.#violations++;
    this.#byRule.set(rule, (this.#byRule.get(rule) ?? 0) + 1);
    const recall = (n: number) => this.#recent.find(n);
    return this.#io.out(this.#json ? `${JSON.stringify(violation)}\n` : showViolation(violation, recall, this.#colours));
  }

  #summary(): string {
    const { good, bad } = this.#colours;
    const rules = [...this.#byRule].map(([rule, count]) => (count === 1 ? rule : `${rule} ×${count}`)).join(', ');
    const found = this.#violations === 0 ? good('no violation') : bad(`${this.#violations} found: ${rules}`);
    const unread = this.#broken.count === 0 ? '' : `, ${this.#broken.count} could not be read`;
    return `${this.#name}: ${this.#entries} entries${unread}${this.#isNoLog() ? '' : `; ${found}`}\n`;
  }
}

/** The log may be another's, who need not say what follows from what was said before. */
const readTrace = (source: ByteSource): Log => {
  const trace = new ForeignTrace();
  return readLog(source, { complete: (json) => trace.complete(json) });
};

const run = (args: Arguments, io: Io): number => {
  const log = logOfArguments(args);
  const source = io.open(log);
  if (source._tag === 'Right') return new Inspection(nameOfLog(log), isSet(args, 'json'), io).run(readTrace(source.right));
  io.err(`postassoc: ${source.left}\n`);
  return ExitStatus.unreadable;
};

/** `postassoc check`: a log against the contract. */
export const check: Command = {
  usage: 'LOG [--json]',
  options: { json: { type: 'boolean' } },
  details: `LOG is an event log (NDJSON), or - for standard input. Violations are printed as they are found; a log may be of any size.

Options:
  --json   one object a line: rule, event (the line number), at (microseconds), message, expected, why,
           and where known adapter, session, related (line numbers)

Exit status:
  0  no violation
  1  violations were found
  2  the log, or some lines of it, could not be read; the rest was checked all the same

Examples:
  postassoc check run.ndjson
  postassoc check run.ndjson --json | head -1
  tail -f run.ndjson | postassoc check -`,
  run,
};
