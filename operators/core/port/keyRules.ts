import { Cipher, Direction, equalBytes, type KeyMaterial, type MacAddress, type Secret } from '../../../streams/events/index.js';
import type { KeyDownload } from '../method/commands.js';
import type { PortCall } from './Port.js';

type Keyed = Extract<KeyDownload, { material: KeyMaterial }>;

/** R133: pairwise, group, management, transmit index, and last the switch that shuts out what is not encrypted. */
const ORDER = {
  pairwise: 0,
  pairwiseTransmit: 1,
  group: 2,
  management: 3,
  beacon: 4,
  transmitIndex: 5,
  excludeUnencrypted: 6,
} as const;

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

const isOneOf = (index: number, ...allowed: ReadonlyArray<number>): boolean => allowed.includes(index);

/** R123 speaks of 0..3, and of 4 and 5 for BIP. The rest is beyond it: only WDI and Linux know beacon keys and Extended Key ID. */
const wrongIndex = (download: KeyDownload): string | undefined => {
  switch (download.slot) {
    case 'excludeUnencrypted':
      return undefined;
    case 'pairwise':
      return download.keyId === undefined || isOneOf(download.keyId, 0, 1)
        ? undefined
        : `R123: pairwise key id ${download.keyId} is not 0 or 1`;
    case 'pairwiseTransmit':
      return isOneOf(download.keyId, 0, 1) ? undefined : `R123: pairwise key id ${download.keyId} is not 0 or 1`;
    case 'group':
      return download.keyIndex <= 3 || isIhv(download.algorithm)
        ? undefined
        : `R123: group key index ${download.keyIndex} is outside 0..3`;
    case 'management':
      return isOneOf(download.keyIndex, 4, 5) ? undefined : `R123: management key index ${download.keyIndex} is not 4 or 5`;
    case 'beacon':
      return isOneOf(download.keyIndex, 6, 7) ? undefined : `R123: beacon key index ${download.keyIndex} is not 6 or 7`;
    case 'transmitIndex':
      return download.keyIndex <= 3 ? undefined : `R122: transmit index ${download.keyIndex} is outside 0..3`;
  }
};

/** Why a download must not reach the hardware, or `undefined` when it may. */
export const objection = (download: KeyDownload): string | undefined =>
  wrongIndex(download) ?? (isKeyed(download) ? wrongMaterial(download) : undefined);

/** A download as the call it becomes. */
export const keyCall = (download: KeyDownload, peer: MacAddress): PortCall => {
  switch (download.slot) {
    case 'excludeUnencrypted':
      return { kind: 'setExcludeUnencrypted', exclude: download.exclude };
    case 'transmitIndex':
      return { kind: 'setDefaultKeyId', keyIndex: download.keyIndex };
    case 'pairwiseTransmit':
      return { kind: 'setPairwiseTransmitKey', peer, keyId: download.keyId };
    case 'pairwise': {
      const { algorithm, material, keyId, direction = Direction.codes.BOTH } = download;
      const named = { peer, algorithm, direction, ...(keyId !== undefined && { keyId }) };
      return { kind: 'setKeyMappingKey', ...named, delete: false, static: false, material };
    }
    default: {
      const { algorithm, material, keyIndex, link } = download;
      const direction = Direction.codes.INBOUND;
      // R128: the address says whose default keys these are. Each link of a multi-link AP has its own.
      const named = { peer: link?.ap ?? peer, keyIndex, algorithm, direction, ...(link && { link: link.id }) };
      return { kind: 'setDefaultKey', ...named, delete: false, static: false, material };
    }
  }
};

const linkOf = (download: Keyed): number | undefined => (download.slot === 'pairwise' ? undefined : download.link?.id);

/** A key is known by its bytes, whatever id or index it is to go under this time. */
const isSameKey = (earlier: Keyed, download: Keyed): boolean =>
  linkOf(earlier) === linkOf(download) && equalBytes(earlier.material.key.reveal(), download.material.key.reveal());

const isSame = (earlier: KeyDownload, download: KeyDownload): boolean => {
  if (earlier.slot !== download.slot) return false;
  if (isKeyed(earlier) && isKeyed(download)) return isSameKey(earlier, download);
  if (earlier.slot === 'pairwiseTransmit' && download.slot === 'pairwiseTransmit') return earlier.keyId === download.keyId;
  if (earlier.slot === 'transmitIndex' && download.slot === 'transmitIndex') return earlier.keyIndex === download.keyIndex;
  return earlier.slot === 'excludeUnencrypted' && download.slot === 'excludeUnencrypted' && earlier.exclude === download.exclude;
};

/** A setting replaces the one before; and a new key under an id is not the one that frames are sent with. */
const isOutdated = (earlier: KeyDownload, download: KeyDownload): boolean => {
  if (!isKeyed(download)) return earlier.slot === download.slot;
  return earlier.slot === 'pairwiseTransmit' && download.slot === 'pairwise' && earlier.keyId === download.keyId;
};

/** What the hardware has been given: every key there ever was, so that none goes in twice (R135), and each setting as it is. */
export type History = ReadonlyArray<KeyDownload>;

export const isInHardware = (history: History, download: KeyDownload): boolean =>
  history.some((earlier) => isSame(earlier, download));

export const remember = (history: History, download: KeyDownload): History => [
  ...history.filter((earlier) => !isOutdated(earlier, download)),
  download,
];

/** The secrets a download brings along, for whoever destroys them. */
export const secretsOf = (download: KeyDownload): ReadonlyArray<Secret> => {
  if (!isKeyed(download)) return [];
  const { material } = download;
  return material.form === 'tkip' ? [material.key, material.mic] : [material.key];
};
