import type { Mark } from './AirEvent.js';
import type { Hearing } from './Hearing.js';
import type { Mac48 } from './Mac48.js';
import { u16be, u32be } from './octets.js';

/** The last sign of life of an access point, and how it beaconed before. */
export interface LastHeard extends Mark {
  /** Microseconds from one beacon to the next, of those that were heard; nothing where they were too few to tell. */
  readonly beaconInterval?: number;
}

/** What was heard of access points, each in a slot of its own until others need it. */
export interface AccessPoints {
  /** Notes a sign of life of whose address stands there, and tells the slot; what is remembered in it is of this one, or nothing. */
  hear(hearing: Hearing, at: number): number;
  /** The sign of life was a beacon. */
  beacon(slot: number, time: number): void;
  lastHeard(ap: Mac48): LastHeard | undefined;
  /** What it announced last, by slot: in beacons, and in probe responses. */
  readonly beacons: Array<Uint8Array | undefined>;
  readonly probeResponses: Array<Uint8Array | undefined>;
}

/** Thousands of access points fit into 1,024 sets of eight, and none needs more than eight looks. */
const WAYS = 8;
const SET_BITS = 10;
const SLOTS = WAYS << SET_BITS;
const NOBODY = -1;
const HIGH = 2 ** 32;
/** Some tools write down one beacon of each access point, and some a few: they tell nothing of those that are not there. */
const FEWEST_BEACONS = 5;

/** The last four octets are those that differ. */
const setOf = (low: number): number => (Math.imul(low, 0x9e3779b1) >>> (32 - SET_BITS)) * WAYS;

/**
 * The access points heard of late. A frame of one is the most frequent thing on the air, so this is no Map, and their addresses are no
 * numbers of 48 bits but two small ones in typed arrays, found by a few comparisons. A set that is full forgets who was silent for
 * longest; an access point that is forgotten is merely new again.
 */
export const createAccessPoints = (): AccessPoints => {
  const highs = new Int32Array(SLOTS).fill(NOBODY);
  const lows = new Int32Array(SLOTS);
  const frames = new Float64Array(SLOTS);
  const times = new Float64Array(SLOTS);
  const beaconCounts = new Uint32Array(SLOTS);
  const firstBeacons = new Float64Array(SLOTS);
  const lastBeacons = new Float64Array(SLOTS);
  const beacons = new Array<Uint8Array | undefined>(SLOTS).fill(undefined);
  const probeResponses = new Array<Uint8Array | undefined>(SLOTS).fill(undefined);

  const find = (high: number, low: number): number => {
    const from = setOf(low);
    for (let slot = from; slot < from + WAYS; slot += 1) if (lows[slot] === low && highs[slot] === high) return slot;
    return NOBODY;
  };

  const oldestOf = (low: number): number => {
    const from = setOf(low);
    let oldest = from;
    for (let slot = from + 1; slot < from + WAYS; slot += 1) if ((frames[slot] ?? 0) < (frames[oldest] ?? 0)) oldest = slot;
    return oldest;
  };

  const settle = (high: number, low: number): number => {
    const slot = oldestOf(low);
    highs[slot] = high;
    lows[slot] = low;
    beaconCounts[slot] = 0;
    beacons[slot] = undefined;
    probeResponses[slot] = undefined;
    return slot;
  };

  const beaconIntervalOf = (slot: number): number | undefined => {
    const count = beaconCounts[slot] ?? 0;
    return count < FEWEST_BEACONS ? undefined : ((lastBeacons[slot] ?? 0) - (firstBeacons[slot] ?? 0)) / (count - 1);
  };

  return {
    beacons,
    probeResponses,
    hear({ bytes, frame, time }, at) {
      const high = u16be(bytes, at);
      const low = u32be(bytes, at + 2) | 0;
      const known = find(high, low);
      const slot = known === NOBODY ? settle(high, low) : known;
      frames[slot] = frame;
      times[slot] = time;
      return slot;
    },
    beacon(slot, time) {
      if (beaconCounts[slot] === 0) firstBeacons[slot] = time;
      beaconCounts[slot] = (beaconCounts[slot] ?? 0) + 1;
      lastBeacons[slot] = time;
    },
    lastHeard(ap) {
      const slot = find(Math.floor(ap / HIGH), ap | 0);
      if (slot === NOBODY) return;
      const beaconInterval = beaconIntervalOf(slot);
      return { frame: frames[slot] ?? 0, time: times[slot] ?? 0, ...(beaconInterval !== undefined && { beaconInterval }) };
    },
  };
};
