const DAY = 86_400_000_000;

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const ERA = 146_097;

/** The proleptic Gregorian date of a day counted from 1970-01-01, in whole eras of 400 years that begin in March. */
const civilOf = (days: number): Civil => {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / ERA);
  const ofEra = shifted - era * ERA;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  return { year: era * 400 + year + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * march + 2) / 5) + 1 };
};

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

const dateOf = (days: number): string => {
  const { year, month, day } = civilOf(days);
  return `${String(year).padStart(4, '0')}-${TWO_DIGITS[month]}-${TWO_DIGITS[day]}T`;
};

/** The day of most times is that of the time before. */
let lastDay = { days: 0, date: dateOf(0) };

/** The year 9999, beyond which four digits do not reach. */
const LAST = 253_402_300_800_000_000;

const MILLION = 1_000_000;

/**
 * Microseconds since 1970 as ISO 8601 in UTC, with six digits behind the point: what is finer is dropped. `null` where nothing
 * tells the time. It takes no clock and no calendar of the host.
 */
export const isoTime = (microseconds: number): string | null => {
  if (!(microseconds > 0) || microseconds >= LAST) return null;
  const days = Math.floor(microseconds / DAY);
  if (days !== lastDay.days) lastDay = { days, date: dateOf(days) };
  const rest = Math.floor(microseconds - days * DAY);
  const second = Math.floor(rest / MILLION);
  const minute = Math.floor(second / 60);
  const clock = `${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]}`;
  // A digit in front keeps the zeros.
  return `${lastDay.date}${clock}.${String(MILLION + (rest % MILLION)).slice(1)}Z`;
};
