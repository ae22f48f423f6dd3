import type { Hearing } from '../Hearing.js';
import { mac48At } from '../Mac48.js';
import { u16be } from '../octets.js';
import { EAPOL } from './ethernet.js';
import { Layer } from './Layer.js';
import { findInPrism } from './prism.js';
import { findInRadiotap } from './radiotap.js';

/** Where the fields of the two versions stand (LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2). */
interface Layout {
  readonly size: number;
  readonly hardware: number;
  readonly addressLength: (bytes: Uint8Array, start: number) => number;
  readonly address: number;
  readonly protocol: number;
}

const FIRST: Layout = { size: 16, hardware: 2, addressLength: (bytes, at) => u16be(bytes, at + 4), address: 6, protocol: 14 };
const SECOND: Layout = { size: 20, hardware: 8, addressLength: (bytes, at) => bytes[at + 11] ?? 0, address: 12, protocol: 0 };

/** `ARPHRD_` numbers of interfaces that deliver 802.11 frames, and with which header. */
const Hardware = { IEEE80211: 801, PRISM: 802, RADIOTAP: 803 } as const;

/** Linux "cooked" captures tell who sent a packet, and not to whom. */
const findInCooked = (hearing: Hearing, layout: Layout): Layer => {
  const { bytes, start, end } = hearing;
  if (end - start < layout.size) return Layer.NOTHING;
  hearing.start = start + layout.size;
  switch (u16be(bytes, start + layout.hardware)) {
    case Hardware.IEEE80211:
      return Layer.AIR;
    case Hardware.PRISM:
      return findInPrism(hearing);
    case Hardware.RADIOTAP:
      return findInRadiotap(hearing);
    default:
  }
  if (u16be(bytes, start + layout.protocol) !== EAPOL) return Layer.NOTHING;
  hearing.receiver = 0;
  hearing.sender = layout.addressLength(bytes, start) === 6 ? mac48At(bytes, start + layout.address) : 0;
  hearing.body = hearing.start;
  return Layer.WIRE;
};

export const findInCookedV1 = (hearing: Hearing): Layer => findInCooked(hearing, FIRST);

export const findInCookedV2 = (hearing: Hearing): Layer => findInCooked(hearing, SECOND);
