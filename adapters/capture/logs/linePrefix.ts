import { calendarMoment, type Moment, secondsMoment, ticksMoment } from './LogClock.js';

/** A line in its parts. */
export interface Unwrapped {
  readonly text: string;
  readonly moment?: Moment | undefined;
  readonly program?: string | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Wrapping {
  readonly pattern: RegExp;
  readonly moment: (groups: Groups) => Moment | undefined;
}

const calendarOf = (groups: Groups): Moment | undefined => {
  const { year, month, day, hour, minute, second, fraction, zone } = groups;
  if (month === undefined || day === undefined || hour === undefined || minute === undefined || second === undefined)
    return undefined;
  return calendarMoment({ year, month, day, hour, minute, second, fraction, zone });
};
const secondsOf =
  (clock: 'absolute' | 'relative') =>
  ({ seconds, fraction }: Groups): Moment | undefined =>
    seconds === undefined ? undefined : secondsMoment(seconds, fraction ?? '', clock);

const CLOCK = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;
const PROGRAM = String.raw`(?<program>[\w./-]{1,64})(?:\[\d{1,10}\])?: `;
/** `daemon.info`: facility and severity. */
const PRIORITY = String.raw`[a-z0-9]{1,10}\.[a-z]{1,8} `;

const wrapping = (pattern: string, moment: Wrapping['moment']): Wrapping => ({ pattern: new RegExp(`^${pattern}`), moment });

const hostap = wrapping(String.raw`(?<seconds>\d{9,11})\.(?<fraction>\d{6}): `, secondsOf('absolute'));
const iso = wrapping(
  String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ]${CLOCK}(?:[.,](?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d\d:?\d\d)? \S{1,255} ${PROGRAM}`,
  calendarOf,
);
/** `logcat -v threadtime` */
const logcatThread = wrapping(
  String.raw`(?:(?<year>\d{4})-)?(?<month>\d\d)-(?<day>\d\d) ${CLOCK}\.(?<fraction>\d{3,6}) +(?:\w{1,32} +)?\d{1,7} +\d{1,7} [VDIWEF] (?<program>[^:]{1,64}?) *: `,
  calendarOf,
);
/** `logcat -v time` and `brief` */
const logcatBrief = wrapping(
  String.raw`(?:(?<month>\d\d)-(?<day>\d\d) ${CLOCK}\.(?<fraction>\d{3}) )?[VDIWEF]\/(?<program>[^(]{1,64}?) *\( *\d{1,7}\): `,
  calendarOf,
);
/** RFC 3164, with its number in front or without. */
const syslog = wrapping(
  String.raw`(?:<\d{1,3}>)?(?<month>[A-Z][a-z]{2}) +(?<day>\d{1,2}) ${CLOCK}(?:\.(?<fraction>\d{1,6}))? (?:\S{1,255} )?(?:${PRIORITY})?${PROGRAM}`,
  calendarOf,
);
/** The `logread` of OpenWrt. */
const openWrt = wrapping(
  String.raw`[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) +(?<day>\d{1,2}) ${CLOCK} (?<year>\d{4}) ${PRIORITY}${PROGRAM}`,
  calendarOf,
);
/** `journalctl -o short-monotonic`, and what a kernel puts in front. */
const monotonic = wrapping(
  String.raw`\[ *(?<seconds>\d{1,10})\.(?<fraction>\d{6})\] (?:\S{1,255} ${PROGRAM})?`,
  secondsOf('relative'),
);
const espIdf = wrapping(String.raw`[EWIDV] \((?<ticks>\d{1,12})\) (?<program>\w{1,32}): ?`, ({ ticks }) =>
  ticks === undefined ? undefined : ticksMoment(ticks),
);

const WITH_DIGIT = [hostap, iso, logcatThread, logcatBrief];
const WITH_LETTER = [espIdf, syslog, openWrt, logcatBrief];
const WITH_SIGN = [monotonic, syslog];

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isSign = (code: number): boolean => code === 0x5b || code === 0x3c;

const candidates = (text: string): ReadonlyArray<Wrapping> => {
  const code = text.charCodeAt(0);
  if (isDigit(code)) return WITH_DIGIT;
  if (isCapital(code)) return WITH_LETTER;
  return isSign(code) ? WITH_SIGN : [];
};

const unwrapOnce = (text: string): Unwrapped | undefined => {
  for (const { pattern, moment } of candidates(text)) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const groups: Groups = found.groups ?? {};
    return { text: text.slice(found[0].length), moment: moment(groups), program: groups['program'] };
  }
  return undefined;
};

const ESCAPE = '\x1b';
/** Colours, which an ESP32 puts around its lines. */
const COLOURS = new RegExp(String.raw`${ESCAPE}\[[\d;]{0,16}m`, 'g');
/** The clock a monitor of a serial line puts in front. */
const MONITOR = /^\[\d\d:\d\d:\d\d[:.]\d{3}\] /;

/** How many layers may lie around a line: hostapd repeats its clock, and so may what passes its lines on. */
const LAYERS = 3;

/** Takes off what syslog, a journal, logcat, a serial monitor and hostap's own `-t` put in front of a line. */
export const unwrap = (line: string): Unwrapped => {
  const plain = (line.includes(ESCAPE) ? line.replaceAll(COLOURS, '') : line).replace(MONITOR, '');
  let inner: Unwrapped = { text: plain };
  for (let layer = 0; layer < LAYERS; layer++) {
    const next = unwrapOnce(inner.text);
    if (next === undefined) return inner;
    // The innermost absolute clock is the most precise one.
    inner = { text: next.text, moment: next.moment ?? inner.moment, program: next.program ?? inner.program };
  }
  return inner;
};
