import type { Mac48 } from './Mac48.js';

/** Whose acknowledgements can be heard here. */
export interface Audible {
  /** What this one sent that one, so fast, was acknowledged, and that was heard. */
  note(from: Mac48, to: Mac48, pace: number, time: number): void;
  /** Whether it would be heard, if something that was sent so fast were acknowledged. */
  covers(from: Mac48, to: Mac48, pace: number, time: number): boolean;
}

const BITS = 12;
const PLACES = 1 << BITS;
/** Whoever was heard may have moved since, or who listens; in microseconds. */
const LASTING = 60e6;

const placeOf = (from: Mac48, to: Mac48): number =>
  Math.imul((from | 0) ^ Math.imul(to | 0, 0xc2b2ae35), 0x9e3779b1) >>> (32 - BITS);

/**
 * An ear that hears two talk need not hear what acknowledges it: that comes from the other one, who may be far away, and the faster a frame,
 * the faster it is acknowledged (IEEE 802.11-2020 10.6.6.5.2) and the nearer one has to be. So it is known from what was heard: between the same
 * two, in the same direction, of a frame that was as fast, and not long ago.
 */
export const createAudible = (): Audible => {
  const senders = new Float64Array(PLACES).fill(-1);
  const receivers = new Float64Array(PLACES);
  const paces = new Float64Array(PLACES);
  const times = new Float64Array(PLACES);

  const covers = (from: Mac48, to: Mac48, pace: number, time: number): boolean => {
    const place = placeOf(from, to);
    if (senders[place] !== from || receivers[place] !== to) return false;
    return pace <= (paces[place] ?? 0) && Math.abs(time - (times[place] ?? 0)) <= LASTING;
  };

  return {
    covers,
    note(from, to, pace, time) {
      const place = placeOf(from, to);
      const highest = paces[place] ?? 0;
      const isKnown = covers(from, to, Math.min(pace, highest), time);
      senders[place] = from;
      receivers[place] = to;
      paces[place] = isKnown ? Math.max(pace, highest) : pace;
      times[place] = time;
    },
  };
};
