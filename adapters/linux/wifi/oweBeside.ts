import {
  AkmSuite,
  ElementId,
  effectiveRsn,
  findElement,
  isOweTransition,
  leadingElements,
  type OweTransition,
  readOweTransition,
  readRsnElement,
} from '../../../streams/frames/index.js';
import type { Bss } from '../nl80211/Bss.js';

/** The encrypted network that an open one names, where it names one. */
export const namedBy = ({ elements }: Bss): OweTransition | undefined => {
  const known = leadingElements(elements);
  if (findElement(known, ElementId.codes.RSN) !== undefined) return undefined;
  const element = known.find(isOweTransition);
  const read = element && readOweTransition(element.body);
  return read?._tag === 'Right' ? read.right : undefined;
};

/** Whether an access point takes opportunistic encryption itself. */
export const offersOwe = ({ elements }: Bss): boolean => {
  const element = findElement(leadingElements(elements), ElementId.codes.RSN);
  const read = element && readRsnElement(element.body);
  return read?._tag === 'Right' && effectiveRsn(read.right).akms.includes(AkmSuite.codes.OWE);
};
