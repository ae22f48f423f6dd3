import type { Hearing } from '../Hearing.js';
import { mac48At } from '../Mac48.js';
import { u16be } from '../octets.js';
import { Layer } from './Layer.js';

export const EAPOL = 0x888e;

const ADDRESSES_SIZE = 12;
const TYPE_SIZE = 2;
const TAG_SIZE = 4;
/** More tags than anybody stacks. */
const MOST_TAGS = 4;

/** IEEE 802.1Q, 802.1ad, and what was used for the outer tag before that. */
const isTag = (type: number): boolean => type === 0x8100 || type === 0x88a8 || type === 0x9100;

/** An Ethernet frame matters if EAPOL is in it, behind whatever VLAN tags. */
export const findInEthernet = (hearing: Hearing): Layer => {
  const { bytes, start, end } = hearing;
  let at = start + ADDRESSES_SIZE;
  for (let tags = 0; at + TYPE_SIZE <= end && tags <= MOST_TAGS; tags += 1) {
    const type = u16be(bytes, at);
    if (type === EAPOL) {
      hearing.receiver = mac48At(bytes, start);
      hearing.sender = mac48At(bytes, start + 6);
      hearing.body = at + TYPE_SIZE;
      return Layer.WIRE;
    }
    if (!isTag(type)) return Layer.NOTHING;
    at += TAG_SIZE;
  }
  return Layer.NOTHING;
};
