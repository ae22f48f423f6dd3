import { equalBytes, type Secret } from '../../../streams/events/index.js';
import type { KeyDownload } from '../method/commands.js';
import { wipeDownloads } from './wipe.js';

interface Entry {
  readonly place: string;
  readonly key: Secret;
}

/** Every key that was handed over, so that none is handed over twice: that would reset its replay counter (R135). */
export type Installed = ReadonlyArray<Entry>;

/** A key that old cannot come back: the counters of the frames that brought it are long past. */
const KEPT = 64;

type Keyed = Extract<KeyDownload, { material: unknown }>;
const isKeyed = (download: KeyDownload): download is Keyed => 'material' in download;

const placeOf = (download: Keyed): string =>
  'link' in download && download.link ? `${download.slot} ${download.link.id}` : download.slot;

const isIn = (installed: Installed, download: Keyed): boolean => {
  const place = placeOf(download);
  const key = download.material.key.reveal();
  return installed.some((entry) => entry.place === place && equalBytes(entry.key.reveal(), key));
};

/** Sorts out the keys that are in already, and remembers the others. */
export const admit = (
  installed: Installed,
  downloads: ReadonlyArray<KeyDownload>,
): { readonly installed: Installed; readonly fresh: ReadonlyArray<KeyDownload> } => {
  const fresh: KeyDownload[] = [];
  const added: Entry[] = [];
  for (const download of downloads) {
    if (!isKeyed(download)) fresh.push(download);
    else if (isIn(installed, download) || isIn(added, download)) wipeDownloads([download]);
    else {
      fresh.push(download);
      added.push({ place: placeOf(download), key: download.material.key.copy() });
    }
  }
  if (added.length === 0) return { installed, fresh };
  const all = [...installed, ...added];
  if (all.length <= KEPT) return { installed: all, fresh };
  for (const { key } of all.slice(0, -KEPT)) key.zeroise();
  return { installed: all.slice(-KEPT), fresh };
};

export const zeroiseInstalled = (installed: Installed): void => {
  for (const { key } of installed) key.zeroise();
};
