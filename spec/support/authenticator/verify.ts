import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { keyMic } from '../../../operators/core/rsn/keys/mic.js';
import { equalBytes } from '../../../streams/events/index.js';
import {
  type EapolKey,
  ElementId,
  type KeyDataItem,
  KeyDescriptor,
  MIC_AT,
  readKeyData,
  readRsnElement,
  withZeroedMic,
} from '../../../streams/frames/index.js';
import { type Ap, versionOf } from './Ap.js';
import type { PlainPtk } from './keys.js';

/** A complaint, or nothing. */
type Verdict = string | undefined;

const firstOf = (...verdicts: ReadonlyArray<() => Verdict>): Verdict => {
  for (const verdict of verdicts) {
    const found = verdict();
    if (found !== undefined) return found;
  }
  return undefined;
};

const isNothing = (bytes: Uint8Array): boolean => bytes.every((octet) => octet === 0);

/** The frame with its key data in the clear: a suite without a MIC seals it. What does not open stays as it is. */
export const openedKey = (ap: Ap, packet: Uint8Array, key: EapolKey, { kek }: PlainPtk): EapolKey => {
  const keyData = ap.master.parameters.mic > 0 ? key.keyData : unsealed(packet, key, kek);
  return keyData === undefined ? key : { ...key, keyData };
};

const unsealed = (packet: Uint8Array, { keyData }: EapolKey, kek: Uint8Array): Uint8Array | undefined =>
  nodeCrypto.aesSivOpen(kek, keyData, [packet.subarray(0, MIC_AT + 2)]);

export const micFault = (ap: Ap, packet: Uint8Array, key: EapolKey, { kck, kek }: PlainPtk): Verdict => {
  const { parameters } = ap.master;
  if (parameters.mic === 0) return unsealed(packet, key, kek) === undefined ? 'its key data does not open' : undefined;
  const mic = keyMic(nodeCrypto, parameters, versionOf(ap), kck, withZeroedMic(packet, parameters.mic));
  return mic !== undefined && equalBytes(mic, key.mic) ? undefined : 'its MIC is not right';
};

/** What a station's frame must have in its header, each field compared. */
interface Header {
  readonly pairwise: boolean;
  readonly secure: boolean;
  readonly index?: number;
  readonly keyLength: number;
  readonly hasNonce: boolean;
}

export const headerFault = (ap: Ap, key: EapolKey, expected: Header): Verdict => {
  const { information } = key;
  const isWpa = ap.network.akm.protocol === 'wpa';
  const wanted = {
    ...{ descriptorVersion: versionOf(ap), pairwise: expected.pairwise, index: expected.index ?? 0, secure: expected.secure },
    ...{ install: false, ack: false, error: false, request: false, smk: false },
    ...{ mic: ap.master.parameters.mic > 0, encrypted: ap.master.parameters.mic === 0 },
  };
  const odd = (Object.keys(wanted) as ReadonlyArray<keyof typeof wanted>).find((name) => information[name] !== wanted[name]);
  return firstOf(
    () => (odd === undefined ? undefined : `its ${odd} is ${information[odd]}, not ${wanted[odd]}`),
    () =>
      key.descriptor === (isWpa ? KeyDescriptor.codes.WPA : KeyDescriptor.codes.RSN) ? undefined : 'its descriptor is wrong',
    () => (key.keyLength === expected.keyLength ? undefined : `its key length is ${key.keyLength}, not ${expected.keyLength}`),
    () => (isNothing(key.nonce) === expected.hasNonce ? `its nonce is ${expected.hasNonce ? '' : 'not '}zero` : undefined),
    () => ([key.iv, key.receiveCounter, key.reserved].every(isNothing) ? undefined : 'a field that is reserved is not zero'),
  );
};

export const counterFault = ({ outstanding }: Ap, { replayCounter }: EapolKey): Verdict =>
  outstanding.includes(replayCounter) ? undefined : `its replay counter ${replayCounter} is none of ${outstanding.join(', ')}`;

const elementIn = (items: ReadonlyArray<KeyDataItem>, id: number): Uint8Array | undefined => {
  const item = items.find((each) => each.kind === 'element' && each.element.id === id);
  return item?.kind === 'element' ? item.element.bytes : undefined;
};

const differs = (name: string, found: Uint8Array | undefined, expected: Uint8Array | undefined): Verdict =>
  equalBytes(found ?? new Uint8Array(0), expected ?? new Uint8Array(0)) ? undefined : `its ${name} is not the expected one`;

/** In a mobility domain the RSNE of the request, but with the name of the PMK-R1 as its only PMKID. */
const rsneFault = ({ network, master }: Ap, found: Uint8Array | undefined): Verdict => {
  const { ownElement } = network;
  if (master.r1 === undefined) return differs('RSNE', found, ownElement);
  const [theirs, ours] = [readRsnElement((found ?? new Uint8Array(0)).subarray(2)), readRsnElement(ownElement.subarray(2))];
  if (isLeft(theirs) || isLeft(ours)) return 'its RSNE cannot be read';
  const [{ pmkids = [], ...rest }, { pmkids: _, ...own }] = [theirs.right, ours.right];
  const [name] = pmkids;
  if (pmkids.length !== 1 || name === undefined || !equalBytes(name, master.r1.name)) return 'its RSNE does not name the PMK-R1';
  return JSON.stringify(rest) === JSON.stringify(own) ? undefined : 'its RSNE is not that of the request';
};

export const channelFault = ({ network: { channel } }: Ap, items: ReadonlyArray<KeyDataItem>): Verdict => {
  const item = items.find(({ kind }) => kind === 'operatingChannel');
  if (channel === undefined) return item === undefined ? undefined : 'it tells a channel nobody asked for';
  const { kind: _, ...told } = item ?? { kind: 'operatingChannel' };
  return JSON.stringify(told) === JSON.stringify(channel) ? undefined : 'its operating channel is another';
};

export const mldFault = ({ network }: Ap, items: ReadonlyArray<KeyDataItem>): Verdict => {
  const item = items.find(({ kind }) => kind === 'macAddress');
  const expected = network.links.length === 0 ? undefined : network.supplicant;
  return (item?.kind === 'macAddress' ? item.address : undefined) === expected ? undefined : 'its MAC Address KDE is wrong';
};

/** The station names its other links, not the one the association was made on (IEEE 802.11be 12.7.6.3). */
const linksFault = ({ network }: Ap, items: ReadonlyArray<KeyDataItem>): Verdict => {
  const told = items.flatMap((item) => (item.kind === 'mloLink' ? [`${item.linkId} ${item.address}`] : []));
  const expected = network.links.slice(1).map(({ id, own }) => `${id} ${own}`);
  return told.sort().join() === expected.sort().join()
    ? undefined
    : `its links are ${told.join() || 'none'}, not ${expected.join()}`;
};

const wpaElementIn = (items: ReadonlyArray<KeyDataItem>): Uint8Array | undefined => {
  const [item] = items;
  return item?.kind === 'element' ? item.element.bytes : undefined;
};

/** What message 2 repeats of the association (IEEE 802.11-2020 12.7.6.3). */
export const repetitionFault = (ap: Ap, items: ReadonlyArray<KeyDataItem>): Verdict => {
  const { akm, ownElement, ownRsnxe, mobility } = ap.network;
  if (akm.protocol === 'wpa') return differs('WPA element', wpaElementIn(items), ownElement);
  const { RSN, RSNX, MOBILITY_DOMAIN, FAST_TRANSITION } = ElementId.codes;
  return firstOf(
    () => rsneFault(ap, elementIn(items, RSN)),
    () => differs('RSNXE', elementIn(items, RSNX), ownRsnxe),
    () => differs('MDE', elementIn(items, MOBILITY_DOMAIN), mobility?.mde),
    () => differs('FTE', elementIn(items, FAST_TRANSITION), mobility?.fte),
    () => channelFault(ap, items),
    () => mldFault(ap, items),
    () => linksFault(ap, items),
  );
};

export const itemsIn = ({ keyData }: EapolKey): ReadonlyArray<KeyDataItem> | undefined => {
  const items = readKeyData(keyData);
  return isLeft(items) ? undefined : items.right;
};

export { firstOf, type Verdict };
