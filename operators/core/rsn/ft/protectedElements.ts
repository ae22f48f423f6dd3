import { type Either, isLeft, right } from 'fp-ts/lib/Either.js';
import {
  announcedFtMicLength,
  type Element,
  ElementId,
  type FastTransition,
  type FtMicLength,
  findElement,
  leadingElements,
  readFastTransition,
} from '../../../../streams/frames/index.js';
import { joined } from '../keys/joined.js';
import { type FtError, wrong } from './FtError.js';
import type { ProtectedElements } from './ftMic.js';
import { rsnxeOfLink, type TransitionLink } from './transitionLinks.js';

/** The elements of a transition's frame, taken apart. */
export interface TransitionElements {
  readonly elements: ProtectedElements;
  readonly transition: FastTransition;
}

const { RSN, MOBILITY_DOMAIN, FAST_TRANSITION, RIC_DATA, RSNX } = ElementId.codes;
const NOTHING = new Uint8Array(0);

/** RSNE, MDE and FTE, each of which has to be there. */
const REQUIRED = 3;

/** A resource response is a RIC Data element and what follows it, as far as MIC Control counts (IEEE 802.11-2020 13.8.5). */
const resourcesIn = (all: ReadonlyArray<Element>, count: number): ReadonlyArray<Element> => {
  const from = all.findIndex(({ id }) => id === RIC_DATA);
  return from < 0 ? [] : all.slice(from, from + Math.max(count, 1));
};

/** RSNXEs, and RSNEs besides the first. */
const countOfLinks = (own: Uint8Array, links: ReadonlyArray<TransitionLink>): number => {
  if (links.length === 0) return own.length > 0 ? 1 : 0;
  return links.length - 1 + links.filter((link) => rsnxeOfLink(own, link).length > 0).length;
};

const bytesOf = (element: Element | undefined): Uint8Array => element?.bytes ?? NOTHING;

/** MIC Control has to count what the MIC takes in, no less: else an element beside it would go unprotected. */
const counted = (
  all: ReadonlyArray<Element>,
  found: ReadonlyArray<Element>,
  transition: FastTransition,
  links: ReadonlyArray<TransitionLink>,
) => {
  const rsnxe = findElement(all, RSNX);
  const others = REQUIRED + countOfLinks(bytesOf(rsnxe), links);
  const resources = resourcesIn(all, transition.elementCount - others);
  const present = others + resources.length;
  if (transition.elementCount !== present) {
    return wrong('ELEMENT_COUNT', `the FTE counts ${transition.elementCount} protected elements, and there are ${present}`);
  }
  const [rsne, mobilityDomain, fastTransition] = found.map(bytesOf);
  const elements: ProtectedElements = {
    rsne: rsne ?? NOTHING,
    mobilityDomain: mobilityDomain ?? NOTHING,
    fastTransition: fastTransition ?? NOTHING,
    resources: joined(...resources.map(bytesOf)),
    rsnxe: bytesOf(rsnxe),
  };
  return right({ elements, transition });
};

/**
 * Takes the elements apart that a transition's MIC protects. Only with FT-SAE-EXT-KEY does the element announce how long its
 * MIC is.
 */
export const transitionElements = (
  bytes: Uint8Array,
  micLength: FtMicLength,
  announcesMicLength: boolean,
  links: ReadonlyArray<TransitionLink>,
): Either<FtError, TransitionElements> => {
  const all = leadingElements(bytes);
  const found = [RSN, MOBILITY_DOMAIN, FAST_TRANSITION].map((id) => findElement(all, id));
  const [rsne, domain, fte] = found;
  if (rsne === undefined || domain === undefined || fte === undefined) {
    return wrong('MISSING', 'a reassociation response in a mobility domain has an RSNE, an MDE and an FTE');
  }
  if (announcesMicLength && announcedFtMicLength(fte.body) !== micLength) {
    return wrong('MALFORMED', `the FTE announces a MIC of another length than ${micLength} octets`);
  }
  const transition = readFastTransition(fte.body, micLength);
  return isLeft(transition)
    ? wrong('MALFORMED', transition.left.message)
    : counted(all, [rsne, domain, fte], transition.right, links);
};
