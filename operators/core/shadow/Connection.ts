import type { Mac48, Mark, Speaker } from '../../../streams/air/index.js';
import type { Secret } from '../../../streams/events/index.js';
import type { Fault } from '../rsn/index.js';
import type { Tape } from './Tape.js';

/** Whether a message integrity code is right; `unchecked` where no key is known, `none` where there is no MIC. */
export type MicCheck = 'valid' | 'invalid' | 'unchecked' | 'none';

/** How what a station sent compares with what the engine would have sent in its place. */
export type Likeness = 'identical' | 'different' | 'unknown';

/** One sighting of a message of a key handshake. */
export interface MessageSeen extends Mark {
  readonly counter: bigint;
  readonly nonce: Uint8Array;
  readonly mic: MicCheck;
  readonly isProtected: boolean;
  /** Of a station's message. */
  readonly likeness: Likeness;
  /** Of a station's message that is not what the engine sends: field by field, without keys. */
  readonly differences: ReadonlyArray<string>;
  /** Of an access point's message: what the engine has against it. */
  readonly faults: ReadonlyArray<Fault>;
  /** The same nonce, flags and key data were seen before under a counter that is the same or lower. */
  readonly isRepetition: boolean;
}

/** A 4-way handshake: the first of a connection, or one that renews the pairwise key. */
export interface Handshake {
  readonly isRekey: boolean;
  readonly messages: readonly [
    ReadonlyArray<MessageSeen>,
    ReadonlyArray<MessageSeen>,
    ReadonlyArray<MessageSeen>,
    ReadonlyArray<MessageSeen>,
  ];
  /** What message 1 calls the PMK, and whether that is the PMK a given credential makes. */
  readonly pmkid?: Uint8Array;
  readonly pmkidMatches?: boolean;
  /** Message 4 was seen, or traffic under the new key was, so that both ends are through. */
  readonly isComplete: boolean;
  /** Which of the keys given make the MIC of message 2 right: the station's; and of message 3: the access point's. */
  readonly stationKey: 'given' | 'other' | 'unknown';
  readonly apKey: 'given' | 'other' | 'unknown';
  /** Message 1s with another nonce than the one the handshake went on with. */
  readonly otherNonces: ReadonlyArray<Mark>;
  readonly tk?: Secret;
  /** The elements the station repeats in message 2 differ from its association request, or message 3's from the beacon. */
  readonly mismatches: ReadonlyArray<ElementMismatch>;
}

/** An element that was not the same in two places that have to agree. */
export interface ElementMismatch extends Mark {
  readonly element:
    | 'RSNE'
    | 'RSNXE'
    | 'WPA'
    | 'MDE'
    | 'FTE'
    | 'PMF'
    | 'AKM'
    | 'pairwise cipher'
    | 'group cipher'
    | 'group management cipher';
  /** In words: where each was said, e.g. `beacon` and `message 3`. */
  readonly here: string;
  readonly there: string;
  readonly said: string;
  readonly repeated: string;
}

export interface GroupHandshake {
  readonly messages: readonly [ReadonlyArray<MessageSeen>, ReadonlyArray<MessageSeen>];
  readonly isComplete: boolean;
}

/** A group key that was handed out, and how. */
export interface GroupKeySeen extends Mark {
  readonly purpose: 'gtk' | 'igtk' | 'bigtk';
  readonly index: number;
  readonly key: Secret;
  readonly via: 'message 3' | 'group message 1' | 'fast transition' | 'wnm';
}

/** One packet of EAP (RFC 3748 4). */
export interface EapRound extends Mark {
  readonly from: Speaker;
  readonly code: number;
  readonly identifier: number;
  /** Of a request or a response. */
  readonly type?: number;
}

/** The exchange of IEEE 802.1X before the keys. */
export interface EapSeen {
  readonly packets: number;
  readonly first: Mark;
  readonly last: Mark;
  readonly lastFrom: Speaker;
  /** The first 64 packets, without what only said the same again. */
  readonly rounds: ReadonlyArray<EapRound>;
  /** The method both settled on, e.g. `TLS`, with its number; missing before one was agreed. */
  readonly method?: { readonly type: number; readonly name: string };
  readonly offered: ReadonlyArray<number>;
  /** What the station would rather have had (Nak). */
  readonly wanted: ReadonlyArray<number>;
  readonly identity?: Secret;
  /** What stands behind the @ of the identity; that is no secret. */
  readonly realm?: string;
  readonly result: 'success' | 'failure' | 'none';
  readonly resultMark?: Mark;
  /** A request that never saw its response. */
  readonly unanswered?: Mark;
  readonly retransmissions: ReadonlyArray<Mark & { readonly from: Speaker }>;
  readonly tlsVersion?: string;
  readonly tlsAlert?: Mark & { readonly from: Speaker; readonly level: number; readonly description: number };
  /** EAPOL-Start and -Logoff of the station. */
  readonly starts: ReadonlyArray<Mark>;
  readonly logoffs: ReadonlyArray<Mark>;
  /** Answered by EAP-Success although no method ran: the access point knew the PMK, or something is odd. */
  readonly msk?: Secret;
}

export interface AuthenticationSeen extends Mark {
  readonly from: Speaker;
  readonly algorithm: number;
  readonly transaction: number;
  readonly status: number;
}

export interface FarewellSeen extends Mark {
  readonly by: Speaker;
  readonly isDeauthentication: boolean;
  readonly isForAll: boolean;
  readonly reason?: number;
  /** It was encrypted, or what is for all had a MIC. */
  readonly isProtected: boolean;
  /** A station that protects management frames does not believe one in the clear. */
  readonly isBelieved: boolean;
}

/** A packet number that was used before under the same key: it was installed a second time, or somebody replays frames. */
export interface PacketNumberReuse extends Mark {
  readonly from: Speaker;
  readonly pn: number;
  readonly highest: number;
  readonly isGroup: boolean;
}

/** What was agreed, or would have been. */
export interface Security {
  readonly proto: 'open' | 'WEP' | 'WPA' | 'RSN';
  /** Selectors as in the elements. */
  readonly akm?: number;
  readonly pairwise?: number;
  readonly group?: number;
  readonly groupManagement?: number;
  readonly pmf: 'none' | 'capable' | 'required';
}

/**
 * Everything that was seen of one association of one station with one access point, and nothing that is only believed: what it
 * means is the verdict's business.
 *
 * @since 0.2.0
 */
export interface Connection {
  readonly medium: 'air' | 'wire' | 'log';
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly ssid?: Uint8Array;
  readonly security?: Security;
  readonly began: Mark;
  readonly ended: Mark;
  /** `middle`: the capture, or the attention, came too late for the association. */
  readonly beginning: 'authentication' | 'association' | 'reassociation' | 'middle';
  /** `gone`: the access point's beacons stopped; `quiet`: nothing more was heard of either; `open`: the capture ended first. */
  readonly ending: 'farewell' | 'associatedAnew' | 'roamed' | 'gone' | 'quiet' | 'open';
  readonly authentications: ReadonlyArray<AuthenticationSeen>;
  readonly association?: {
    readonly request?: Mark;
    readonly response?: Mark;
    readonly status?: number;
    /** When the access point first put the station off (status 30): it had to come back later. */
    readonly comeback?: Mark;
    readonly isReassociation: boolean;
    readonly currentAp?: Mac48;
    /** Keys came with it, by fast transition or FILS, so that no handshake follows. */
    readonly fastTransition?: 'verified' | 'refuted' | 'unchecked';
    /** The temporal key of a verified fast transition, which no handshake has. */
    readonly tk?: Secret;
  };
  /** A PMK the request names, so that an authentication may be spared. */
  readonly offeredPmkids: number;
  readonly mismatches: ReadonlyArray<ElementMismatch>;
  readonly eap?: EapSeen;
  readonly handshakes: ReadonlyArray<Handshake>;
  readonly groupHandshakes: ReadonlyArray<GroupHandshake>;
  readonly groupKeys: ReadonlyArray<GroupKeySeen>;
  /** Protected data frames heard under this connection, how many of them could be tried, and how many opened. */
  readonly traffic: {
    readonly heard: number;
    readonly tried: number;
    readonly opened: number;
    readonly last?: Mark;
    /** Where nobody could read them: the frames that only two send who are both through. */
    readonly proofs?: ReadonlyArray<Mark & { readonly from: Speaker }>;
  };
  readonly farewells: ReadonlyArray<FarewellSeen>;
  readonly reuses: ReadonlyArray<PacketNumberReuse>;
  /** EAPOL-Key packets that were no message of any handshake: malformed, forged, replayed. */
  readonly strays: ReadonlyArray<Mark & { readonly from: Speaker; readonly fault: Fault }>;
  /** A station that asked for new keys, or reported Michael failures. */
  readonly requests: ReadonlyArray<Mark & { readonly isError: boolean }>;
  readonly saQueries: ReadonlyArray<Mark & { readonly from: Speaker; readonly isResponse: boolean }>;
  /** Whether a credential was at hand for this network; which kind. */
  readonly credential: 'none' | 'passphrase' | 'pmk' | 'msk' | 'tk';
  /** The last sign of life of the access point, to anybody. */
  readonly apHeard?: Mark;
  /** Nothing the station sent is in the capture, as where only the access point was near enough: what it did not say proves nothing. */
  readonly isStationUnheard?: true;
  /** EAPOL packets of which the capture has the beginning only, if there were any: it was made with a snap length. */
  readonly cut?: ReadonlyArray<Mark>;
  /**
   * Frames of the two, by number, whose acknowledgement would have been heard, those where it was, and those of which that cannot be told; who
   * says the same anew is there again under the first number. What is sent under keys, and farewells, were not looked at. Missing where
   * there are none: most captures have no acknowledgements at all. Of each at most 64.
   */
  readonly acknowledgements?: Readonly<Record<'expected' | 'heard' | 'doubtful', ReadonlyArray<number>>>;
  /** Frames the capture says it lost in between. */
  readonly lostFrames: number;
  /** Only where it was asked for. */
  readonly tape?: Tape;
  readonly told: ReadonlyArray<
    Mark & { readonly phase: string; readonly outcome: string; readonly reason?: number; readonly text: string }
  >;
}
