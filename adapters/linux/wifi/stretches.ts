import type { Bss } from '../nl80211/Bss.js';
import type { Candidate, WantedNetwork } from './chooseBss.js';

/** Channels that are listened to in one scan, and when there is no need to listen any further. */
export interface Stretch {
  /** In MHz; none stands for all. */
  readonly frequencies: ReadonlyArray<number>;
  /** `loud`: an access point that is as good as near; `fresh`: one that answered just now; `any`: there is nothing further. */
  readonly enough: 'loud' | 'fresh' | 'any';
}

/** What is looked for: anybody, as at the beginning; the network that was just lost; or anybody again, after that came to nothing. */
export type Search = 'first' | 'near' | 'all';

/** Where a network may be. */
export interface Whereabouts {
  /** Those the radio has; none where it does not tell. */
  readonly channels: ReadonlyArray<number>;
  /** The channel of the last connection. */
  readonly home?: number;
  /** Where access points of the network were heard. */
  readonly lately: ReadonlyArray<number>;
}

/** Everywhere, and whoever is there. */
export const ALL: Stretch = { frequencies: [], enough: 'any' };
/** Where most access points are: the channels 1, 6 and 11, and those of 5 GHz where no radar has to be listened for. */
const COMMON: ReadonlySet<number> = new Set([...[2412, 2437, 2462], ...[5180, 5200, 5220, 5240], ...[5745, 5765, 5785, 5805]]);
/** In hundredths of a dBm: louder ones elsewhere would not be faster. */
const LOUD = -6500;
/** What was heard before the scan is not there for certain. */
const FRESH_MS = 5000;

const atFirst = (channels: ReadonlyArray<number>): ReadonlyArray<Stretch> => {
  const common = channels.filter((mhz) => COMMON.has(mhz));
  const rest = channels.filter((mhz) => !COMMON.has(mhz));
  if (common.length === 0 || rest.length === 0) return [ALL];
  return [
    { frequencies: common, enough: 'loud' },
    { frequencies: rest, enough: 'any' },
  ];
};

const nearBy = (home: number | undefined, lately: ReadonlyArray<number>): ReadonlyArray<Stretch> => {
  const others = lately.filter((mhz) => mhz !== home);
  const parts = [home === undefined ? [] : [home], others].filter(({ length }) => length > 0);
  return [...parts.map((frequencies): Stretch => ({ frequencies, enough: 'fresh' })), ALL];
};

/** Where to listen, one stretch after the other; the last takes what there is. */
export const stretchesOf = (
  search: Search,
  { frequency }: Pick<WantedNetwork, 'frequency'>,
  { channels, home, lately }: Whereabouts,
): ReadonlyArray<Stretch> => {
  if (frequency !== undefined) return [{ frequencies: [frequency], enough: 'any' }];
  if (search === 'first') return atFirst(channels);
  return search === 'near' ? nearBy(home, lately) : [ALL];
};

/** Whether an access point counts that is in the list. */
export const counts = ({ enough }: Stretch, { seenMsAgo }: Pick<Bss, 'seenMsAgo'>): boolean =>
  enough !== 'fresh' || seenMsAgo < FRESH_MS;

/** Whether to go there without having listened any further. */
export const isEnough = ({ enough }: Stretch, { bssid }: Pick<WantedNetwork, 'bssid'>, { bss, security }: Candidate): boolean => {
  if (enough !== 'loud') return true;
  // An open network may have an encrypted one beside it (OWE transition), on whichever channel.
  return security !== undefined && (bssid !== undefined || (bss.signal ?? LOUD) >= LOUD);
};
