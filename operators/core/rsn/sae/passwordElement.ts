import type { CurvePoint } from '../../crypto/index.js';
import { derivePt, elementFromPt } from './hashToElement.js';
import { huntAndPeck } from './huntingAndPecking.js';
import type { SaeSetup } from './SaeSetup.js';
import type { Terms } from './SaeState.js';

const fromPt = ({ crypto, addresses, credential }: SaeSetup, { curve }: Terms): CurvePoint | undefined => {
  const { ssid, password, identifier, pts } = credential;
  const known = pts?.find(({ group }) => group === curve.group);
  if (known !== undefined) return elementFromPt(crypto, curve, known, addresses);
  const named = { ssid, password: password.reveal(), ...(identifier === undefined ? {} : { identifier }) };
  const derived = derivePt(crypto, curve.group, named);
  if (derived === undefined) return undefined;
  const element = elementFromPt(crypto, curve, derived, addresses);
  derived.element.zeroise();
  return element;
};

/** PWE of IEEE 802.11-2020 12.4.4; the random octets blind a hunt. */
export const passwordElement = (setup: SaeSetup, terms: Terms, random: Uint8Array): CurvePoint | undefined => {
  if (terms.method === 'hashToElement') return fromPt(setup, terms);
  const { crypto, credential, addresses } = setup;
  return huntAndPeck(crypto, terms.curve, credential.password.reveal(), addresses, random);
};
