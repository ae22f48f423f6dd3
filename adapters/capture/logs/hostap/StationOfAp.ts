import type { Mac48, Mark } from '../../../../streams/air/index.js';

/** What a log of an access point has said of one of its stations. */
export interface StationOfAp {
  readonly mac: Mac48;
  ap: Mac48;
  /** The elements it asked for association with. */
  elements?: Uint8Array;
  /** The 4-way handshake completed. */
  isKeyed: boolean;
  /** The ANonce the access point drew for it. */
  nonce?: Uint8Array;
}

/** An EAPOL-Key packet the access point is about to send, as far as the log has described it. */
export interface KeyDraft extends Mark {
  readonly station: StationOfAp;
  pmkid?: Uint8Array;
  information?: number;
  keyDataLength?: number;
}
