import type { Hearing } from '../Hearing.js';
import { findInCookedV1, findInCookedV2 } from './cooked.js';
import { findInEthernet } from './ethernet.js';
import { Layer } from './Layer.js';
import { findInPpi } from './ppi.js';
import { findInAvs, findInPrism } from './prism.js';
import { findInRadiotap } from './radiotap.js';

/** The `LINKTYPE_` numbers of tcpdump.org behind which something may be heard. */
const LinkType = {
  ETHERNET: 1,
  IEEE802_11: 105,
  LINUX_SLL: 113,
  IEEE802_11_PRISM: 119,
  IEEE802_11_RADIOTAP: 127,
  IEEE802_11_AVS: 163,
  PPI: 192,
  LINUX_SLL2: 276,
} as const;

/** Looks behind the link layer of a record, and writes down where what it found begins and ends. Any other link type holds nothing. */
export const findFrame = (linkType: number, hearing: Hearing): Layer => {
  switch (linkType) {
    case LinkType.IEEE802_11_RADIOTAP:
      return findInRadiotap(hearing);
    case LinkType.IEEE802_11:
      return Layer.AIR;
    case LinkType.ETHERNET:
      return findInEthernet(hearing);
    case LinkType.IEEE802_11_PRISM:
      return findInPrism(hearing);
    case LinkType.IEEE802_11_AVS:
      return findInAvs(hearing);
    case LinkType.PPI:
      return findInPpi(hearing);
    case LinkType.LINUX_SLL:
      return findInCookedV1(hearing);
    case LinkType.LINUX_SLL2:
      return findInCookedV2(hearing);
    default:
      return Layer.NOTHING;
  }
};
