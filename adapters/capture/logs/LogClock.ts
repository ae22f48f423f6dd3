/**
 * What the times of a log are: of the epoch (`absolute`); of a wall clock whose zone is not told, taken for UTC (`local`); of one
 * whose year is not told either, taken for 1972, a leap year (`yearless`); since some start (`relative`); or there are none.
 *
 * @since 0.2.0
 */
export type LogClock = 'absolute' | 'local' | 'yearless' | 'relative' | 'none';

/** A point in time as a line tells it. */
export interface Moment {
  readonly time: number;
  readonly clock: LogClock;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LEAP_YEAR = 1972;

/** Whole microseconds of a fraction of a second. */
const microsecondsOf = (fraction: string | undefined): number => Number((fraction ?? '').padEnd(6, '0').slice(0, 6));

interface Calendar {
  readonly year?: string | undefined;
  /** A number, or the first letters of an English name. */
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  readonly fraction?: string | undefined;
  readonly zone?: string | undefined;
}

const zoneMinutes = (zone: string): number => {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
};

/** The moment a calendar means; the zone and the year may be missing. */
export const calendarMoment = ({ year, month, day, hour, minute, second, fraction, zone }: Calendar): Moment => {
  const named = MONTHS.indexOf(month);
  const monthIndex = named === -1 ? Number(month) - 1 : named;
  const seconds =
    Date.UTC(Number(year ?? LEAP_YEAR), monthIndex, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
  const time = (seconds - (zone === undefined ? 0 : zoneMinutes(zone) * 60)) * 1_000_000 + microsecondsOf(fraction);
  if (year === undefined) return { time, clock: 'yearless' };
  return { time, clock: zone === undefined ? 'local' : 'absolute' };
};

export const secondsMoment = (seconds: string, fraction: string, clock: LogClock): Moment => ({
  time: Number(seconds) * 1_000_000 + microsecondsOf(fraction),
  clock,
});

export const ticksMoment = (milliseconds: string): Moment => ({ time: Number(milliseconds) * 1000, clock: 'relative' });
