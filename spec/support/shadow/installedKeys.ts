import type { KeyDownload } from '../../../operators/core/method/commands.js';
import { toHex } from '../../../streams/events/index.js';
import type { DriverKey } from './stationLog.js';

/** A key where it went: `group 1 <key> <counter>`. */
export interface InstalledKey {
  readonly place: string;
  readonly key: string;
  readonly counter: string;
}

/** The keys a method handed over, in order. */
export const installedKeys = (downloads: ReadonlyArray<KeyDownload>): ReadonlyArray<InstalledKey> =>
  downloads.flatMap((download): ReadonlyArray<InstalledKey> => {
    if (!('material' in download)) return [];
    const { slot, material } = download;
    const index = 'keyIndex' in download ? download.keyIndex : download.slot === 'pairwise' ? download.keyId : undefined;
    const octets = material.key.reveal();
    const key = material.form === 'tkip' ? Uint8Array.of(...octets, ...material.mic.reveal()) : octets;
    const counter = 'counter' in material ? toHex(material.counter) : '';
    return [{ place: index === undefined ? slot : `${slot} ${index}`, key: toHex(key), counter }];
  });

const FIRST_MANAGEMENT_INDEX = 4;

/** What a station gave its driver, in the same words. */
export const driverKeys = (keys: ReadonlyArray<DriverKey>): ReadonlyArray<InstalledKey> =>
  keys.map(({ isPairwise, index, key, counter }) => {
    const shared = index < FIRST_MANAGEMENT_INDEX ? `group ${index}` : `management ${index}`;
    return { place: isPairwise ? 'pairwise' : shared, key: toHex(key), counter: toHex(counter) };
  });

/** The order within a handshake is R133's here, and a station's own there. */
export const sorted = (keys: ReadonlyArray<InstalledKey>): ReadonlyArray<string> =>
  keys.map(({ place, key, counter }) => `${place} ${key} ${counter}`).sort();

/** Keys that went into the same place twice, which would reset their replay counters. */
export const reinstalled = (keys: ReadonlyArray<InstalledKey>): ReadonlyArray<string> => {
  const places = keys.map(({ place, key }) => `${place.split(' ')[0]} ${key}`);
  return places.filter((place, i) => places.indexOf(place) !== i);
};
