/** The nearest rank. */
export const quantile = (values: ReadonlyArray<number>, share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN;

export const fixed = (value: number, digits: number, width: number): string => value.toFixed(digits).padStart(width);

/** In words: whether what was reached is within the target. */
export const verdict = (ratio: number, target: number | undefined): string => {
  if (target === undefined) return '';
  return ratio <= target ? `within ${target}` : `MISSES ${target}`;
};
