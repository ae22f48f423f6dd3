import { isLeft } from 'fp-ts/lib/Either.js';
import { copyBytes } from '../../../streams/events/index.js';
import {
  copyElement,
  copyWpaElement,
  ElementId,
  type ElementRange,
  effectiveRsn,
  effectiveWpa,
  elementsIn,
  hasRsnxCapability,
  isVendorElement,
  RsnCapability,
  RsnxCapability,
  readRsnElement,
  readRsnxElement,
  readWpaElement,
} from '../../../streams/frames/index.js';
import type { Security } from './Connection.js';

/** The suites one element names. */
export interface Suites {
  readonly akms: ReadonlyArray<number>;
  readonly pairwise: ReadonlyArray<number>;
  readonly group: number;
  readonly groupManagement: number;
  readonly pmf: Security['pmf'];
  readonly pmkids: ReadonlyArray<Uint8Array>;
}

/** What one side says of its security in the elements of a beacon or a request. */
export interface Offer {
  readonly rsn?: Suites;
  readonly wpa?: Suites;
  readonly ssid?: Uint8Array;
  readonly mobilityDomain?: Uint8Array;
  readonly hashToElement: boolean;
  /** Wi-Fi Protected Setup, which goes on without any security of the link. */
  readonly isSetup: boolean;
  readonly privacy: boolean;
}

const { RSN, RSNX, SSID, MOBILITY_DOMAIN } = ElementId.codes;
const HEADER = 2;
const MDID_SIZE = 2;
const LONGEST_SSID = 32;
/** OUI and type of the vendor element of Wi-Fi Protected Setup. */
const WPS = 0x0050f204;

const NOTHING: Offer = { hashToElement: false, isSetup: false, privacy: false };

const pmfOf = (capabilities: number): Security['pmf'] => {
  if ((capabilities & RsnCapability.MFPC) === 0) return 'none';
  return (capabilities & RsnCapability.MFPR) === 0 ? 'capable' : 'required';
};

const rsnIn = (elements: ElementRange): Suites | undefined => {
  const element = copyElement(elements, RSN);
  const read = element && readRsnElement(copyBytes(element, HEADER));
  if (read === undefined || isLeft(read)) return undefined;
  const { akms, pairwise, group, groupManagement, capabilities, pmkids } = effectiveRsn(read.right);
  return { akms, pairwise, group, groupManagement, pmf: pmfOf(capabilities), pmkids };
};

const wpaIn = (elements: ElementRange): Suites | undefined => {
  const element = copyWpaElement(elements);
  const read = element && readWpaElement(copyBytes(element, HEADER));
  if (read === undefined || isLeft(read)) return undefined;
  const { akms, pairwise, group } = effectiveWpa(read.right);
  return { akms, pairwise, group, groupManagement: 0, pmf: 'none', pmkids: [] };
};

/** A hidden network announces a name of zeros, or of no octets. */
export const ssidIn = (elements: ElementRange | undefined): Uint8Array | undefined => {
  const element = elements && copyElement(elements, SSID);
  if (element === undefined || element.length <= HEADER || element.length > HEADER + LONGEST_SSID) return undefined;
  const ssid = copyBytes(element, HEADER);
  return ssid.every((octet) => octet === 0) ? undefined : ssid;
};

const hasHashToElement = (elements: ElementRange): boolean => {
  const element = copyElement(elements, RSNX);
  const read = element && readRsnxElement(copyBytes(element, HEADER));
  return read !== undefined && !isLeft(read) && hasRsnxCapability(read.right, RsnxCapability.SAE_H2E);
};

/** Reads what the elements of a beacon, a probe response or an association request say. */
export const offerIn = (elements: ElementRange | undefined, privacy: boolean): Offer => {
  if (elements === undefined) return { ...NOTHING, privacy };
  const [rsn, wpa, ssid] = [rsnIn(elements), wpaIn(elements), ssidIn(elements)];
  const domain = copyElement(elements, MOBILITY_DOMAIN);
  const isSetup = rsn === undefined && wpa === undefined && elementsIn(elements).some((each) => isVendorElement(each, WPS));
  return {
    hashToElement: hasHashToElement(elements),
    ...{ isSetup, privacy },
    ...(rsn && { rsn }),
    ...(wpa && { wpa }),
    ...(ssid && { ssid }),
    ...(domain !== undefined &&
      domain.length >= HEADER + MDID_SIZE && { mobilityDomain: copyBytes(domain, HEADER, HEADER + MDID_SIZE) }),
  };
};

/** What the offer comes to where both kinds are in it. */
export const suitesOf = ({ rsn, wpa }: Offer): Suites | undefined => rsn ?? wpa;
