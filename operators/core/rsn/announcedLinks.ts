import { isLeft } from 'fp-ts/lib/Either.js';
import {
  copyExtensionElement,
  type Element,
  ElementExtension,
  ElementId,
  type ElementRange,
  elementsIn,
  findElement,
  findMultiLink,
  leadingElements,
  type PerStationProfile,
  readMultiLink,
} from '../../../streams/frames/index.js';

/** What the access point of another link announced, whole elements. */
export interface AnnouncedLink {
  readonly id: number;
  readonly rsne?: Uint8Array;
  readonly rsnxe?: Uint8Array;
}

const { RSN, RSNX, EXTENSION } = ElementId.codes;

/** Octets of the Capability Information field in front of a profile's elements. */
const FIELDS = 2;

/** The element that names those a profile does not take over (IEEE 802.11-2020 9.4.2.240). */
const NON_INHERITANCE = 56;

/** What a profile leaves out is what the frame around it has, unless it says that it is not (802.11be 35.3.3). */
const inherits = (profile: ReadonlyArray<Element>, id: number): boolean => {
  const { body } = findElement(profile, EXTENSION, NON_INHERITANCE) ?? { body: new Uint8Array(0) };
  return !body.subarray(1, 1 + (body[0] ?? 0)).includes(id);
};

const linkOf = ({ linkId, bytes }: PerStationProfile, frame: ReadonlyArray<Element>): AnnouncedLink => {
  const profile = leadingElements(bytes.subarray(FIELDS));
  const elementOf = (id: number): Uint8Array | undefined =>
    (findElement(profile, id) ?? (inherits(profile, id) ? findElement(frame, id) : undefined))?.bytes;
  const [rsne, rsnxe] = [elementOf(RSN), elementOf(RSNX)];
  return { id: linkId, ...(rsne && { rsne }), ...(rsnxe && { rsnxe }) };
};

/**
 * What a probe response of a multi-link device tells of its other links; a beacon seldom has a profile, and a profile of changes
 * tells nothing of the rest.
 */
export const announcedLinksIn = (beacon: ElementRange): ReadonlyArray<AnnouncedLink> => {
  if (copyExtensionElement(beacon, ElementExtension.codes.MULTI_LINK) === undefined) return [];
  const elements = elementsIn(beacon);
  const element = findMultiLink(elements);
  const read = element && readMultiLink(element.body);
  if (read === undefined || isLeft(read)) return [];
  return read.right.perStation.filter(({ complete }) => complete).map((profile) => linkOf(profile, elements));
};
