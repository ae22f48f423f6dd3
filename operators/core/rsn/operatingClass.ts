import type { OperatingChannel } from './policy.js';

/** Where the 40 MHz of a class lie beside its primary channel, in the bands where the channel number does not tell. */
type Side = 'above' | 'below';

/** What a global operating class says of its channels (IEEE 802.11-2020 Table E-4, and 802.11be for 6 GHz). */
interface OperatingClass {
  /** In MHz, of the channel 0. */
  readonly start: number;
  /** In MHz. */
  readonly width: number;
  readonly side?: Side;
  /** Two segments of half the width each. */
  readonly isSplit?: boolean;
}

const CHANNEL_SPACING = 5;

/** Classes that follow each other in number. */
const upFrom = (first: number, start: number, ...rows: ReadonlyArray<Omit<OperatingClass, 'start'>>) =>
  rows.map((row, i): readonly [number, OperatingClass] => [first + i, { start, ...row }]);

const NARROW = { width: 20 };
const UP: Omit<OperatingClass, 'start'> = { width: 40, side: 'above' };
const DOWN: Omit<OperatingClass, 'start'> = { width: 40, side: 'below' };
const SPLIT = { width: 160, isSplit: true };

const classes: ReadonlyMap<number, OperatingClass> = new Map([
  ...upFrom(81, 2407, NARROW),
  ...upFrom(82, 2414, NARROW),
  ...upFrom(83, 2407, UP, DOWN),
  ...upFrom(115, 5000, NARROW, UP, DOWN, NARROW, UP, DOWN, NARROW, UP, DOWN, NARROW, NARROW, UP, DOWN),
  ...upFrom(128, 5000, { width: 80 }, { width: 160 }, SPLIT),
  ...upFrom(131, 5950, NARROW, { width: 40 }, { width: 80 }, { width: 160 }, SPLIT),
  ...upFrom(136, 5925, NARROW),
  ...upFrom(137, 5950, { width: 320 }),
]);

const frequencyOf = ({ start }: OperatingClass, { primaryChannel }: OperatingChannel): number =>
  start + CHANNEL_SPACING * primaryChannel;

const LAST_OF_2_4_GHZ = 2500;

const isSame = (a: OperatingChannel, b: OperatingChannel): boolean =>
  a.operatingClass === b.operatingClass && a.primaryChannel === b.primaryChannel && a.frequencySegment1 === b.frequencySegment1;

/**
 * Whether who is on `ours` may talk to who is on `theirs` (IEEE 802.11-2020 12.2.9): the primary channel is the same, they
 * hear everything as wide as we send it, and where that is more than one segment both are the same. A class nobody here knows
 * has to be ours.
 */
export const mayTalkTo = (ours: OperatingChannel, theirs: OperatingChannel): boolean => {
  const [own, other] = [classes.get(ours.operatingClass), classes.get(theirs.operatingClass)];
  if (own === undefined || other === undefined) return isSame(ours, theirs);
  const frequency = frequencyOf(own, ours);
  if (frequency !== frequencyOf(other, theirs) || own.width > other.width) return false;
  if (own.isSplit === true) return ours.frequencySegment1 === theirs.frequencySegment1;
  return own.width !== 40 || frequency > LAST_OF_2_4_GHZ || own.side === other.side;
};
