/** The time of a log line, from the milliseconds of a clock. */
export const toMicroseconds = (milliseconds: number): number => Math.round(milliseconds * 1000);
