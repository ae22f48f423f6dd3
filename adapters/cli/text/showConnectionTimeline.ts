import type { Explanation } from '../../../operators/core/index.js';
import type { Colours } from '../colours.js';
import { visible } from './visible.js';
import { hanging } from './wrapText.js';

type Entry = Explanation['timeline'][number];

const TIME_WIDTH = 13;
const FRAME_WIDTH = 9;
const STATION_AT = TIME_WIDTH + FRAME_WIDTH + 2;
const AP_AT = STATION_AT + 18;

const DATE_SIZE = 10;
const ZERO = 0x30;

/** The date of most times is that of the time before. */
let lastDate = { text: '', microseconds: 0 };

const midnightOf = (date: string): number => {
  if (date !== lastDate.text) lastDate = { text: date, microseconds: Date.parse(date) * 1000 };
  return lastDate.microseconds;
};

const twoDigits = (text: string, at: number): number => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;

/** Microseconds of a time as an explanation has it; `undefined` where there is none. */
export const microsecondsOf = (time: string | null): number | undefined => {
  if (time === null) return undefined;
  const seconds = twoDigits(time, 11) * 3600 + twoDigits(time, 14) * 60 + twoDigits(time, 17);
  const fraction = twoDigits(time, 20) * 10_000 + twoDigits(time, 22) * 100 + twoDigits(time, 24);
  return midnightOf(time.slice(0, DATE_SIZE)) + seconds * 1_000_000 + fraction;
};

const sinceBegin = (time: string | null, began: number | undefined): string => {
  const at = microsecondsOf(time);
  return at === undefined || began === undefined ? '' : `${at < began ? '-' : '+'}${(Math.abs(at - began) / 1e6).toFixed(6)} s`;
};

const places = {
  station: { at: STATION_AT, arrow: '──▶' },
  ap: { at: AP_AT, arrow: '◀──' },
  none: { at: STATION_AT, arrow: '  ·' },
} as const;

const line = (entry: Entry, began: number | undefined, columns: number, { bad, faint }: Colours): string => {
  const { at, arrow } = places[entry.from];
  const time = sinceBegin(entry.time, began).padStart(TIME_WIDTH);
  const frame = String(entry.frame).padStart(FRAME_WIDTH);
  const lead = `${time}${frame}`.padEnd(at);
  const said = hanging(`${lead}${arrow} `, `${visible(entry.what)}${entry.isRepetition ? ' (again)' : ''}`, columns);
  const rest = said.slice(`${time}${frame}`.length);
  return `${faint(`${time}${frame}`)}${entry.isOdd ? bad(rest) : rest}`;
};

/** A silence that is worth a line. */
const NOTABLE_MS = 100;

/** Where the longest silence was, and whose. */
const silence = ({ timing: { slowest } }: Explanation, { strong }: Colours): ReadonlyMap<number, string> => {
  if (slowest === null || slowest.ms < NOTABLE_MS) return new Map();
  const who = slowest.by === 'ap' ? 'the access point' : 'the station';
  return new Map([[slowest.until, strong(`${' '.repeat(STATION_AT)}⋯ ${slowest.ms.toFixed(1)} ms, waiting for ${who}`)]]);
};

/** So many of the same in a row are shown; of more, the first and the last. */
const MOST_ALIKE = 3;

const isAlike = (a: Entry, b: Entry): boolean => a.from === b.from && a.what === b.what && a.isOdd === b.isOdd;

/** Entries that say the same in a row, and how many they are. One that breaks a silence begins another row. */
const rowsOf = (timeline: ReadonlyArray<Entry>, slow: ReadonlyMap<number, string>): ReadonlyArray<ReadonlyArray<Entry>> => {
  const rows: Entry[][] = [];
  for (const entry of timeline) {
    const [first] = rows.at(-1) ?? [];
    if (first !== undefined && isAlike(first, entry) && !slow.has(entry.frame)) rows.at(-1)?.push(entry);
    else rows.push([entry]);
  }
  return rows;
};

const leftOut = (words: string): string => `${' '.repeat(STATION_AT)}  · ${words}`;

/**
 * What was said, one line a frame, or three for many alike: when, in seconds since the beginning, in which frame, by the station on the left or by the
 * access point on the right. The longest silence is named, with who was waited for.
 */
export const showConnectionTimeline = (explanation: Explanation, colours: Colours, columns: number): ReadonlyArray<string> => {
  const { timeline, timelineOmitted, began, medium } = explanation;
  const numbered = medium === 'log' ? 'line' : 'frame';
  const since = microsecondsOf(began.time);
  const slow = silence(explanation, colours);
  const heading = `${'since begin'.padStart(TIME_WIDTH)}${numbered.padStart(FRAME_WIDTH)}`.padEnd(STATION_AT);
  const shown = (entry: Entry): string => line(entry, since, columns, colours);
  const lines = rowsOf(timeline, slow).flatMap((row) => {
    const [first, last] = [row[0], row.at(-1)];
    if (first === undefined || last === undefined) return [];
    const pause = slow.get(first.frame);
    const entries =
      row.length <= MOST_ALIKE ? row.map(shown) : [shown(first), leftOut(`${row.length - 2} more like this`), shown(last)];
    return pause === undefined ? entries : [pause, ...entries];
  });
  const gap = timelineOmitted === 0 ? [] : [leftOut(`${timelineOmitted} more in the middle are left out`)];
  return [colours.faint(`${heading}station ──▶`.padEnd(AP_AT).concat('◀── access point')), ...lines, ...gap];
};
