import type { Speaker } from './AirEvent.js';
import type { Hearing } from './Hearing.js';
import { BROADCAST, isGroup, type Mac48, mac48At } from './Mac48.js';
import { ADDRESS1_AT, PROTECTED } from './macHeader.js';

/** Who speaks to whom in a management frame, and how. */
export interface Utterance {
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly from: Speaker;
  readonly isProtected: boolean;
}

/** Address 3 is the BSSID: who transmits under it is the access point. */
export const utteranceOf = ({ bytes, start }: Hearing, transmitter: Mac48, ap: Mac48): Utterance => {
  const receiver = mac48At(bytes, start + ADDRESS1_AT);
  const isProtected = ((bytes[start + 1] ?? 0) & PROTECTED) !== 0;
  if (transmitter !== ap) return { station: transmitter, ap, from: 'station', isProtected };
  return { station: isGroup(receiver) ? BROADCAST : receiver, ap, from: 'ap', isProtected };
};
