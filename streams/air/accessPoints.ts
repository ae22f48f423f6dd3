import type { Mark } from './AirEvent.js';
import type { Mac48 } from './Mac48.js';

/** What was heard of access points, each in a slot of its own until others need it. */
export interface AccessPoints {
  /** Notes a sign of life, and tells the slot; what is remembered there is of this access point, or nothing. */
  hear(ap: Mac48, frame: number, time: number): number;
  lastHeard(ap: Mac48): Mark | undefined;
  /** What it announced last, by slot: in beacons, and in probe responses. */
  readonly beacons: Array<Uint8Array | undefined>;
  readonly probeResponses: Array<Uint8Array | undefined>;
}

/** Thousands of access points fit into 1,024 sets of eight, and none needs more than eight looks. */
const WAYS = 8;
const SET_BITS = 10;
const SLOTS = WAYS << SET_BITS;
const NOBODY = -1;

/** The last four octets are those that differ. */
const setOf = (mac: Mac48): number => (Math.imul(mac | 0, 0x9e3779b1) >>> (32 - SET_BITS)) * WAYS;

/**
 * The access points heard of late. A frame of one is the most frequent thing on the air, so this is no Map: numbers in typed arrays,
 * found by a few comparisons. A set that is full forgets who was silent for longest; an access point that is forgotten is merely new
 * again.
 */
export const createAccessPoints = (): AccessPoints => {
  const names = new Float64Array(SLOTS).fill(NOBODY);
  const frames = new Float64Array(SLOTS);
  const times = new Float64Array(SLOTS);
  const beacons = new Array<Uint8Array | undefined>(SLOTS).fill(undefined);
  const probeResponses = new Array<Uint8Array | undefined>(SLOTS).fill(undefined);

  const find = (ap: Mac48): number => {
    const from = setOf(ap);
    for (let slot = from; slot < from + WAYS; slot += 1) if (names[slot] === ap) return slot;
    return NOBODY;
  };

  const oldestOf = (ap: Mac48): number => {
    const from = setOf(ap);
    let oldest = from;
    for (let slot = from + 1; slot < from + WAYS; slot += 1) if ((frames[slot] ?? 0) < (frames[oldest] ?? 0)) oldest = slot;
    return oldest;
  };

  const settle = (ap: Mac48): number => {
    const slot = oldestOf(ap);
    names[slot] = ap;
    beacons[slot] = undefined;
    probeResponses[slot] = undefined;
    return slot;
  };

  return {
    beacons,
    probeResponses,
    hear(ap, frame, time) {
      const known = find(ap);
      const slot = known === NOBODY ? settle(ap) : known;
      frames[slot] = frame;
      times[slot] = time;
      return slot;
    },
    lastHeard(ap) {
      const slot = find(ap);
      return slot === NOBODY ? undefined : { frame: frames[slot] ?? 0, time: times[slot] ?? 0 };
    },
  };
};
