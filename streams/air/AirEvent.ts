import type { Mac48 } from './Mac48.js';

/** Where in a capture or a log something stands: what a reader can look up again. */
export interface Mark {
  /** The number of the frame as every analyser counts, from 1; of a log of text, the line. */
  readonly frame: number;
  /** Microseconds since 1970, with a fraction where the capture is finer; 0 where nothing tells the time. */
  readonly time: number;
}

/** Which of the two sent something. On a wire the access point is the authenticator. */
export type Speaker = 'station' | 'ap';

interface Between extends Mark {
  readonly station: Mac48;
  readonly ap: Mac48;
}

/** What an access point announces, whenever it changed: a beacon, or a probe response. */
export interface Announcement extends Mark {
  readonly kind: 'announcement';
  readonly ap: Mac48;
  readonly isProbeResponse: boolean;
  /** The frame's body: timestamp, interval, capabilities, elements. */
  readonly body: Uint8Array;
}

export interface Authentication extends Between {
  readonly kind: 'authentication';
  readonly from: Speaker;
  /** 0 open, 1 shared key, 2 fast transition, 3 SAE, 4 to 6 FILS. */
  readonly algorithm: number;
  readonly transaction: number;
  readonly status: number;
  /** The frame's body, from the algorithm on. */
  readonly body: Uint8Array;
}

export interface AssociationRequest extends Between {
  readonly kind: 'associationRequest';
  readonly isReassociation: boolean;
  /** Of a reassociation: the access point the station comes from. */
  readonly currentAp?: Mac48;
  readonly body: Uint8Array;
}

export interface AssociationResponse extends Between {
  readonly kind: 'associationResponse';
  readonly isReassociation: boolean;
  readonly status: number;
  readonly body: Uint8Array;
}

/** A disassociation or deauthentication; what an access point says to all has the broadcast address as its station. */
export interface Farewell extends Between {
  readonly kind: 'farewell';
  readonly from: Speaker;
  readonly isDeauthentication: boolean;
  /** Missing where it is encrypted, and then header and body are what there is to open. */
  readonly reason?: number;
  readonly sealed?: SealedBytes;
  /** Of one for all that ends with a MIC: what the MIC is about, itself included. */
  readonly signed?: SealedBytes;
}

/** A management action frame of the categories that touch keys: fast BSS transition, SA query, wireless network management. */
export interface Action extends Between {
  readonly kind: 'action';
  readonly from: Speaker;
  readonly category: number;
  readonly body: Uint8Array;
  readonly sealed?: SealedBytes;
}

/** An EAPOL packet that could be read. */
export interface EapolHeard extends Between {
  readonly kind: 'eapol';
  readonly from: Speaker;
  readonly packet: Uint8Array;
  /** Whether it was encrypted on its way, where the source can tell. */
  readonly isProtected: boolean;
  readonly medium: 'air' | 'wire' | 'log';
  /** Only its beginning is there: it says itself that it is longer than what was captured of it. */
  readonly isCut?: true;
}

/** The parts of a protected MPDU: protection authenticates the header. */
export interface SealedBytes {
  readonly header: Uint8Array;
  readonly body: Uint8Array;
}

/** An encrypted data frame of a station that is watched; `station` is the broadcast address if it is for all. */
export interface Sealed extends Between {
  readonly kind: 'sealed';
  readonly from: Speaker;
  readonly sealed: SealedBytes;
}

/** What is known of the acknowledgement of a frame that was told of: an authentication, an association, or EAPOL in the clear. */
export interface Acknowledgement extends Between {
  readonly kind: 'acknowledgement';
  /** Who had sent that frame. */
  readonly from: Speaker;
  /** Its number, which is that of its first try. */
  readonly of: number;
  /**
   * `expected`: who listens would hear one, for he has heard others between the two that were no easier to hear; it comes right behind the
   * frame. `heard`: it came, for this try or another. `doubtful`: one came that may have been another frame's, or was missed.
   */
  readonly sign: 'expected' | 'heard' | 'doubtful';
}

/** The capture says itself that frames are missing here. */
export interface Lost extends Mark {
  readonly kind: 'lost';
  readonly frames: number;
}

/** What a log says in words: how a phase of a connection ended, in the opinion of whoever wrote it. */
export interface Told extends Between {
  readonly kind: 'told';
  readonly ssid?: Uint8Array;
  readonly phase: 'association' | 'security' | 'oneX' | 'connection';
  /** `vanished`: it ended because the access point fell silent. */
  readonly outcome: 'success' | 'failure' | 'ended' | 'vanished';
  /** A reason of the interface: an L2, MSMSEC or ONEX code. */
  readonly reason?: number;
  /** The words themselves, without secrets and identities. */
  readonly text: string;
}

/**
 * What a sniffer heard, a wire carried, or a log tells of a station and its access point.
 *
 * The bytes in it are views of what was read, good until the next event: whoever keeps them copies them.
 *
 * @since 0.2.0
 */
export type AirEvent =
  | Announcement
  | Authentication
  | AssociationRequest
  | AssociationResponse
  | Farewell
  | Action
  | EapolHeard
  | Sealed
  | Acknowledgement
  | Lost
  | Told;
