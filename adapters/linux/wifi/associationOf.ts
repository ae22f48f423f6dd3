import { akmOf, cipherOf } from '../../../operators/core/index.js';
import { type AssociationCompletion, AuthAlgorithm, Cipher } from '../../../streams/events/index.js';
import {
  ElementId,
  findElement,
  leadingElements,
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
  writeElement,
} from '../../../streams/frames/index.js';
import { associationWith } from '../../memory/associationWith.js';
import type { Candidate } from './chooseBss.js';

/** The elements of the frames of an association, as the kernel tells them. */
export interface AssociationElements {
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

const LISTEN_INTERVAL = 1;

/** Drivers that associate by themselves leave out what they added, the name among it. */
const withName = (elements: Uint8Array, ssid: Uint8Array): Uint8Array => {
  if (findElement(leadingElements(elements), ElementId.codes.SSID) !== undefined) return elements;
  const name = writeElement('SSID element', ElementId.codes.SSID, ssid);
  return name._tag === 'Left' ? elements : Uint8Array.of(...name.right, ...elements);
};

const windowsCipher = (suite: number | undefined): number =>
  (suite === undefined ? undefined : cipherOf(suite)?.windows) ?? Cipher.codes.NONE;

/** What a miniport would report of an association: of the fixed fields, which the kernel keeps to itself, only the elements count. */
export const associationOf = (
  { bss, security, from }: Candidate,
  { request, response }: AssociationElements,
  status: number,
): AssociationCompletion => {
  const { capabilities, beaconInterval: interval, timestamp, elements } = bss;
  return associationWith(bss.bssid, {
    status,
    ...(from && { reassociationRequest: true, reassociationResponse: true }),
    request: writeAssociationRequest({
      ...{ capabilities, listenInterval: LISTEN_INTERVAL, elements: withName(request, bss.ssid) },
      ...(from && { currentAp: from }),
    }),
    response: writeAssociationResponse({ capabilities, status: 0, associationId: 1, elements: response }),
    beacon: writeBeaconBody({ timestamp, interval, capabilities, elements }),
    authAlgorithm: (security && akmOf(security.akm)?.windows[0]) ?? AuthAlgorithm.codes.OPEN,
    unicastCipher: windowsCipher(security?.pairwise),
    multicastCipher: windowsCipher(security?.group),
    managementCipher: windowsCipher(security?.groupManagement),
  });
};
