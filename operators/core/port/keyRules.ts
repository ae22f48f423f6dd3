import { Cipher, Direction, equalBytes, type KeyMaterial, type MacAddress, type Secret } from '../../../streams/events/index.js';
import type { KeyDownload } from '../method/commands.js';
import type { PortCall } from './Port.js';

type Keyed = Extract<KeyDownload, { material: KeyMaterial }>;

/** R133: pairwise, group, management, transmit index, and last the switch that shuts out what is not encrypted. */
const ORDER = { pairwise: 0, group: 1, management: 2, transmitIndex: 3, excludeUnencrypted: 4 } as const;

export const inDownloadOrder = (keys: ReadonlyArray<KeyDownload>): ReadonlyArray<KeyDownload> =>
  [...keys].sort((a, b) => ORDER[a.slot] - ORDER[b.slot]);

export const isKeyed = (download: KeyDownload): download is Keyed => 'material' in download;

const isIhv = (algorithm: number): boolean => algorithm >= 0x80000000;

/** The lengths of the standard ciphers; `undefined` for those whose material only the vendor knows. */
const KEY_LENGTH: ReadonlyMap<number, number> = new Map([
  [Cipher.codes.WEP40, 5],
  [Cipher.codes.WEP104, 13],
  [Cipher.codes.TKIP, 16],
  [Cipher.codes.CCMP, 16],
  [Cipher.codes.GCMP, 16],
  [Cipher.codes.CCMP_256, 32],
  [Cipher.codes.GCMP_256, 32],
  [Cipher.codes.BIP, 16],
  [Cipher.codes.BIP_GMAC_128, 16],
  [Cipher.codes.BIP_GMAC_256, 32],
  [Cipher.codes.BIP_CMAC_256, 32],
]);

const isZero = (secret: Secret): boolean => secret.isKnown && secret.reveal().every((byte) => byte === 0);

const wrongMaterial = ({ algorithm, material }: Keyed): string | undefined => {
  const length = KEY_LENGTH.get(algorithm);
  if (length !== undefined && material.key.length !== length) {
    return `R124: a ${Cipher.show(algorithm)} key has ${length} bytes, not ${material.key.length}`;
  }
  if (material.form === 'tkip' && material.mic.length !== 16) return 'R125: the two Michael keys of TKIP have 16 bytes';
  if ('counter' in material && material.counter.length !== 6) return 'R126: a receive counter has 6 bytes';
  return isZero(material.key) ? 'R135: a key of zeros is no key' : undefined;
};

/** Why a download must not reach the hardware, or `undefined` when it may. */
export const objection = (download: KeyDownload): string | undefined => {
  switch (download.slot) {
    case 'excludeUnencrypted':
      return undefined;
    case 'transmitIndex':
      return download.keyIndex <= 3 ? undefined : `R122: transmit index ${download.keyIndex} is outside 0..3`;
    case 'group':
      if (download.keyIndex > 3 && !isIhv(download.algorithm))
        return `R123: group key index ${download.keyIndex} is outside 0..3`;
      return wrongMaterial(download);
    case 'management':
      if (download.keyIndex !== 4 && download.keyIndex !== 5)
        return `R123: management key index ${download.keyIndex} is not 4 or 5`;
      return wrongMaterial(download);
    case 'pairwise':
      return wrongMaterial(download);
  }
};

/** A download as the call it becomes. */
export const keyCall = (download: KeyDownload, peer: MacAddress): PortCall => {
  switch (download.slot) {
    case 'excludeUnencrypted':
      return { kind: 'setExcludeUnencrypted', exclude: download.exclude };
    case 'transmitIndex':
      return { kind: 'setDefaultKeyId', keyIndex: download.keyIndex };
    case 'pairwise': {
      const { algorithm, material, direction = Direction.codes.BOTH } = download;
      return { kind: 'setKeyMappingKey', peer, algorithm, direction, delete: false, static: false, material };
    }
    default: {
      const { algorithm, material, keyIndex } = download;
      const direction = Direction.codes.INBOUND;
      return { kind: 'setDefaultKey', peer, keyIndex, algorithm, direction, delete: false, static: false, material };
    }
  }
};

const isSame = (earlier: KeyDownload, download: KeyDownload): boolean => {
  if (earlier.slot !== download.slot) return false;
  if (isKeyed(earlier) && isKeyed(download)) return equalBytes(earlier.material.key.reveal(), download.material.key.reveal());
  if (earlier.slot === 'transmitIndex' && download.slot === 'transmitIndex') return earlier.keyIndex === download.keyIndex;
  return earlier.slot === 'excludeUnencrypted' && download.slot === 'excludeUnencrypted' && earlier.exclude === download.exclude;
};

/** What the hardware has been given: every key there ever was, so that none goes in twice (R135), and each setting as it is. */
export type History = ReadonlyArray<KeyDownload>;

export const isInHardware = (history: History, download: KeyDownload): boolean =>
  history.some((earlier) => isSame(earlier, download));

export const remember = (history: History, download: KeyDownload): History =>
  isKeyed(download) ? [...history, download] : [...history.filter(({ slot }) => slot !== download.slot), download];

export const zeroise = (download: KeyDownload): void => {
  if (!isKeyed(download)) return;
  download.material.key.zeroise();
  if (download.material.form === 'tkip') download.material.mic.zeroise();
};
