import { isLeft } from 'fp-ts/lib/Either.js';
import { associationWith } from '../../../adapters/memory/index.js';
import type { MethodContext } from '../../../operators/core/method/SecurityMethod.js';
import { akmOf, cipherOf } from '../../../operators/core/rsn/index.js';
import { Cipher, type MacAddress } from '../../../streams/events/index.js';
import {
  ElementId,
  effectiveRsn,
  effectiveWpa,
  findElement,
  isWpaElement,
  leadingElements,
  RsnCapability,
  readAssociationRequest,
  readRsnElement,
  readWpaElement,
  writeAssociationRequest,
  writeElement,
} from '../../../streams/frames/index.js';
import type { AssociationFrames } from './recording.js';

/** The one suite of each kind that a station chose. */
export interface Choice {
  readonly akm: number;
  readonly pairwise: number;
  readonly group: number;
  /** Only where the station protects management frames. */
  readonly groupManagement?: number;
}

const NOTHING = new Uint8Array(0);

const first = (suites: ReadonlyArray<number>): number => suites[0] ?? 0;

/** What the elements of an association request, or of message 2, choose. */
export const choiceIn = (bytes: Uint8Array): Choice | undefined => {
  const elements = leadingElements(bytes);
  const rsne = findElement(elements, ElementId.codes.RSN);
  const rsn = rsne && readRsnElement(rsne.body);
  if (rsn !== undefined && !isLeft(rsn)) {
    const { akms, pairwise, group, groupManagement, capabilities } = effectiveRsn(rsn.right);
    const isProtected = (capabilities & RsnCapability.MFPC) !== 0;
    return { akm: first(akms), pairwise: first(pairwise), group, ...(isProtected && { groupManagement }) };
  }
  const element = elements.find(isWpaElement);
  const wpa = element && readWpaElement(element.body);
  if (wpa === undefined || isLeft(wpa)) return undefined;
  const { akms, pairwise, group } = effectiveWpa(wpa.right);
  return { akm: first(akms), pairwise: first(pairwise), group };
};

/** The body of an association request in which a station says no more than its message 2 does. */
export const requestSaying = (ssid: Uint8Array, elements: Uint8Array): Uint8Array => {
  const named = writeElement('SSID element', ElementId.codes.SSID, ssid);
  const bytes = isLeft(named) ? NOTHING : named.right;
  return writeAssociationRequest({ capabilities: 0x0431, listenInterval: 1, elements: Uint8Array.of(...bytes, ...elements) });
};

export const choiceOf = ({ request = NOTHING, isReassociation }: AssociationFrames): Choice | undefined => {
  const read = readAssociationRequest(request, isReassociation);
  return isLeft(read) ? undefined : choiceIn(read.right.elements);
};

const windowsCipher = (selector: number | undefined): number =>
  (selector === undefined ? undefined : cipherOf(selector)?.windows) ?? Cipher.codes.NONE;

/** What a host would hand over for this association, with the codes Windows has for its suites. */
export const contextOf = (station: MacAddress, accessPoint: MacAddress, frames: AssociationFrames): MethodContext => {
  const { request = NOTHING, isReassociation, response = NOTHING, beacon = NOTHING } = frames;
  const choice = choiceOf(frames);
  const association = associationWith(accessPoint, {
    reassociationRequest: isReassociation,
    reassociationResponse: isReassociation,
    ...{ request, response, beacon },
    authAlgorithm: akmOf(choice?.akm ?? 0)?.windows[0] ?? 0,
    unicastCipher: windowsCipher(choice?.pairwise),
    multicastCipher: windowsCipher(choice?.group),
    managementCipher: windowsCipher(choice?.groupManagement),
  });
  const portState = { peer: accessPoint, sessionId: 1, controlled: true, authorized: false };
  return { peer: accessPoint, ownAddress: station, portState, association };
};
