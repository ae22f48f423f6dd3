import type { SupplicantName } from './BenchNetwork.js';
import { type BenchResult, type Figures, type Measure, type Spread, spreadOf } from './BenchResult.js';

const NAMES: ReadonlyArray<SupplicantName> = ['postassoc', 'wpa_supplicant', 'iwd'];
/** Of the median and of the 99th percentile, against wpa_supplicant. */
const TARGET = { median: 1, p99: 2 };
const MILLI = 1_000;

type Cell = (result: BenchResult) => string | undefined;
type Kind = 'cold' | 'warm';

const milliseconds = (microseconds: number): string => {
  const ms = microseconds / MILLI;
  return ms >= 100 ? ms.toFixed(0) : ms.toFixed(ms >= 10 ? 1 : 2);
};

const spreadWords = (spread: Spread | undefined): string | undefined =>
  spread && `${milliseconds(spread.median)} / ${milliseconds(spread.p99)}`;

const counted = ({ runs, connected, fullSae }: Figures): string =>
  `${connected} of ${runs}${fullSae > 0 && fullSae < connected ? ` (${connected - fullSae} by a kept key)` : ''}`;

const outcomeWords: Cell = ({ outcome, cold, warm }) =>
  cold === undefined || warm === undefined ? outcome : `${counted(cold)}, ${counted(warm)}`;

const valuesOf = (result: BenchResult | undefined, kind: Kind, measure: Measure): Spread | undefined =>
  spreadOf(result?.[kind]?.measures[measure]);

const rowsOf = (results: ReadonlyArray<BenchResult>): ReadonlyArray<ReadonlyArray<BenchResult | undefined>> =>
  [...new Set(results.map(({ network }) => network))].map((network) =>
    NAMES.map((name) => results.find((result) => result.network === network && result.supplicant === name)),
  );

const table = (title: string, head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |\n`;
  return rows.length === 0 ? '' : `${title}\n\n${line(head)}${line(head.map(() => '---'))}${rows.map(line).join('')}\n`;
};

const sideBySide = (title: string, results: ReadonlyArray<BenchResult>, cell: Cell): string => {
  const rows = rowsOf(results).map((row) => [
    row.find((result) => result !== undefined)?.network ?? '',
    ...row.map((result) => (result && cell(result)) ?? '–'),
  ]);
  return table(
    title,
    ['network', ...NAMES],
    rows.filter(([, ...cells]) => cells.some((text) => text !== '–')),
  );
};

const timed = (title: string, results: ReadonlyArray<BenchResult>, kind: Kind, measure: Measure): string =>
  sideBySide(`${title}, ${kind}`, results, (result) => spreadWords(valuesOf(result, kind, measure)));

/** How our times stand to those of wpa_supplicant, and whether that is what is aimed at. */
const ratios = (results: ReadonlyArray<BenchResult>, kind: Kind): string => {
  const rows = rowsOf(results).flatMap(([ours, theirs]) => {
    const cells = (['message2', 'message4'] as const).map((measure) => {
      const [our, their] = [valuesOf(ours, kind, measure), valuesOf(theirs, kind, measure)];
      if (our === undefined || their === undefined) return '–';
      const [median, p99] = [our.median / their.median, our.p99 / their.p99];
      const isMet = median <= TARGET.median && p99 <= TARGET.p99;
      return `${median.toFixed(2)} / ${p99.toFixed(2)}${isMet ? '' : ' MISSED'}`;
    });
    return cells.every((cell) => cell === '–') ? [] : [[ours?.network ?? '', ...cells]];
  });
  const title = `postassoc divided by wpa_supplicant, ${kind}, median / p99 (aims: ${TARGET.median} / ${TARGET.p99})`;
  return table(title, ['network', 'M1 → M2', 'M3 → M4'], rows);
};

/** All results, as tables in Markdown; times in milliseconds, median / p99. */
export const benchTables = (results: ReadonlyArray<BenchResult>): string =>
  [
    sideBySide('Outcomes: connected and passed traffic, cold, warm', results, outcomeWords),
    ...(['cold', 'warm'] as const).flatMap((kind) => [
      timed('M1 → M2 on the air', results, kind, 'message2'),
      timed('M3 → M4 on the air', results, kind, 'message4'),
      ratios(results, kind),
      timed('First Authentication frame → M4 (open: association)', results, kind, 'whole'),
      timed('M4 → pairwise key asked for', results, kind, 'key'),
      timed('M4 → port asked to be opened', results, kind, 'opened'),
    ]),
    timed('Start of the process → first answer of ping', results, 'cold', 'answered'),
    timed('Deauthenticated → first answer of ping', results, 'warm', 'answered'),
    sideBySide('Keys anew: packet → answer', results, ({ answers }) => spreadWords(spreadOf(answers))),
  ].join('');
