import type { Spread, TallyReport } from '../../radius/index.js';
import type { Colours } from '../colours.js';
import { visible } from '../text/visible.js';

const NAME = 14;
const NUMBER = 9;

const row = (name: string, cells: ReadonlyArray<string>): string =>
  `${name.padEnd(NAME)}${cells.map((cell) => cell.padStart(NUMBER)).join('')}`;

const spreadRow = (name: string, { p50, p90, p99, max, count }: Spread): string =>
  row(name, [...[p50, p90, p99, max].map((ms) => ms.toFixed(1)), `${count}`]);

const verdictLine = ({ kind, count, message }: TallyReport['verdicts'][number], { good, bad }: Colours): string => {
  const paint = kind === 'authenticated' ? good : bad;
  return `${paint(`${count}`.padStart(7))}  ${paint(kind)}: ${visible(message)}`;
};

/** Many authentications at a glance: what they came to, and how long each step took. */
export const showTally = (report: TallyReport, colours: Colours): string => {
  const { attempts, seconds, perSecond, whole, server, steps, rounds, repetitions } = report;
  const again = repetitions === 0 ? '' : `, ${repetitions} requests repeated`;
  return `${[
    `${attempts} authentications in ${seconds.toFixed(2)} s: ${perSecond.toFixed(1)} a second, ${rounds} rounds${again}`,
    ...report.verdicts.map((one) => verdictLine(one, colours)),
    '',
    colours.strong(row('ms', ['p50', 'p90', 'p99', 'max', 'count'])),
    spreadRow('whole', whole),
    spreadRow('server', server),
    ...steps.map(([name, spread]) => spreadRow(`  ${name}`, spread)),
  ].join('\n')}\n`;
};
