import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { copyBytes, equalBytes, L2Reason, macFromBytes, wipeBytes } from '../../../../streams/events/index.js';
import {
  ElementId,
  type KeyDataItem,
  readRsnElement,
  readTimeoutInterval,
  TIMEOUT_INTERVAL,
} from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import type { KeyDownload } from '../../method/commands.js';
import { checkChannel } from '../channel.js';
import { type Fault, type FaultCode, fatal } from '../fault.js';
import { groupKeysOf } from '../groupKeys.js';
import { openKeyData, readItems, type VerifiedFrame } from '../keyFrame.js';
import type { Ptk } from '../keys/ptk.js';
import type { Network } from '../network.js';
import type { RootKey } from '../rootKey.js';
import { wipeItems } from '../wipe.js';
import { announcedIn, checkAnnouncement, checkOtherLinks, checkSsid } from './announcement.js';

/** What a message 3 that passed every check delivers. */
export interface Message3 {
  readonly groupKeys: ReadonlyArray<KeyDownload>;
  /** Which of the two pairwise keys this one becomes, where Extended Key ID is agreed. */
  readonly keyId?: number;
  readonly transitionDisable?: Uint8Array;
  /** In a mobility domain, how long its keys live, in seconds. */
  readonly keyLifetime?: number;
}

const { MSMSEC_KEY_FORMAT, MSMSEC_NO_PAIRWISE_KEY, MSMSEC_PEER_INDICATED_INSECURE } = L2Reason.codes;
const { MSMSEC_SEC_IE_MATCHING, MSMSEC_M3_MISSING_IE, MSMSEC_M3_MISSING_KEY_DATA } = L2Reason.codes;

const refuse = (code: FaultCode, reason: number, detail: string): Fault => fatal(code, 'message 3', reason, detail);

const checkHeader = ({ akm, pairwise }: Network, { key }: VerifiedFrame): Fault | undefined => {
  const { install, secure, encrypted } = key.information;
  if (!install) return refuse('NO_INSTALL', MSMSEC_NO_PAIRWISE_KEY, 'its Install bit is clear');
  if (key.keyLength !== pairwise.keyLength) {
    const detail = `its key length is ${key.keyLength}, and ${pairwise.name} has ${pairwise.keyLength}`;
    return refuse('KEY_LENGTH', MSMSEC_KEY_FORMAT, detail);
  }
  if (akm.protocol === 'wpa') return undefined;
  if (!secure) return refuse('NOT_SECURE', MSMSEC_PEER_INDICATED_INSECURE, 'its Secure bit is clear');
  return encrypted ? undefined : refuse('NOT_ENCRYPTED', MSMSEC_KEY_FORMAT, 'its key data is not encrypted');
};

const elementIn = (items: ReadonlyArray<KeyDataItem>, id: number): Uint8Array | undefined => {
  const item = items.find((each) => each.kind === 'element' && each.element.id === id);
  return item?.kind === 'element' ? item.element.body : undefined;
};

const bodyOf = (element: Uint8Array | undefined): Uint8Array => element?.subarray(2) ?? new Uint8Array(0);

const namesKey = (items: ReadonlyArray<KeyDataItem>, name: Uint8Array): boolean => {
  const rsne = elementIn(items, ElementId.codes.RSN);
  const read = rsne && readRsnElement(rsne);
  return read !== undefined && !isLeft(read) && (read.right.pmkids ?? []).some((pmkid) => equalBytes(pmkid, name));
};

/**
 * A mobility domain's message 3 repeats its MDE and FTE, and names the PMK-R1 (IEEE 802.11-2020 13.4.2). The RSNEs of several
 * links are as they were announced, without that name.
 */
const checkFastTransition = (network: Network, { hierarchy }: RootKey, items: ReadonlyArray<KeyDataItem>) => {
  if (hierarchy === undefined) return;
  const bad = (detail: string): Fault => refuse('FAST_TRANSITION', MSMSEC_SEC_IE_MATCHING, detail);
  if (network.links.length === 0 && !namesKey(items, hierarchy.pmkR1Name)) return bad('its RSNE does not name the PMK-R1');
  const [mde, fte] = [elementIn(items, ElementId.codes.MOBILITY_DOMAIN), elementIn(items, ElementId.codes.FAST_TRANSITION)];
  if (mde === undefined || fte === undefined) return bad('it lacks the MDE or the FTE');
  if (!equalBytes(mde, bodyOf(network.mobilityDomain))) return bad('its MDE is not that of the association response');
  return equalBytes(fte, bodyOf(network.fastTransition)) ? undefined : bad('its FTE is not that of the association response');
};

/** Between multi-link devices message 3 says whose it is, and of which links (IEEE 802.11be 12.7.6.4). */
const checkMultiLink = ({ links, addresses }: Network, items: ReadonlyArray<KeyDataItem>): Fault | undefined => {
  if (links.length === 0) return undefined;
  const bad = (detail: string): Fault => refuse('MULTI_LINK', MSMSEC_SEC_IE_MATCHING, detail);
  const address = items.find((item) => item.kind === 'macAddress');
  if (address?.kind !== 'macAddress' || address.address !== macFromBytes(addresses.authenticator))
    return bad('it does not name the MLD address of the access point');
  const confirmed = items.flatMap((item) => (item.kind === 'mloLink' ? [item] : []));
  for (const { id, ap } of links) {
    const link = confirmed.find(({ linkId }) => linkId === id);
    if (link?.address !== ap) return bad(`it does not confirm the access point of link ${id}`);
    if (link.rsne === undefined) return refuse('RSNE', MSMSEC_M3_MISSING_IE, `it has no RSNE of link ${id}`);
  }
  return undefined;
};

/** The reassociation deadline has an element of the same kind (IEEE 802.11-2020 13.4.2). */
const keyLifetimeIn = (items: ReadonlyArray<KeyDataItem>): number | undefined => {
  const intervals = items.flatMap((item) => {
    if (item.kind !== 'element' || item.element.id !== ElementId.codes.TIMEOUT_INTERVAL) return [];
    const read = readTimeoutInterval(item.element.body);
    return isLeft(read) ? [] : [read.right];
  });
  return intervals.find(({ type }) => type === TIMEOUT_INTERVAL.KEY_LIFETIME)?.value;
};

const keyIdIn = ({ extendedKeyId }: Network, items: ReadonlyArray<KeyDataItem>): Either<Fault, number | undefined> => {
  if (!extendedKeyId) return right(undefined);
  const item = items.find(({ kind }) => kind === 'keyId');
  if (item?.kind === 'keyId' && item.keyId <= 1) return right(item.keyId);
  return left(refuse('KEY_ID', MSMSEC_KEY_FORMAT, 'Extended Key ID is agreed, and it names neither key 0 nor key 1'));
};

const delivered = (
  network: Network,
  root: RootKey,
  { key }: VerifiedFrame,
  items: ReadonlyArray<KeyDataItem>,
): Either<Fault, Message3> => {
  const fault =
    checkMultiLink(network, items) ??
    checkAnnouncement(network, announcedIn(network, items)) ??
    checkOtherLinks(network, items) ??
    checkSsid(network, items) ??
    checkFastTransition(network, root, items) ??
    checkChannel(network, items, 'message 3');
  if (fault !== undefined) return left(fault);
  if (network.akm.protocol === 'wpa') return right({ groupKeys: [] });
  const keyId = keyIdIn(network, items);
  if (isLeft(keyId)) return keyId;
  const groupKeys = groupKeysOf(network, items, key.receiveCounter, 'message 3');
  if (isLeft(groupKeys)) return groupKeys;
  const disable = items.find(({ kind }) => kind === 'transitionDisable');
  const message: { -readonly [K in keyof Message3]: Message3[K] } = { groupKeys: groupKeys.right };
  if (keyId.right !== undefined) message.keyId = keyId.right;
  if (disable?.kind === 'transitionDisable') message.transitionDisable = disable.bitmap;
  const keyLifetime = root.hierarchy && keyLifetimeIn(items);
  if (keyLifetime !== undefined) message.keyLifetime = keyLifetime;
  return right(message);
};

/** WPA1 sends its message 3 in the clear. */
const plainKeyData = (
  crypto: Crypto,
  network: Network,
  root: RootKey,
  ptk: Ptk,
  frame: VerifiedFrame,
): Either<Fault, Uint8Array> => {
  if (network.akm.protocol !== 'wpa') return openKeyData(crypto, root.parameters, ptk, frame, 'message 3');
  const { keyData } = frame.key;
  return keyData.length === 0
    ? left(refuse('KEY_DATA', MSMSEC_M3_MISSING_KEY_DATA, 'it carries no key data'))
    : right(copyBytes(keyData));
};

/** Message 3 (IEEE 802.11-2020 12.7.6.4): everything it has to be, or the fault that ends the handshake. */
export const readMessage3 = (
  crypto: Crypto,
  network: Network,
  root: RootKey,
  ptk: Ptk,
  frame: VerifiedFrame,
): Either<Fault, Message3> => {
  const fault = checkHeader(network, frame);
  if (fault !== undefined) return left(fault);
  const plain = plainKeyData(crypto, network, root, ptk, frame);
  if (isLeft(plain)) return plain;
  const items = readItems(plain.right, 'message 3');
  wipeBytes(plain.right);
  if (isLeft(items)) return items;
  const message = delivered(network, root, frame, items.right);
  wipeItems(items.right);
  return message;
};
