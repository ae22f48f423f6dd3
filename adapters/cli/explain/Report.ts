import type { Conclusion, Explanation } from '../../../operators/core/index.js';
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

/** One object a line. Of several files each line says which. */
export const jsonReport = (io: Io, isOneOfMany: boolean): Report => {
  let [file, connections, outcomes] = ['', 0, noOutcomes()];
  const line = (json: string): boolean =>
    io.out(isOneOfMany ? `{"file":${JSON.stringify(file)},${json.slice(1)}\n` : `${json}\n`);
  return {
    begin: (name) => {
      [file, connections, outcomes] = [name, 0, noOutcomes()];
    },
    take: (answers) => {
      let isOpen = true;
      for (const answer of answers) {
        connections++;
        outcomes[answer.of.outcome]++;
        if (answer.form === 'line') isOpen = isOpen && line(answer.line);
      }
      return isOpen;
    },
    end: (frames, damages, damageCount) => {
      for (const { offset, message } of damages) line(JSON.stringify({ kind: 'damage', v: 1, offset, message }));
      damagesToErr(io, file, damages, damageCount);
      line(JSON.stringify({ kind: 'summary', v: 1, frames, connections, outcomes }));
    },
  };
};

/** A block for each connection, or of many a line. */
export const textReport = (io: Io, isOneOfMany: boolean): Report => {
  const colours = coloursOf(io);
  let [file, connections, outcomes] = ['', 0, noOutcomes()];
  let held: Explanation[] = [];
  const row = (conclusion: Conclusion): boolean => io.out(`${showSummaryRow(conclusion, colours)}\n`);
  const show = (answer: Answer): boolean => {
    connections++;
    outcomes[answer.of.outcome]++;
    if (answer.form === 'explanation' && connections <= FEW) {
      held.push(answer.of);
      return true;
    }
    if (connections === FEW + 1) io.out(`${summaryHeading(colours)}\n`);
    const waiting = held;
    held = [];
    return waiting.every(row) && (answer.form === 'line' || row(answer.of));
  };
  return {
    begin: (name) => {
      [file, connections, outcomes, held] = [name, 0, noOutcomes(), []];
    },
    take: (answers) => answers.every(show),
    end: (frames, damages, damageCount) => {
      for (const explanation of held) io.out(`${showConnection(explanation, colours)}\n`);
      damagesToErr(io, file, damages, damageCount);
      const what = connections === 1 ? 'connection' : 'connections';
      const came = connections === 0 ? '' : `: ${tell(outcomes)}`;
      const where = isOneOfMany ? `${file}: ` : '';
      io.out(`${where}${frames} frames, ${connections} ${what}${came}\n`);
      if (connections > FEW) io.out('postassoc explain FILE --sta ADDRESS tells more about one station\n');
    },
  };
};

export const statusOf = (isUnreadable: boolean, isDamaged: boolean): number => {
  if (isUnreadable) return ExitStatus.unreadable;
  return isDamaged ? DAMAGED : ExitStatus.good;
};
