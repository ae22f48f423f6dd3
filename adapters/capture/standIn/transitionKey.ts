import { akmOf, ftMicLength, ftR1 } from '../../../operators/core/index.js';
import { equalBytes, type MacAddress, macToBytes, type PmkEntry, type Secret } from '../../../streams/events/index.js';
import { ElementId, findElement, leadingElements, readFastTransition } from '../../../streams/frames/index.js';
import { nodeCrypto } from '../../crypto/nodeCrypto.js';

/** Capabilities, status and association identifier. */
const RESPONSE_ELEMENTS_AT = 6;

const r1OfEntry = ({ akm: selector, pmk, pmkid }: PmkEntry, fte: Uint8Array, station: MacAddress) => {
  const akm = akmOf(selector);
  if (akm?.fastTransition !== true) return;
  const read = readFastTransition(fte, ftMicLength(akm, pmk.length));
  const r1KeyHolder = read._tag === 'Right' ? read.right.r1KeyHolder : undefined;
  if (r1KeyHolder === undefined) return;
  return ftR1(nodeCrypto, akm, { pmkR0: pmk, name: pmkid }, { r1KeyHolder, supplicant: macToBytes(station) });
};

/**
 * The key of another access point of a mobility domain: a host derives it before it roams, from the PMK-R0 that its first
 * association left behind.
 */
export const transitionKey = (
  known: ReadonlyArray<PmkEntry>,
  response: Uint8Array,
  station: MacAddress,
  name: Uint8Array,
): Secret | undefined => {
  const fte = findElement(leadingElements(response.subarray(RESPONSE_ELEMENTS_AT)), ElementId.codes.FAST_TRANSITION);
  if (fte === undefined) return undefined;
  for (const entry of known) {
    const r1 = r1OfEntry(entry, fte.body, station);
    if (r1 === undefined) continue;
    if (equalBytes(r1.name, name)) return r1.pmkR1;
    r1.pmkR1.zeroise();
  }
  return undefined;
};
