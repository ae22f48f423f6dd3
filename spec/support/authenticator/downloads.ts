import type { KeyDownload } from '../../../operators/core/index.js';
import type { CipherRow } from '../../../operators/core/rsn/cipherSuite.js';
import { toHex } from '../../../streams/events/index.js';
import type { TestNetwork } from '../associationFor.js';
import type { GroupKeys, PlainPtk } from './keys.js';

interface Shown {
  readonly slot: string;
  readonly cipher: CipherRow;
  readonly key: Uint8Array;
  readonly counter: Uint8Array;
}

const ZEROS = new Uint8Array(6);

/** TKIP's key is 16 octets and two Michael keys, that of the access point first (IEEE 802.11-2020 12.8.1). */
const shown = ({ slot, cipher, key, counter }: Shown): string => {
  const [algorithm, end] = [cipher.windows.toString(16), `from ${toHex(counter)}`];
  return cipher.form === 'tkip'
    ? `${slot}: ${algorithm} tkip ${toHex(key.subarray(0, 16))} mic ${toHex(key.subarray(16))} ${end}`
    : `${slot}: ${algorithm} ${cipher.form} ${toHex(key)} ${end}`;
};

const place = (slot: string, index: number, link: TestNetwork['links'][number] | undefined): string =>
  link === undefined ? `${slot} ${index}` : `${slot} ${index} of link ${link.id} at ${link.ap}`;

export const pairwiseSlot = (keyId: number | undefined): string => (keyId === undefined ? 'pairwise' : `pairwise ${keyId}`);

/** The pairwise key as a station must have it, in a line. */
export const shownPairwise = ({ pairwise }: TestNetwork, { tk }: PlainPtk, keyId: number | undefined): string =>
  shown({ slot: pairwiseSlot(keyId), cipher: pairwise, key: tk, counter: ZEROS });

/** The group keys as a station must have them, a line each, in the order of R133. */
export const shownGroupKeys = (network: TestNetwork, groups: ReadonlyArray<GroupKeys>): ReadonlyArray<string> => {
  const { group, groupManagement } = network;
  const linkOf = (id: number | undefined) => network.links.find((link) => link.id === id);
  const lines = (slot: 'group' | 'management' | 'beacon', kind: 'gtk' | 'igtk' | 'bigtk', cipher: CipherRow | undefined) =>
    groups.flatMap((keys) => {
      const one = keys[kind];
      if (one === undefined || cipher === undefined) return [];
      return [shown({ slot: place(slot, one.keyId, linkOf(keys.linkId)), cipher, key: one.key, counter: one.packetNumber })];
    });
  return [
    ...lines('group', 'gtk', group),
    ...lines('management', 'igtk', groupManagement),
    ...lines('beacon', 'bigtk', groupManagement),
  ];
};

const slotOf = (download: KeyDownload): string => {
  switch (download.slot) {
    case 'pairwise':
      return pairwiseSlot(download.keyId);
    case 'pairwiseTransmit':
      return `transmit with pairwise ${download.keyId}`;
    case 'transmitIndex':
      return `transmit with ${download.keyIndex}`;
    case 'excludeUnencrypted':
      return `exclude unencrypted ${download.exclude}`;
    default:
      return download.link === undefined
        ? `${download.slot} ${download.keyIndex}`
        : `${download.slot} ${download.keyIndex} of link ${download.link.id} at ${download.link.ap}`;
  }
};

/** A download in the same words. */
export const shownDownload = (download: KeyDownload): string => {
  if (!('material' in download)) return slotOf(download);
  const { material, algorithm } = download;
  const counter = 'counter' in material ? toHex(material.counter) : 'none';
  const mic = material.form === 'tkip' ? ` mic ${toHex(material.mic.reveal())}` : '';
  return `${slotOf(download)}: ${algorithm.toString(16)} ${material.form} ${toHex(material.key.reveal())}${mic} from ${counter}`;
};
