import { isLeft } from 'fp-ts/lib/Either.js';
import {
  type KeyDataItem,
  KeyDescriptor,
  type KeyInformation,
  leadingElements,
  RsnxCapability,
  readRsnElement,
  writeRsnElement,
} from '../../../streams/frames/index.js';
import { made } from '../associationFor.js';
import { type Ap, versionOf } from './Ap.js';
import type { Draft, MessageName } from './draft.js';
import type { GroupKeys } from './keys.js';

const none = (octets: number): Uint8Array => new Uint8Array(octets);

const PLAIN: KeyInformation = {
  ...{ descriptorVersion: 0, index: 0 },
  ...{ pairwise: false, install: false, ack: true, mic: false, secure: false },
  ...{ error: false, request: false, encrypted: false, smk: false },
};

const hasMic = ({ master }: Ap): boolean => master.parameters.mic > 0;

const draftOf = (ap: Ap, name: MessageName, information: Partial<KeyInformation>, changes: Partial<Draft>): Draft => ({
  name,
  version: 2,
  descriptor: ap.network.akm.protocol === 'wpa' ? KeyDescriptor.codes.WPA : KeyDescriptor.codes.RSN,
  information: { ...PLAIN, descriptorVersion: versionOf(ap), ...information, ...(hasMic(ap) ? {} : { mic: false }) },
  keyLength: 0,
  replayCounter: ap.counter,
  nonce: none(32),
  iv: none(16),
  receiveCounter: none(8),
  reserved: none(8),
  items: [],
  isWrapped: false,
  ...changes,
});

const elements = (bytes: Uint8Array | undefined): ReadonlyArray<KeyDataItem> =>
  bytes === undefined ? [] : leadingElements(bytes).map((element) => ({ kind: 'element', element }));

const isMultiLink = ({ network }: Ap): boolean => network.links.length > 0;

const mldAddress = (ap: Ap): ReadonlyArray<KeyDataItem> =>
  isMultiLink(ap) ? [{ kind: 'macAddress', address: ap.network.authenticator }] : [];

/** Message 1 (IEEE 802.11-2020 12.7.6.2). That of a rekey says that there are keys, and the link encryption protects it. */
export const message1 = (ap: Ap): Draft => {
  const { namesPmk } = ap.options;
  return draftOf(
    ap,
    'message1',
    { pairwise: true, secure: ap.ptk !== undefined && ap.network.akm.protocol === 'rsn' },
    {
      keyLength: ap.network.pairwise.keyLength,
      nonce: ap.anonce,
      items: [...(namesPmk === undefined ? [] : [{ kind: 'pmkid', pmkid: namesPmk } as const]), ...mldAddress(ap)],
    },
  );
};

/** In a mobility domain the RSNE names the PMK-R1 (13.4.2). */
export const announcedElement = ({ network, master }: Ap): Uint8Array => {
  const { apElement } = network;
  if (master.r1 === undefined) return apElement;
  const read = readRsnElement(apElement.subarray(2));
  return isLeft(read) ? apElement : made(writeRsnElement({ ...read.right, pmkids: [master.r1.name] }));
};

/** The access points of a multi-link device announce each its own, and each says so in its MLO Link KDE (802.11be 12.7.6.4). */
const announcement = (ap: Ap): ReadonlyArray<KeyDataItem> => {
  const { apElement, apRsnxe, links } = ap.network;
  if (!isMultiLink(ap)) return [...elements(announcedElement(ap)), ...elements(apRsnxe)];
  return links.map((link) => ({
    ...{ kind: 'mloLink', linkId: link.id, address: link.ap, rsne: apElement },
    ...(apRsnxe && { rsnxe: apRsnxe }),
  }));
};

const keysOf = ({ linkId, gtk, igtk, bigtk }: GroupKeys, isKnown: boolean): ReadonlyArray<KeyDataItem> => {
  const group: ReadonlyArray<KeyDataItem> =
    linkId === undefined
      ? [{ kind: 'gtk', keyId: gtk.keyId, transmit: false, key: gtk.key }]
      : [{ kind: 'mloGtk', linkId, transmit: false, ...gtk }];
  const management: ReadonlyArray<KeyDataItem> =
    igtk === undefined ? [] : [linkId === undefined ? { kind: 'igtk', ...igtk } : { kind: 'mloIgtk', linkId, ...igtk }];
  const beacon: ReadonlyArray<KeyDataItem> =
    bigtk === undefined ? [] : [linkId === undefined ? { kind: 'bigtk', ...bigtk } : { kind: 'mloBigtk', linkId, ...bigtk }];
  return [...(isKnown ? group : []), ...management, ...beacon];
};

export const groupItems = (ap: Ap): ReadonlyArray<KeyDataItem> =>
  ap.groups.flatMap((keys) => keysOf(keys, ap.network.group !== undefined));

/** Where both sides can, message 3 repeats the name of the network (IEEE 802.11-2024 12.7.6.4). */
const name = ({ network: { rsnx = [], ssid } }: Ap): ReadonlyArray<KeyDataItem> =>
  rsnx.includes(RsnxCapability.SSID_PROTECTION) ? [{ kind: 'ssid', ssid }] : [];

const operatingChannel = ({ network: { channel } }: Ap): ReadonlyArray<KeyDataItem> =>
  channel === undefined ? [] : [{ kind: 'operatingChannel', ...channel }];

/** The Key RSC is that of the group key; each link of a multi-link device has its own, in the KDE. */
export const receiveCounter = (ap: Ap): Uint8Array => {
  const counter = none(8);
  const [first] = ap.groups;
  if (!isMultiLink(ap) && first !== undefined && ap.network.group !== undefined) counter.set(first.gtk.packetNumber);
  return counter;
};

/** Message 3 of WPA1 is in the clear, and brings no group key. */
const message3OfWpa = (ap: Ap): Draft =>
  draftOf(
    ap,
    'message3',
    { pairwise: true, install: true, mic: true },
    { keyLength: ap.network.pairwise.keyLength, nonce: ap.anonce, items: elements(ap.network.apElement) },
  );

const message3OfRsn = (ap: Ap, iv: Uint8Array): Draft => {
  const { network, options } = ap;
  const items: ReadonlyArray<KeyDataItem> = [
    ...mldAddress(ap),
    ...announcement(ap),
    ...(network.extendedKeyId === true ? [{ kind: 'keyId', keyId: ap.keyId } as const] : []),
    ...groupItems(ap),
    ...operatingChannel(ap),
    ...elements(network.mobility?.mde),
    ...elements(network.mobility?.fte),
    ...name(ap),
    ...(options.transitionDisable ? [{ kind: 'transitionDisable', bitmap: options.transitionDisable } as const] : []),
  ];
  return draftOf(
    ap,
    'message3',
    { pairwise: true, install: true, mic: true, secure: true, encrypted: true },
    {
      ...{ keyLength: network.pairwise.keyLength, nonce: ap.anonce, items, isWrapped: true },
      ...(versionOf(ap) === 1 && { iv }),
      receiveCounter: receiveCounter(ap),
    },
  );
};

/** Message 3 (12.7.6.4). */
export const message3 = (ap: Ap, iv: Uint8Array): Draft =>
  ap.network.akm.protocol === 'wpa' ? message3OfWpa(ap) : message3OfRsn(ap, iv);

/** WPA1's group message 1 has nothing but the key, and tells its index and length itself. */
const group1OfWpa = (ap: Ap, iv: Uint8Array): Draft => {
  const gtk = ap.groups[0]?.gtk;
  return draftOf(
    ap,
    'group1',
    { index: gtk?.keyId ?? 0, mic: true, secure: true },
    {
      ...{ keyLength: gtk?.key.length ?? 0, nonce: ap.anonce, plain: gtk?.key ?? none(0), isWrapped: true },
      ...(versionOf(ap) === 1 && { iv }),
      receiveCounter: receiveCounter(ap),
    },
  );
};

const group1OfRsn = (ap: Ap, iv: Uint8Array): Draft =>
  draftOf(
    ap,
    'group1',
    { mic: true, secure: true, encrypted: true },
    {
      ...{ items: [...groupItems(ap), ...operatingChannel(ap)], isWrapped: true },
      ...(versionOf(ap) === 1 && { iv }),
      receiveCounter: receiveCounter(ap),
    },
  );

/** Group message 1 (12.7.7.2). */
export const group1 = (ap: Ap, iv: Uint8Array): Draft =>
  ap.network.akm.protocol === 'wpa' ? group1OfWpa(ap, iv) : group1OfRsn(ap, iv);
