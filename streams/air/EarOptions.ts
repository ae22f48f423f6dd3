import type { Mac48 } from './Mac48.js';

/**
 * What an ear has to know of whoever listens.
 *
 * @since 0.2.0
 */
export interface EarOptions {
  /**
   * Whether encrypted frames between these two are wanted; of what is encrypted for all, `station` is the broadcast address. Asked for
   * each such frame, so it must be cheap.
   */
  isWatched(station: Mac48, ap: Mac48): boolean;
  /** Of several workers each hears some stations; announcements, and what is said to all, are everybody's. */
  isOurs?(station: Mac48): boolean;
}
