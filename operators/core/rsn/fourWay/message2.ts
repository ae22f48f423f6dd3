import { isLeft } from 'fp-ts/lib/Either.js';
import { type MacAddress, macFromBytes } from '../../../../streams/events/index.js';
import { type EapolKey, type KeyDataItem, withPmkids, writeKeyData } from '../../../../streams/frames/index.js';
import { type Writer, writeKeyReply } from '../keyReply.js';
import { joined } from '../keys/joined.js';
import type { Ptk } from '../keys/ptk.js';
import type { Network } from '../network.js';
import type { Association, RootKey } from '../rootKey.js';

const NOTHING = new Uint8Array(0);

/** Our own element as in the association request; a mobility domain adds its key's name, and the two elements of the response. */
const ownElements = ({ ownElement, mobilityDomain, fastTransition }: Network, { hierarchy }: RootKey): Uint8Array =>
  hierarchy === undefined
    ? ownElement
    : joined(withPmkids(ownElement, [hierarchy.pmkR1Name]), mobilityDomain ?? NOTHING, fastTransition ?? NOTHING);

/** Whose device this is, and its other links: that of the association goes without saying (IEEE 802.11be 12.7.6.3). */
const multiLinkItems = ({ addresses, links, peer }: Network): ReadonlyArray<KeyDataItem> => {
  if (links.length === 0) return [];
  const mld: MacAddress = macFromBytes(addresses.supplicant);
  const others = links.filter(({ ap }) => ap !== peer);
  const ours = others.map(({ id, own }): KeyDataItem => ({ kind: 'mloLink', linkId: id, address: own ?? mld }));
  return [{ kind: 'macAddress', address: mld }, ...ours];
};

/** What follows the elements: the order is wpa_supplicant's. */
const items = ({ channel }: Network): ReadonlyArray<KeyDataItem> =>
  channel === undefined ? [] : [{ kind: 'operatingChannel', ...channel }];

const written = (list: ReadonlyArray<KeyDataItem>): Uint8Array => {
  const bytes = list.length === 0 ? undefined : writeKeyData(list);
  return bytes === undefined || isLeft(bytes) ? NOTHING : bytes.right;
};

const keyDataOf = (network: Network, root: RootKey): Uint8Array => {
  const { channel, links, ownExtension } = network;
  const elements = ownElements(network, root);
  if (channel === undefined && links.length === 0 && ownExtension === undefined) return elements;
  return joined(elements, written(items(network)), ownExtension ?? NOTHING, written(multiLinkItems(network)));
};

/** Message 2 (IEEE 802.11-2020 12.7.6.3): our nonce, and what we said in the association, under a MIC. */
export const writeMessage2 = (
  writer: Writer,
  { network, root }: Association,
  { ptk, snonce }: { readonly ptk: Ptk; readonly snonce: Uint8Array },
  message1: EapolKey,
  isRekey: boolean,
): Uint8Array =>
  writeKeyReply(writer, network, root.parameters, ptk, {
    information: {
      descriptorVersion: message1.information.descriptorVersion,
      pairwise: true,
      // The standard says both; access points of either reading get their own back.
      secure: isRekey && message1.information.secure && network.akm.protocol === 'rsn',
    },
    replayCounter: message1.replayCounter,
    keyLength: network.akm.protocol === 'wpa' ? message1.keyLength : 0,
    nonce: snonce,
    keyData: keyDataOf(network, root),
  });
