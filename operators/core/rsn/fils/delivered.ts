import { type Either, isLeft, left } from 'fp-ts/lib/Either.js';
import { equalBytes, L2Reason } from '../../../../streams/events/index.js';
import {
  copyElement,
  copyExtensionBody,
  copyExtensionElement,
  ElementExtension,
  ElementId,
  type KeyDataItem,
  type KeyDelivery,
  readKeyDelivery,
  readRsnElement,
} from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { checkChannel } from '../channel.js';
import { type Fault, fatal } from '../fault.js';
import { checkAnnouncement } from '../fourWay/announcement.js';
import { openFilsResponse } from '../keys/fils.js';
import type { Network } from '../network.js';
import type { RootKey } from '../rootKey.js';
import type { FilsResponse } from './frames.js';
import type { FilsSession } from './sessionSecret.js';

const STAGE = 'association';
const { RSN, RSNX } = ElementId.codes;
const { FILS_KEY_CONFIRMATION, KEY_DELIVERY, OPERATING_CHANNEL } = ElementExtension.codes;

export const refuse = (detail: string): Fault => fatal('FILS', STAGE, L2Reason.codes.MSMSEC_SEC_IE_MATCHING, detail);

/** The response repeats what was announced, as message 3 would have (IEEE 802.11-2020 12.11.2.6.3). */
const announcementFault = (network: Network, { elements }: FilsResponse): Fault | undefined => {
  const [rsne, rsnxe] = [copyElement(elements, RSN), copyElement(elements, RSNX)];
  // An access point that did not see an RSNXE of ours may not send its own: hostapd has not always.
  const isLeftOut = rsnxe === undefined && network.ownExtension === undefined;
  const expected = isLeftOut ? network.announced.rsnxe : rsnxe;
  const fault = checkAnnouncement(network, { rsne: rsne === undefined ? [] : [rsne], ...(expected && { rsnxe: expected }) });
  return fault && { ...fault, stage: STAGE };
};

/** In a mobility domain the RSNE names the PMK-R1, and it alone (13.4.2). */
const nameFault = ({ elements }: FilsResponse, { hierarchy }: RootKey): Fault | undefined => {
  if (hierarchy === undefined) return undefined;
  const read = readRsnElement((copyElement(elements, RSN) ?? new Uint8Array(0)).subarray(2));
  const [name, ...others] = isLeft(read) ? [] : (read.right.pmkids ?? []);
  const isOurs = name !== undefined && others.length === 0 && equalBytes(name, hierarchy.pmkR1Name);
  return isOurs ? undefined : refuse('the RSNE of the response does not have the name of the PMK-R1, and it alone, for a PMKID');
};

const ELEMENT_HEADER = 3;

/** The channel is in an element here, and in a KDE elsewhere. */
const channelItems = (plain: Uint8Array): ReadonlyArray<KeyDataItem> => {
  const element = copyExtensionElement({ frame: plain, from: 0 }, OPERATING_CHANNEL);
  const [operatingClass, primaryChannel, frequencySegment1] = element?.subarray(ELEMENT_HEADER) ?? [];
  if (operatingClass === undefined || primaryChannel === undefined || frequencySegment1 === undefined) return [];
  return [{ kind: 'operatingChannel', operatingClass, primaryChannel, frequencySegment1 }];
};

const confirmationFault = (crypto: Crypto, { keyAuth }: FilsSession, plain: Uint8Array): Fault | undefined => {
  const found = copyExtensionBody({ frame: plain, from: 0 }, FILS_KEY_CONFIRMATION);
  if (found === undefined) return refuse('the response does not confirm the keys');
  return crypto.equal(found, keyAuth.reveal()) ? undefined : refuse('the response confirms other keys than ours');
};

const keysIn = (plain: Uint8Array): Either<Fault, KeyDelivery> => {
  const body = copyExtensionBody({ frame: plain, from: 0 }, KEY_DELIVERY);
  if (body === undefined) return left(refuse('the response delivers no keys'));
  const delivery = readKeyDelivery(body);
  body.fill(0);
  return isLeft(delivery) ? left(refuse(delivery.left.message)) : delivery;
};

/**
 * The association response of FILS (12.11.2.6.3): opened, and held against everything it has to be. Nothing of it is believed
 * before AES-SIV has found it genuine, which covers the part that is not encrypted as well. Keys in what is delivered are the
 * caller's to destroy.
 */
export const readDelivered = (
  crypto: Crypto,
  network: Network,
  root: RootKey,
  session: FilsSession,
  response: FilsResponse,
): Either<Fault, KeyDelivery> => {
  const sealing = { addresses: network.addresses, nonces: session.nonces, kek: session.ptk.kek };
  const plain = openFilsResponse(crypto, sealing, response.clear, response.sealed);
  if (plain === undefined) return left(refuse('the response does not open with the keys of its session'));
  const fault =
    confirmationFault(crypto, session, plain) ??
    announcementFault(network, response) ??
    nameFault(response, root) ??
    checkChannel(network, channelItems(plain), STAGE);
  const delivered = fault === undefined ? keysIn(plain) : left(fault);
  plain.fill(0);
  return delivered;
};
