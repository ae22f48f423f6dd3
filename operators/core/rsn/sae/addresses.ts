import { joined } from '../keys/joined.js';

/** The two ends of an exchange, six octets each; those of the MLDs when several links are set up at once. */
export interface SaeAddresses {
  readonly own: Uint8Array;
  readonly peer: Uint8Array;
}

/** Whether our address is the greater one, as a number. */
export const isOwnGreater = ({ own, peer }: SaeAddresses): boolean => {
  for (const [at, octet] of own.entries()) {
    const other = peer[at] ?? 0;
    if (octet !== other) return octet > other;
  }
  return false;
};

/** MAX(STA-A-MAC, STA-B-MAC) ‖ MIN(STA-A-MAC, STA-B-MAC) of IEEE 802.11-2020 12.4.4: the same at both ends. */
export const greaterFirst = (addresses: SaeAddresses): Uint8Array =>
  isOwnGreater(addresses) ? joined(addresses.own, addresses.peer) : joined(addresses.peer, addresses.own);
