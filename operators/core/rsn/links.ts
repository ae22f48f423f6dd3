import { isLeft } from 'fp-ts/lib/Either.js';
import type { MacAddress } from '../../../streams/events/index.js';
import {
  copyExtensionElement,
  ElementExtension,
  type ElementRange,
  elementsIn,
  findMultiLink,
  type MultiLink,
  readMultiLink,
} from '../../../streams/frames/index.js';
import type { KeyLink } from '../method/commands.js';

/** A link of a multi-link association: whose access point it is, and our own address on it. */
export interface Link extends KeyLink {
  readonly own?: MacAddress;
}

interface Ends {
  readonly own: MacAddress;
  readonly peer: MacAddress;
}

const basicMultiLink = (elements: ElementRange): MultiLink | undefined => {
  if (copyExtensionElement(elements, ElementExtension.codes.MULTI_LINK) === undefined) return undefined;
  const element = findMultiLink(elementsIn(elements));
  const read = element && readMultiLink(element.body);
  return read === undefined || isLeft(read) ? undefined : read.right;
};

/**
 * Between multi-link devices a handshake is bound to their MLD addresses, and there is a group key for each link
 * (IEEE 802.11be 12.7.6.1). Both frames of the association say so, or neither counts.
 */
export const multiLinkOf = (
  request: ElementRange,
  response: ElementRange,
  ends: Ends,
): { readonly links: ReadonlyArray<Link>; readonly addresses: Ends } => {
  const theirs = basicMultiLink(response);
  const ours = theirs && basicMultiLink(request);
  if (ours === undefined || theirs === undefined) return { links: [], addresses: ends };
  const ownOn = new Map(ours.perStation.map(({ linkId, address }) => [linkId, address]));
  const others = theirs.perStation.flatMap(({ linkId, address }): ReadonlyArray<Link> => {
    const own = ownOn.get(linkId);
    return address === undefined ? [] : [{ id: linkId, ap: address, ...(own && { own }) }];
  });
  const associated: ReadonlyArray<Link> =
    theirs.linkId === undefined ? [] : [{ id: theirs.linkId, ap: ends.peer, own: ends.own }];
  const links = [...associated, ...others].sort((a, b) => a.id - b.id);
  return { links, addresses: { own: ours.mldAddress, peer: theirs.mldAddress } };
};
