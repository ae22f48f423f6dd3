import type { Conclusion } from '../../../operators/core/index.js';
import type { Colours } from '../colours.js';
import { microsecondsOf } from './showConnectionTimeline.js';
import { visible } from './visible.js';

const TITLES = ['time UTC', 'station', 'access point', 'network', 'outcome', 'cause', 'password', 's'] as const;
/** Together with the spaces between them a hundred columns. */
const WIDTHS = [8, 17, 17, 9, 11, 18, 8, 5] as const;

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);

const cells = (row: ReadonlyArray<string>): string => {
  let line = '';
  for (let at = 0; at < row.length - 1; at++) line += `${cut(row[at] ?? '', WIDTHS[at] ?? 0).padEnd(WIDTHS[at] ?? 0)} `;
  const last = row.length - 1;
  return (line + (row[last] ?? '').padStart(WIDTHS[last] ?? 0)).trimEnd();
};

const durationOf = ({ began, ended }: Conclusion): string => {
  const [from, to] = [microsecondsOf(began.time), microsecondsOf(ended.time)];
  return from === undefined || to === undefined ? '' : ((to - from) / 1e6).toFixed(1);
};

/** What the column of the passphrase says already is not said twice. */
const causeOf = ({ cause }: Conclusion): string => {
  if (cause === 'none') return '';
  return cause === 'wrongPassphrase' || cause === 'likelyWrongPassphrase' ? 'passphrase' : cause;
};

const passphraseOf = ({ passphrase }: Conclusion): string => (passphrase === 'likelyWrong' ? 'wrong?' : passphrase);

const timeOf = ({ began }: Conclusion): string => (began.time === null ? `#${began.frame}` : began.time.slice(11, 19));

export const summaryHeading = ({ strong }: Colours): string => strong(cells(TITLES));

/** One connection in one line; whatever is odd about it is in colour. */
export const showSummaryRow = (conclusion: Conclusion, { bad, good }: Colours): string => {
  const { station, ap, ssid, outcome, cause } = conclusion;
  const [time, password] = [timeOf(conclusion), passphraseOf(conclusion)];
  const line = cells([time, station, ap, visible(ssid ?? ''), outcome, causeOf(conclusion), password, durationOf(conclusion)]);
  if (outcome === 'failed') return bad(line);
  return outcome === 'authorized' && cause === 'none' ? good(line) : line;
};

/** Many connections at a glance. */
export const showSummaryTable = (conclusions: ReadonlyArray<Conclusion>, colours: Colours): string =>
  [summaryHeading(colours), ...conclusions.map((conclusion) => showSummaryRow(conclusion, colours)), ''].join('\n');
