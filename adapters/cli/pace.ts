import { UsageError } from './Command.js';

const PACE = /^x(?<times>\d+(?:\.\d+)?)$/;

/** How many times as fast as it happened; infinity for without waiting. */
export const speedOf = (pace: string): number => {
  if (pace === 'instant') return Number.POSITIVE_INFINITY;
  if (pace === 'original') return 1;
  const speed = Number(PACE.exec(pace)?.groups?.['times'] ?? 0);
  if (speed === 0) throw new UsageError(`--pace is instant, original, or a factor such as x10, not "${pace}"`);
  return speed;
};
