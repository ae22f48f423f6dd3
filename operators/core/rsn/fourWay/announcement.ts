import { isLeft } from 'fp-ts/lib/Either.js';
import { equalBytes, L2Reason } from '../../../../streams/events/index.js';
import {
  ElementId,
  hasRsnxCapability,
  isWpaElement,
  type KeyDataItem,
  RsnxCapability,
  readRsnxElement,
} from '../../../../streams/frames/index.js';
import { type Fault, type FaultCode, fatal } from '../fault.js';
import type { Network } from '../network.js';
import { sameButForPmkids, showElement } from '../sameElement.js';

const { MSMSEC_M3_MISSING_IE, MSMSEC_M3_TOO_MANY_RSNIE, MSMSEC_PR_IE_MATCHING, MSMSEC_DOWNGRADE_DETECTED } = L2Reason.codes;
const { MSMSEC_SEC_IE_MATCHING } = L2Reason.codes;

/** The elements of message 3 that repeat what the access point announced in the clear. */
export interface Repeated {
  readonly rsne: ReadonlyArray<Uint8Array>;
  readonly rsnxe?: Uint8Array;
  readonly wpa?: Uint8Array;
}

const repeatedIn = (items: ReadonlyArray<KeyDataItem>): Repeated => {
  const rsne: Uint8Array[] = [];
  const repeated: { -readonly [K in keyof Repeated]: Repeated[K] } = { rsne };
  for (const item of items) {
    if (item.kind !== 'element') continue;
    const { element } = item;
    if (element.id === ElementId.codes.RSN) rsne.push(element.bytes);
    else if (element.id === ElementId.codes.RSNX) repeated.rsnxe ??= element.bytes;
    else if (isWpaElement(element)) repeated.wpa ??= element.bytes;
  }
  return repeated;
};

/** Multi-link devices repeat them link by link, and only those of the link of the association were heard (802.11be 12.7.6.4). */
const repeatedOfLink = ({ links, peer }: Network, items: ReadonlyArray<KeyDataItem>): Repeated => {
  const link = links.find(({ ap }) => ap === peer);
  const item = items.find((each) => each.kind === 'mloLink' && each.linkId === link?.id);
  if (item?.kind !== 'mloLink') return { rsne: [] };
  const { rsne, rsnxe } = item;
  return { rsne: rsne === undefined ? [] : [rsne], ...(rsnxe && { rsnxe }) };
};

/** What this message 3 repeats of what was announced. */
export const announcedIn = (network: Network, items: ReadonlyArray<KeyDataItem>): Repeated =>
  network.links.length === 0 ? repeatedIn(items) : repeatedOfLink(network, items);

const refuse = (code: FaultCode, reason: number, detail: string): Fault => fatal(code, 'message 3', reason, detail);

const differs = (code: FaultCode, name: string, announced: Uint8Array | undefined, repeated: Uint8Array | undefined): Fault =>
  refuse(
    code,
    MSMSEC_PR_IE_MATCHING,
    `its ${name} is ${showElement(repeated)}, and the access point announced ${showElement(announced)}`,
  );

/** The standard lets a second RSNE name another pairwise cipher; nobody sends one, and it is not followed. */
const MOST_RSNES = 2;

const checkRsne = ({ announced, akm }: Network, rsne: ReadonlyArray<Uint8Array>): Fault | undefined => {
  const [first] = rsne;
  if (rsne.length > MOST_RSNES) return refuse('RSNE', MSMSEC_M3_TOO_MANY_RSNIE, `it has ${rsne.length} RSNEs`);
  if (first === undefined) return refuse('RSNE', MSMSEC_M3_MISSING_IE, 'it has no RSNE');
  if (!announced.isKnown) return undefined;
  if (announced.rsne === undefined)
    return refuse('DOWNGRADE', MSMSEC_DOWNGRADE_DETECTED, 'it has an RSNE, and the access point announced none');
  const same = akm.fastTransition ? sameButForPmkids(first, announced.rsne) : equalBytes(first, announced.rsne);
  return same ? undefined : differs('RSNE', 'RSNE', announced.rsne, first);
};

const checkRsnxe = ({ announced }: Network, rsnxe: Uint8Array | undefined): Fault | undefined => {
  if (!announced.isKnown) return undefined;
  const same = rsnxe === undefined ? announced.rsnxe === undefined : equalBytes(rsnxe, announced.rsnxe ?? new Uint8Array(0));
  return same ? undefined : differs('RSNXE', 'RSNXE', announced.rsnxe, rsnxe);
};

const NONE = new Uint8Array(0);

/** The other links of a multi-link device repeat theirs too; they can be compared where the host heard of them (802.11be 12.7.6.4). */
export const checkOtherLinks = (
  { announced, links, peer, akm }: Network,
  items: ReadonlyArray<KeyDataItem>,
): Fault | undefined => {
  for (const { id, rsne = NONE, rsnxe = NONE } of announced.links ?? []) {
    const item = items.find((each) => each.kind === 'mloLink' && each.linkId === id);
    const isOther = links.some((link) => link.id === id && link.ap !== peer);
    if (!isOther || item?.kind !== 'mloLink') continue;
    const repeated = item.rsne ?? NONE;
    const same = akm.fastTransition && rsne.length > 0 ? sameButForPmkids(repeated, rsne) : equalBytes(repeated, rsne);
    if (!same) return differs('RSNE', `RSNE of link ${id}`, rsne, item.rsne);
    if (!equalBytes(item.rsnxe ?? NONE, rsnxe)) return differs('RSNXE', `RSNXE of link ${id}`, rsnxe, item.rsnxe);
  }
  return undefined;
};

const protectsSsid = (rsnxe: Uint8Array | undefined): boolean => {
  const read = rsnxe && readRsnxElement(rsnxe.subarray(2));
  return read !== undefined && !isLeft(read) && hasRsnxCapability(read.right, RsnxCapability.SSID_PROTECTION);
};

/** Nothing else proves the name of the network: where both sides can, message 3 repeats it (IEEE 802.11-2024 12.7.6.4). */
export const checkSsid = ({ ownExtension, announced, ssid }: Network, items: ReadonlyArray<KeyDataItem>): Fault | undefined => {
  if (!protectsSsid(ownExtension) || !protectsSsid(announced.rsnxe)) return undefined;
  const item = items.find(({ kind }) => kind === 'ssid');
  if (item?.kind !== 'ssid') return refuse('SSID', MSMSEC_SEC_IE_MATCHING, 'it does not repeat the SSID');
  return equalBytes(item.ssid, ssid) ? undefined : refuse('SSID', MSMSEC_SEC_IE_MATCHING, 'its SSID is not that of the network');
};

/** An access point with RSN says so in message 3 even to a station of WPA1: that the beacon hid it is the attack. */
const checkWpa = ({ announced }: Network, { wpa, rsne }: Repeated): Fault | undefined => {
  if (wpa === undefined) return refuse('RSNE', MSMSEC_M3_MISSING_IE, 'it has no WPA element');
  if (!announced.isKnown) return undefined;
  if (!equalBytes(wpa, announced.wpa ?? new Uint8Array(0))) return differs('RSNE', 'WPA element', announced.wpa, wpa);
  const hidden = rsne.length > 0 && announced.rsne === undefined;
  return hidden
    ? refuse('DOWNGRADE', MSMSEC_DOWNGRADE_DETECTED, 'it has an RSNE, and the access point announced only WPA')
    : undefined;
};

/** Whether message 3 repeats what was announced: what nobody could prove then is proven now (12.7.6.4). */
export const checkAnnouncement = (network: Network, repeated: Repeated): Fault | undefined => {
  if (network.akm.protocol === 'wpa') return checkWpa(network, repeated);
  return checkRsne(network, repeated.rsne) ?? checkRsnxe(network, repeated.rsnxe);
};
