import type { Either } from 'fp-ts/lib/Either.js';
import type { Observable } from 'rxjs';
import type { MacAddress } from '../../../streams/events/index.js';
import type { LinuxFault } from '../LinuxFault.js';

/** Where an interface stands. */
export interface WireLink {
  readonly index: number;
  readonly name: string;
  readonly address: MacAddress;
  /** It is switched on, and there is somebody at the other end. */
  readonly isUp: boolean;
  /** The most octets a packet may have. */
  readonly mtu: number;
}

/** What happens to a wire. */
export type WireEvent =
  | { readonly kind: 'link'; readonly link: WireLink }
  /** The interface is gone; it may come back. */
  | { readonly kind: 'removed' }
  /** A whole EAPOL packet. */
  | { readonly kind: 'packet'; readonly from: MacAddress; readonly payload: Uint8Array }
  /** Something went wrong that may pass. */
  | { readonly kind: 'trouble'; readonly fault: LinuxFault };

/** An interface on which 802.1X is spoken. */
export interface Wire {
  readonly name: string;
  /** How it stood when it was looked up. */
  readonly link: WireLink;
  /** What happens to it, the link first. Whoever subscribes holds its sockets, until he unsubscribes; there is one subscriber at a time. */
  readonly events$: Observable<WireEvent>;
  /** Sends a whole EAPOL packet to the PAE group address, as long as there is a subscriber. */
  readonly transmit: (packet: Uint8Array) => Either<LinuxFault, void>;
}
