import type { Either } from 'fp-ts/lib/Either.js';
import type { Observable } from 'rxjs';
import type { Handler, MacAddress } from '../../../streams/events/index.js';
import type { Sink } from '../../../streams/sources/index.js';
import type { LinuxFault } from '../LinuxFault.js';
import type { Bss } from '../nl80211/Bss.js';
import type { ScanParameters } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import type { Candidate } from './chooseBss.js';
import type { PmkNews } from './DriverPmks.js';
import type { RadioCall, RadioStation } from './stepRadio.js';

/** What happens to a radio. */
export type RadioHappening =
  /** For the engine: an indication, or a call of its host. */
  | { readonly kind: 'call'; readonly call: RadioCall | Handler<'sendPacketCompletion'> }
  | { readonly kind: 'scanned'; readonly isComplete: boolean }
  /** The body of an Authentication frame of this access point's, or nothing where none came. */
  | { readonly kind: 'authentication'; readonly from?: MacAddress; readonly body?: Uint8Array }
  /** What became of an EAPOL packet on the air, where the driver tells. */
  | { readonly kind: 'sent'; readonly isAcknowledged: boolean }
  /** The access point of the association is on this channel now, in MHz. */
  | { readonly kind: 'channel'; readonly frequency: number }
  /** The driver has gone to another access point by itself; the calls that follow from it come next. */
  | { readonly kind: 'roamed'; readonly candidate: Candidate }
  /** The interface was switched off or on; `isBlocked` with its radio (rfkill). */
  | { readonly kind: 'switched'; readonly isOn: boolean; readonly isBlocked: boolean }
  /** Something went wrong that may pass. */
  | { readonly kind: 'trouble'; readonly fault: LinuxFault };

/** An interface of a Wi-Fi radio as a station. */
export interface Radio {
  readonly station: RadioStation;
  /** What it can do. */
  readonly wiphy: Wiphy;
  /** Whoever subscribes holds its sockets until he unsubscribes; a connection made through them ends with them. One subscriber at a time. */
  readonly events$: Observable<RadioHappening>;
  /** Listens on all channels, or on some; `scanned` tells when it is through. */
  readonly scan: (parameters: ScanParameters) => Either<LinuxFault, void>;
  /** A scan that it was asked for and is not through with is waited for no longer; a driver that cannot end it goes on. */
  readonly endScan: () => void;
  /** What was heard lately. */
  readonly heard: () => Either<LinuxFault, ReadonlyArray<Bss>>;
  /** Authenticates and associates; an indication tells what came of it. */
  readonly connect: (candidate: Candidate) => Either<LinuxFault, void>;
  /** Sends the body of an Authentication frame; `authentication` brings the answer. The first begins an association. */
  readonly authenticate: (candidate: Candidate, body: Uint8Array) => Either<LinuxFault, void>;
  /** Goes on from there once the access point has authenticated us; an indication tells what came of it. */
  readonly associate: (candidate: Candidate) => Either<LinuxFault, void>;
  /** The authentication has failed: there will be no association. */
  readonly abandon: () => void;
  /** Leaves with an 802.11 reason. */
  readonly disconnect: (reason: number) => Either<LinuxFault, void>;
  /** Sends a whole EAPOL packet to the access point. */
  readonly transmit: (peer: MacAddress, packet: Uint8Array) => Either<LinuxFault, void>;
  /** Carries out what an engine wants done with keys, packets and the port. */
  readonly sink: Sink;
  /** What a driver that roams by itself may offer to access points; for others it is nothing. */
  readonly notePmk: (news: PmkNews) => void;
  /** Leaves, and takes the adapter from the engine. */
  readonly leave: () => void;
}
