import type { Secret } from '../../../../streams/events/index.js';
import type { SaeConfirm } from '../../../../streams/frames/index.js';
import type { SaeSetup } from './SaeSetup.js';
import type { Accepted, Confirmed } from './SaeState.js';
import { confirmOf } from './saeKeys.js';

/** Whether that is what whoever knows the password says (IEEE 802.11-2020 12.4.5.6), in constant time. */
export const isConfirmedBy = (
  { crypto }: SaeSetup,
  { hash, own, peer }: Confirmed | Accepted,
  kck: Secret,
  { sendConfirm, confirm }: SaeConfirm,
): boolean => crypto.equal(confirmOf(crypto, hash, kck, sendConfirm, [peer, own]), confirm);
