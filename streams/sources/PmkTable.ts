import { copyBytes, equalBytes, type MacAddress, type PmkEntry } from '../events/index.js';

/** A PMK that may be used again: an entry of our own, with its times in milliseconds. */
export interface CachedPmk {
  readonly entry: PmkEntry;
  readonly since: number;
  readonly until: number;
}

/** A cache of PMKs (IEEE 802.11-2020 12.6.10.3), the least recently used first. */
export type PmkTable = ReadonlyArray<CachedPmk>;

/** Whose PMK is wanted: the one of that name, or the latest. */
export interface PmkWanted {
  readonly peer: MacAddress;
  readonly pmkid?: Uint8Array;
}

const AT_MOST = 64;

export const noPmks: PmkTable = [];

/** What leaves the table is destroyed. */
const without = (table: PmkTable, leaves: (cached: CachedPmk) => boolean): PmkTable => {
  for (const cached of table) if (leaves(cached)) cached.entry.pmk.zeroise();
  return table.filter((cached) => !leaves(cached));
};

const isNamed =
  (peer: MacAddress, pmkid: Uint8Array) =>
  ({ entry }: CachedPmk): boolean =>
    entry.peer === peer && equalBytes(entry.pmkid, pmkid);

/** A lifetime that is no number has not begun. */
const isAlive = ({ until }: CachedPmk, now: number): boolean => until > now;

export const expirePmks = (table: PmkTable, now: number): PmkTable => without(table, (cached) => !isAlive(cached, now));

export const forgetPmk = (table: PmkTable, peer: MacAddress, pmkid: Uint8Array): PmkTable => without(table, isNamed(peer, pmkid));

const copyOf = (entry: PmkEntry): PmkEntry => ({
  ...entry,
  ssid: copyBytes(entry.ssid),
  pmkid: copyBytes(entry.pmkid),
  pmk: entry.pmk.copy(),
});

/** Adds a copy of an entry. One of the same name goes, and when there are too many the one that was not used for longest. */
export const rememberPmk = (table: PmkTable, entry: PmkEntry, now: number): PmkTable => {
  const added: CachedPmk = { entry: copyOf(entry), since: now, until: now + entry.lifetime * 1000 };
  const others = forgetPmk(expirePmks(table, now), entry.peer, entry.pmkid);
  const crowdedOut = new Set(others.slice(0, Math.max(0, others.length - AT_MOST + 1)));
  return [...without(others, (cached) => crowdedOut.has(cached)), added];
};

export const findPmk = (table: PmkTable, { peer, pmkid }: PmkWanted, now: number): CachedPmk | undefined => {
  const fitting = table.filter((cached) => cached.entry.peer === peer && isAlive(cached, now));
  if (pmkid !== undefined) return fitting.find(isNamed(peer, pmkid));
  return fitting.reduce<CachedPmk | undefined>(
    (latest, cached) => (latest === undefined || cached.since >= latest.since ? cached : latest),
    undefined,
  );
};

export const markUsed = (table: PmkTable, used: CachedPmk): PmkTable => [...table.filter((cached) => cached !== used), used];
