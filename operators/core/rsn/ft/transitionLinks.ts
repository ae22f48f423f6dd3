import { withPmkids } from '../../../../streams/frames/index.js';
import { joined } from '../keys/joined.js';
import type { ProtectedElements } from './ftMic.js';

/** A link of a transition between multi-link devices, as far as it goes into the MIC. */
export interface TransitionLink {
  /** Of its access point. */
  readonly address: Uint8Array;
  /**
   * What its access point announced: whole elements, an empty one for none. What the host does not know, and what is the link's
   * the response came on, is that of the response.
   */
  readonly announced?: { readonly rsne: Uint8Array; readonly rsnxe: Uint8Array };
}

export const rsnxeOfLink = (own: Uint8Array, { announced }: TransitionLink): Uint8Array => announced?.rsnxe ?? own;

/**
 * Between multi-link devices the MIC of a response protects the RSNE of each link, with the name of the PMK-R1 in it, then the
 * RSNXE of each, and behind all the address of each access point; the links come in the order of their numbers (IEEE 802.11be
 * 13.8.5).
 */
export const protectedOnLinks = (
  elements: ProtectedElements,
  links: ReadonlyArray<TransitionLink>,
  pmkR1Name: Uint8Array,
): ProtectedElements => {
  if (links.length === 0) return elements;
  const { rsne, rsnxe } = elements;
  const named = ({ announced }: TransitionLink): Uint8Array => (announced ? withPmkids(announced.rsne, [pmkR1Name]) : rsne);
  return {
    ...elements,
    rsne: joined(...links.map(named)),
    rsnxe: joined(...links.map((link) => rsnxeOfLink(rsnxe, link))),
    linkAddresses: joined(...links.map(({ address }) => address)),
  };
};
