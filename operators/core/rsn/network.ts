import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { copyBytes, L2Reason, type MacAddress, macToBytes } from '../../../streams/events/index.js';
import {
  beaconElements,
  copyElement,
  copyExtensionElement,
  copyWpaElement,
  ElementExtension,
  ElementId,
  type ElementRange,
  elementsIn,
  findElement,
  requestElements,
  responseElements,
} from '../../../streams/frames/index.js';
import type { MethodContext } from '../method/SecurityMethod.js';
import type { Akm } from './akm.js';
import { type AnnouncedLink, announcedLinksIn } from './announcedLinks.js';
import type { CipherRow } from './cipherSuite.js';
import { type Fault, fatal } from './fault.js';
import { type FilsFrames, filsFramesOf } from './fils/frames.js';
import type { HandshakeAddresses } from './keys/ptk.js';
import { type Link, multiLinkOf } from './links.js';
import type { OperatingChannel, RsnPolicy } from './policy.js';
import { type Agreed, agreedBy, announcedBy } from './suites.js';

/** What the access point announced before the association; message 3 has to repeat it (IEEE 802.11-2020 12.7.6.4). */
export interface Announced {
  /** Whether the host handed over a beacon or probe response at all. */
  readonly isKnown: boolean;
  readonly rsne?: Uint8Array;
  readonly rsnxe?: Uint8Array;
  readonly wpa?: Uint8Array;
  /** What the same frame tells of other links of a multi-link device. */
  readonly links?: ReadonlyArray<AnnouncedLink>;
}

/** What both sides agreed on in the association: all a handshake depends on besides its secrets. */
export interface Network {
  readonly akm: Akm;
  readonly pairwise: CipherRow;
  /** None where group addressed traffic is not allowed. */
  readonly group?: CipherRow;
  /** Only where management frames are protected. */
  readonly groupManagement?: CipherRow;
  readonly beaconProtection: boolean;
  readonly peer: MacAddress;
  readonly addresses: HandshakeAddresses;
  readonly ssid: Uint8Array;
  /** Our RSNE or WPA element, octet for octet as in the association request, and our RSNXE. */
  readonly ownElement: Uint8Array;
  readonly ownExtension?: Uint8Array;
  readonly offeredPmkids: ReadonlyArray<Uint8Array>;
  readonly announced: Announced;
  /** The MDE and FTE of the association response, whole. */
  readonly mobilityDomain?: Uint8Array;
  readonly fastTransition?: Uint8Array;
  readonly extendedKeyId: boolean;
  /** Only where both sides validate the operating channel. */
  readonly channel?: OperatingChannel;
  /** The links of a multi-link association; none otherwise. */
  readonly links: ReadonlyArray<Link>;
}

const { MSMSEC_SEC_IE_MATCHING, UNKNOWN } = L2Reason.codes;

const refuse = (code: Fault['code'], reason: number, detail: string): Either<Fault, never> =>
  left(fatal(code, 'association', reason, detail));

const { RSN, RSNX, SSID, MOBILITY_DOMAIN, FAST_TRANSITION } = ElementId.codes;

const announcedIn = (beacon: Uint8Array): Announced => {
  const elements = beaconElements(beacon);
  if (elements === undefined) return { isKnown: false };
  const announced: { -readonly [K in keyof Announced]: Announced[K] } = { isKnown: true };
  const rsne = copyElement(elements, RSN);
  const rsnxe = copyElement(elements, RSNX);
  const wpa = copyWpaElement(elements);
  if (rsne !== undefined) announced.rsne = rsne;
  if (rsnxe !== undefined) announced.rsnxe = rsnxe;
  if (wpa !== undefined) announced.wpa = wpa;
  const links = announcedLinksIn(elements);
  if (links.length > 0) announced.links = links;
  return announced;
};

/** What the frames of an association say. */
export interface AssociationElements {
  readonly request: ElementRange;
  readonly response: ElementRange;
  readonly announced: Announced;
  /** Where FILS authentication came before: then the elements above are those that are not encrypted. */
  readonly fils?: FilsFrames;
}

export const elementsOfAssociation = ({ association }: Pick<MethodContext, 'association'>): AssociationElements => {
  const request = requestElements(association.request, association.reassociationRequest);
  const response = responseElements(association.response);
  const announced = announcedIn(association.beacon);
  const fils = filsFramesOf(request, response);
  return fils === undefined
    ? { request, response, announced }
    : { request: fils.request, response: fils.response.elements, announced, fils };
};

const ELEMENT_HEADER = 2;

const ssidIn = (elements: ElementRange): Uint8Array => {
  const element = copyElement(elements, SSID);
  return element === undefined ? new Uint8Array(0) : copyBytes(element, ELEMENT_HEADER);
};

const sameCipher = (cipher: CipherRow | undefined, reported: number): boolean =>
  reported === 0 || cipher === undefined || cipher.windows === reported;

/** An access point that goes through OWE does not take up the PMK that was offered (RFC 8110 4.5). */
const isMadeAnew = ({ source }: Akm, response: ElementRange): boolean =>
  source === 'owe' && copyExtensionElement(response, ElementExtension.codes.OWE_DH) !== undefined;

type Draft = { -readonly [K in keyof Network]: Network[K] };

const networkOf = (
  { akm, pairwise, group, own }: Agreed,
  { request, response, announced }: AssociationElements,
  context: MethodContext,
  ownAddress: MacAddress,
  policy: RsnPolicy,
): Either<Fault, Network> => {
  const theirs = announcedBy(announced.rsne);
  const validatesChannel = own.validatesChannel && theirs?.validatesChannel === true;
  const channel = validatesChannel ? policy.channelOf(context) : undefined;
  if (validatesChannel && channel === undefined)
    return refuse('CHANNEL', UNKNOWN, 'channel validation is negotiated, and the host does not tell the channel');
  const { links, addresses } = multiLinkOf(request, response, { own: ownAddress, peer: context.peer });
  const network: Draft = {
    akm,
    pairwise,
    beaconProtection: policy.beaconProtection,
    peer: context.peer,
    addresses: { authenticator: macToBytes(addresses.peer), supplicant: macToBytes(addresses.own) },
    ssid: ssidIn(request),
    ownElement: own.element,
    offeredPmkids: isMadeAnew(akm, response) ? [] : own.pmkids,
    announced,
    extendedKeyId: own.extendedKeyId && theirs?.extendedKeyId === true,
    links,
  };
  if (group !== undefined) network.group = group;
  if (channel !== undefined) network.channel = channel;
  if (protectsManagement(own, theirs, context)) network.groupManagement = own.groupManagement;
  addOptional(network, request, response);
  return right(network);
};

/** Both ends have to be capable; where the beacon is not known, the host says what came of it. */
const protectsManagement = (
  own: Agreed['own'],
  theirs: ReturnType<typeof announcedBy>,
  { association }: MethodContext,
): boolean => own.protectsManagement && (theirs?.protectsManagement ?? association.managementCipher !== 0);

const addOptional = (network: Draft, request: ElementRange, response: ElementRange): void => {
  const ownExtension = copyElement(request, RSNX);
  if (ownExtension !== undefined) network.ownExtension = ownExtension;
  if (!network.akm.fastTransition) return;
  const mobilityDomain = copyElement(response, MOBILITY_DOMAIN);
  const fastTransition = findElement(elementsIn(response), FAST_TRANSITION)?.bytes;
  if (mobilityDomain !== undefined) network.mobilityDomain = mobilityDomain;
  if (fastTransition !== undefined) network.fastTransition = fastTransition;
};

/**
 * Reads from the frames of the association what was agreed: the request says what we chose, the beacon what the access point
 * announced. The ciphers the host reports must be those.
 */
export const readNetwork = (context: MethodContext, elements: AssociationElements, policy: RsnPolicy): Either<Fault, Network> => {
  const { association, ownAddress } = context;
  if (ownAddress === undefined) return refuse('UNSUPPORTED', UNKNOWN, 'the host did not tell the address of the adapter');
  const agreed = agreedBy(elements.request);
  if (isLeft(agreed)) return agreed;
  const { pairwise, group } = agreed.right;
  return sameCipher(pairwise, association.unicastCipher) && sameCipher(group, association.multicastCipher)
    ? networkOf(agreed.right, elements, context, ownAddress, policy)
    : refuse('RSNE', MSMSEC_SEC_IE_MATCHING, 'the ciphers of the association are not those of its request');
};
