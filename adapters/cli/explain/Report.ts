import type { Explanation } from '../../../operators/core/index.js';
import type { Damage } from '../../capture/index.js';
import { ExitStatus } from '../Command.js';
import { coloursOf } from '../colours.js';
import type { Io } from '../Io.js';
import { showConnection } from '../text/showConnection.js';
import { showSummaryRow, summaryHeading } from '../text/showSummaryTable.js';
import { type Answer, FEW } from './Answer.js';

/** What the whole run came to. */
export const DAMAGED = 3;

/** Where the answers go, file by file. */
export interface Report {
  readonly begin: (file: string) => void;
  /** `false` once nobody reads any more. */
  readonly take: (answers: ReadonlyArray<Answer>) => boolean;
  readonly end: (frames: number, damages: ReadonlyArray<Damage>, damageCount: number) => void;
}

/** What text is made of. */
type Shown = Exclude<Answer, { form: 'line' }>;

type Outcomes = Record<Explanation['outcome'], number>;

const noOutcomes = (): Outcomes => ({ authorized: 0, failed: 0, interrupted: 0, incomplete: 0 });

const tell = (outcomes: Outcomes): string =>
  Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');

const damagesToErr = (io: Io, file: string, damages: ReadonlyArray<Damage>, damageCount: number): void => {
  for (const { offset, message } of damages) io.err(`postassoc: ${file}: damaged at octet ${offset}: ${message}\n`);
  if (damageCount > damages.length) io.err(`postassoc: ${file}: and ${damageCount - damages.length} more damages\n`);
};

/** So many characters are written at a time: a call of the operating system for each line costs more than the line. */
const PIECE = 2 ** 16;

/** Writes texts in larger pieces, all of them before it returns; `false` once nobody reads any more. */
const writeAll = <A>(io: Io, all: ReadonlyArray<A>, textOf: (one: A) => string): boolean => {
  let waiting = '';
  for (const one of all) {
    waiting += textOf(one);
    if (waiting.length < PIECE) continue;
    if (!io.out(waiting)) return false;
    waiting = '';
  }
  return waiting === '' || io.out(waiting);
};

/** One object a line. Of several files each line says which. */
export const jsonReport = (io: Io, isOneOfMany: boolean): Report => {
  let [file, connections, outcomes] = ['', 0, noOutcomes()];
  const line = (json: string): string => (isOneOfMany ? `{"file":${JSON.stringify(file)},${json.slice(1)}\n` : `${json}\n`);
  const show = (answer: Answer): string => {
    connections++;
    outcomes[answer.of.outcome]++;
    return answer.form === 'line' ? line(answer.line) : '';
  };
  return {
    begin: (name) => {
      [file, connections, outcomes] = [name, 0, noOutcomes()];
    },
    take: (answers) => writeAll(io, answers, show),
    end: (frames, damages, damageCount) => {
      for (const { offset, message } of damages) io.out(line(JSON.stringify({ kind: 'damage', v: 1, offset, message })));
      damagesToErr(io, file, damages, damageCount);
      io.out(line(JSON.stringify({ kind: 'summary', v: 1, frames, connections, outcomes })));
    },
  };
};

/** What became of the connections, or why there is none. */
const sumOf = (frames: number, connections: number, outcomes: Outcomes, isNarrowed: boolean): string => {
  const heard = frames === 1 ? '1 frame' : `${frames} frames`;
  if (connections > 0) return `${heard}, ${connections} ${connections === 1 ? 'connection' : 'connections'}: ${tell(outcomes)}`;
  if (isNarrowed) return `${heard}, 0 connections of those that are asked for (--sta, --bssid, --ssid, --since)`;
  if (frames === 0) return `${heard}, 0 connections`;
  return `${heard}, 0 connections: nobody authenticates, associates or speaks EAPOL in ${frames === 1 ? 'it' : 'them'}`;
};

/** A block for each connection, or of many a line. */
export const textReport = (io: Io, isOneOfMany: boolean, isNarrowed: boolean): Report => {
  const colours = coloursOf(io);
  let [file, connections, outcomes] = ['', 0, noOutcomes()];
  let held: Shown[] = [];
  const rowOf = (answer: Shown): string => `${answer.form === 'row' ? answer.row : showSummaryRow(answer.of, colours)}\n`;
  const show = (answer: Answer): string => {
    connections++;
    outcomes[answer.of.outcome]++;
    if (answer.form === 'line') return '';
    if (connections <= FEW) {
      held.push(answer);
      return '';
    }
    const heading = connections === FEW + 1 ? `${summaryHeading(colours)}\n` : '';
    const before = held.map(rowOf).join('');
    held = [];
    return `${heading}${before}${rowOf(answer)}`;
  };
  return {
    begin: (name) => {
      [file, connections, outcomes, held] = [name, 0, noOutcomes(), []];
    },
    take: (answers) => writeAll(io, answers, show),
    end: (frames, damages, damageCount) => {
      for (const answer of held) if (answer.form === 'explanation') io.out(`${showConnection(answer.of, colours)}\n`);
      damagesToErr(io, file, damages, damageCount);
      const where = isOneOfMany ? `${file}: ` : '';
      io.out(`${where}${sumOf(frames, connections, outcomes, isNarrowed)}\n`);
      if (connections > FEW) io.out('postassoc explain FILE --sta ADDRESS tells more about one station\n');
    },
  };
};

export const statusOf = (isUnreadable: boolean, isDamaged: boolean): number => {
  if (isUnreadable) return ExitStatus.unreadable;
  return isDamaged ? DAMAGED : ExitStatus.good;
};
