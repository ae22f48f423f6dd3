import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { copyBytes, isZero, type KeyMaterial, L2Reason, Secret } from '../../../streams/events/index.js';
import type { KeyDataItem } from '../../../streams/frames/index.js';
import type { KeyDownload, KeyLink } from '../method/commands.js';
import type { CipherRow } from './cipherSuite.js';
import { type Fault, fatal, missing, type Stage } from './fault.js';
import type { Network } from './network.js';
import { wipeDownloads } from './wipe.js';

const { MSMSEC_KEY_FORMAT } = L2Reason.codes;

type Item<K extends KeyDataItem['kind']> = Extract<KeyDataItem, { kind: K }>;
const ofKind = <K extends KeyDataItem['kind']>(items: ReadonlyArray<KeyDataItem>, kind: K): ReadonlyArray<Item<K>> =>
  items.filter((item): item is Item<K> => item.kind === kind);

/** The receive counter of a key is the low six of the eight octets of the Key RSC (R126, R127). */
export const COUNTER_LENGTH = 6;

/** TKIP's two Michael keys follow its temporal key, the one for receiving first (R125). */
const TKIP_KEY_LENGTH = 16;

/** A key of zeros is none, whatever Michael keys come with it: its frames would be encrypted for anybody. */
export const isNoKey = ({ form }: CipherRow, bytes: Uint8Array): boolean =>
  isZero(form === 'tkip' ? bytes.subarray(0, TKIP_KEY_LENGTH) : bytes);

/** Key bytes in the form the hardware takes. */
export const materialOf = (cipher: CipherRow, bytes: Uint8Array, counter: Uint8Array): KeyMaterial =>
  cipher.form === 'tkip'
    ? {
        form: 'tkip',
        counter,
        key: Secret.of(bytes, 0, TKIP_KEY_LENGTH),
        mic: Secret.of(bytes, TKIP_KEY_LENGTH),
      }
    : { form: cipher.form, counter, key: Secret.of(bytes) };

/** A key as it stands in a KDE, whichever KDE that is. */
interface Delivered {
  readonly name: string;
  readonly keyId: number;
  readonly key: Uint8Array;
  readonly counter: Uint8Array;
  readonly linkId?: number;
}

interface Place {
  readonly slot: 'group' | 'management' | 'beacon';
  readonly cipher: CipherRow;
  readonly indexes: ReadonlyArray<number>;
}

const objection = ({ name, keyId, key }: Delivered, { cipher, indexes }: Place, stage: Stage): Fault | undefined => {
  if (key.length !== cipher.keyLength) {
    const detail = `the ${name} has ${key.length} octets, and ${cipher.name} has ${cipher.keyLength}`;
    return fatal('KEY_LENGTH', stage, MSMSEC_KEY_FORMAT, detail);
  }
  if (!indexes.includes(keyId)) {
    const detail = `the ${name} has index ${keyId}, which is not one of ${indexes.join(', ')}`;
    return fatal('KEY_INDEX', stage, MSMSEC_KEY_FORMAT, detail);
  }
  return isNoKey(cipher, key) ? fatal('ZERO_KEY', stage, MSMSEC_KEY_FORMAT, `the ${name} is all zeros`) : undefined;
};

const linkOf = ({ links }: Network, id: number | undefined): KeyLink | undefined =>
  id === undefined ? undefined : links.find((link) => link.id === id);

/** A key for a link that is not ours is nobody's (IEEE 802.11be 12.7.6.4): it is passed over. */
const placed = (
  network: Network,
  keys: ReadonlyArray<Delivered>,
  place: Place,
  stage: Stage,
): Either<Fault, ReadonlyArray<KeyDownload>> => {
  const downloads: KeyDownload[] = [];
  for (const key of keys) {
    const link = linkOf(network, key.linkId);
    if (key.linkId !== undefined && link === undefined) continue;
    const fault = objection(key, place, stage);
    if (fault !== undefined) {
      wipeDownloads(downloads);
      return left(fault);
    }
    const { slot, cipher } = place;
    const material = materialOf(cipher, key.key, key.counter);
    const download = { slot, keyIndex: key.keyId, algorithm: cipher.windows, material };
    downloads.push(link === undefined ? download : { ...download, link });
  }
  return right(downloads);
};

/** What an exchange has to deliver: of several links the first the keys of all, and a renewal those of any. */
const incomplete = ({ links }: Network, downloads: ReadonlyArray<KeyDownload>, stage: Stage): boolean =>
  links.length === 0 || stage === 'group message 1'
    ? downloads.length === 0
    : links.some(({ id }) => !downloads.some((download) => 'link' in download && download.link?.id === id));

/** Too little was delivered: what there is of it is destroyed. */
const lacking = (found: ReadonlyArray<KeyDownload>, fault: Fault): Either<Fault, never> => {
  wipeDownloads(found);
  return left(fault);
};

const groupKeysIn = (network: Network, items: ReadonlyArray<KeyDataItem>, counter: Uint8Array): ReadonlyArray<Delivered> =>
  network.links.length === 0
    ? ofKind(items, 'gtk').map(({ keyId, key }) => ({ name: 'group key', keyId, key, counter }))
    : ofKind(items, 'mloGtk').map(({ linkId, keyId, key, packetNumber }) => ({
        name: `group key of link ${linkId}`,
        ...{ keyId, key, counter: packetNumber, linkId },
      }));

const integrityKeysIn = (
  network: Network,
  items: ReadonlyArray<KeyDataItem>,
  kinds: readonly ['igtk' | 'bigtk', 'mloIgtk' | 'mloBigtk'],
  name: string,
): ReadonlyArray<Delivered> =>
  network.links.length === 0
    ? ofKind(items, kinds[0]).map(({ keyId, key, packetNumber }) => ({ name, keyId, key, counter: packetNumber }))
    : ofKind(items, kinds[1]).map(({ linkId, keyId, key, packetNumber }) => ({
        name: `${name} of link ${linkId}`,
        ...{ keyId, key, counter: packetNumber, linkId },
      }));

const GROUP_INDEXES = [1, 2, 3];
const MANAGEMENT_INDEXES = [4, 5];
const BEACON_INDEXES = [6, 7];

/** Keys that were not agreed on. */
const NONE_DUE: Either<never, ReadonlyArray<KeyDownload>> = right([]);

const groupKeys = (network: Network, items: ReadonlyArray<KeyDataItem>, rsc: Uint8Array, stage: Stage) => {
  const { group } = network;
  if (group === undefined) return NONE_DUE;
  const keys = groupKeysIn(network, items, copyBytes(rsc, 0, COUNTER_LENGTH));
  const found = placed(network, keys, { slot: 'group', cipher: group, indexes: GROUP_INDEXES }, stage);
  if (isLeft(found)) return found;
  return incomplete(network, found.right, stage)
    ? lacking(found.right, fatal('GROUP_KEY', stage, missing(stage).groupKey, 'it brings no group key'))
    : found;
};

/**
 * Some access points swap the octets of the key ID. What they do with that key is anybody's guess, so it is passed over, as
 * wpa_supplicant does: group addressed management frames find no key, and nobody is shut out.
 */
const isSwapped = ({ keyId }: Delivered): boolean => keyId === 0x0400 || keyId === 0x0500;

/** An access point may renew the group key alone, so only message 3 has to bring the IGTK. */
const managementKeys = (network: Network, items: ReadonlyArray<KeyDataItem>, stage: Stage) => {
  const { groupManagement } = network;
  if (groupManagement === undefined) return NONE_DUE;
  const keys = integrityKeysIn(network, items, ['igtk', 'mloIgtk'], 'IGTK');
  const place: Place = { slot: 'management', cipher: groupManagement, indexes: MANAGEMENT_INDEXES };
  const usable = keys.filter((key) => !isSwapped(key));
  const found = placed(network, usable, place, stage);
  if (isLeft(found) || stage === 'group message 1' || usable.length < keys.length) return found;
  const detail = 'management frames are protected, and it brings no IGTK';
  return incomplete(network, found.right, stage)
    ? lacking(found.right, fatal('MANAGEMENT_KEY', stage, missing(stage).managementKey, detail))
    : found;
};

const beaconKeys = (network: Network, items: ReadonlyArray<KeyDataItem>, stage: Stage) => {
  const { groupManagement, beaconProtection } = network;
  if (groupManagement === undefined || !beaconProtection) return NONE_DUE;
  const keys = integrityKeysIn(network, items, ['bigtk', 'mloBigtk'], 'BIGTK');
  return placed(network, keys, { slot: 'beacon', cipher: groupManagement, indexes: BEACON_INDEXES }, stage);
};

/** The group, management and beacon keys that message 3 or a group message 1 delivers, each checked. */
export const groupKeysOf = (
  network: Network,
  items: ReadonlyArray<KeyDataItem>,
  rsc: Uint8Array,
  stage: Stage,
): Either<Fault, ReadonlyArray<KeyDownload>> => {
  const group = groupKeys(network, items, rsc, stage);
  if (network.groupManagement === undefined) return group;
  const all: KeyDownload[] = [];
  const found = [group, managementKeys(network, items, stage), beaconKeys(network, items, stage)];
  for (const keys of found) if (!isLeft(keys)) all.push(...keys.right);
  const fault = found.find(isLeft);
  if (fault === undefined) return right(all);
  wipeDownloads(all);
  return fault;
};

/** WPA1 sends the group key bare: its index is in the key information, its length in the frame (R125 for TKIP). */
export const bareGroupKey = (
  network: Network,
  plain: Uint8Array,
  { keyId, keyLength, rsc }: { readonly keyId: number; readonly keyLength: number; readonly rsc: Uint8Array },
): Either<Fault, ReadonlyArray<KeyDownload>> => {
  const stage = 'group message 1';
  const { group } = network;
  if (group === undefined || keyLength === 0 || plain.length < keyLength) {
    return left(fatal('GROUP_KEY', stage, missing(stage).groupKey, 'it brings no group key'));
  }
  const key = { name: 'group key', keyId, key: plain.subarray(0, keyLength), counter: rsc.slice(0, COUNTER_LENGTH) };
  return placed(network, [key], { slot: 'group', cipher: group, indexes: GROUP_INDEXES }, stage);
};
