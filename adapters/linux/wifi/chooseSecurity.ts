import { type Either, left, right } from 'fp-ts/lib/Either.js';
import {
  ElementId,
  effectiveRsn,
  findElement,
  isWpaElement,
  leadingElements,
  readRsnElement,
} from '../../../streams/frames/index.js';
import type { Bss } from '../nl80211/Bss.js';
import type { LinkSecurity } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import { allowsOpen, type Demands } from './Demands.js';
import { type Rsn, rsnSecurity } from './rsnSecurity.js';
import { wpa1Security } from './wpa1Security.js';

const PRIVACY = 0x0010;

const rsnOf = ({ elements }: Bss): Either<string, Rsn | undefined> => {
  const element = findElement(leadingElements(elements), ElementId.codes.RSN);
  if (element === undefined) return right(undefined);
  const read = readRsnElement(element.body);
  return read._tag === 'Left' ? left(`its RSN element is damaged: ${read.left.message}`) : right(effectiveRsn(read.right));
};

/** What we would agree on with an access point: nothing where it is open and may be, and why not where we cannot. */
export const chooseSecurity = (bss: Bss, demands: Demands, wiphy: Wiphy): Either<string, LinkSecurity | undefined> => {
  const rsn = rsnOf(bss);
  if (rsn._tag === 'Left') return rsn;
  if (rsn.right !== undefined) return rsnSecurity(bss, rsn.right, demands, wiphy);
  const wpa = leadingElements(bss.elements).find(isWpaElement);
  if (wpa !== undefined) return wpa1Security(wpa.body, demands, wiphy);
  if ((bss.capabilities & PRIVACY) !== 0) return left('it has WEP, which protects nothing and is not served here');
  if (demands.credentials !== 'none') return left('it is open, and a secret is not for an open network');
  return allowsOpen(demands) ? right(undefined) : left(`it is open, and not the ${demands.security} that is wanted`);
};
