import { wipeBytes } from '../../../streams/events/index.js';
import type { KeyDataItem } from '../../../streams/frames/index.js';
import type { KeyDownload } from '../method/commands.js';

/** Destroys the keys that were read from key data. */
export const wipeItems = (items: ReadonlyArray<KeyDataItem>): void => {
  for (const item of items) if ('key' in item) wipeBytes(item.key);
};

/** Destroys downloads that will not be handed over. */
export const wipeDownloads = (downloads: ReadonlyArray<KeyDownload>): void => {
  for (const download of downloads) {
    if (!('material' in download)) continue;
    download.material.key.zeroise();
    if (download.material.form === 'tkip') download.material.mic.zeroise();
  }
};
