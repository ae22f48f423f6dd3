import type { Conclusion, Explanation } from '../../../operators/core/index.js';

/** What is said of one connection, in the form it was asked for: threads hand no more to each other than is needed. */
export type Answer =
  | { readonly form: 'line'; readonly of: Key; readonly line: string; readonly explanation?: Explanation }
  | { readonly form: 'explanation'; readonly of: Explanation }
  | { readonly form: 'row'; readonly of: Key; readonly row: string };

/** By which answers are put in order and counted. */
type Key = Pick<Conclusion, 'station' | 'began' | 'outcome'>;

/** The order is the capture's, however many threads there were. */
export const inOrder = ({ of: a }: Answer, { of: b }: Answer): number =>
  a.began.frame - b.began.frame || (a.station < b.station ? -1 : 1);

/** More connections than these are a table, which is a good deal cheaper than explaining each. */
export const FEW = 8;
