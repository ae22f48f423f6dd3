import {
  type AdapterHandle,
  BROADCAST,
  type Handler,
  type HostEvent,
  isTerminator,
  type MacAddress,
  type Terminator,
} from '../events/index.js';

type Stop = Handler<'stopPostAssociate'>;

const isOfAdapter = (terminator: Terminator, event: HostEvent): boolean =>
  'adapter' in terminator && 'adapter' in event && event.adapter === terminator.adapter;

/**
 * Events that wait for their turn. A terminator takes along what waits for the port it ends: a packet or a result is of no
 * use to anyone any more, and must not meet the next port of the same access point (R261).
 *
 * @since 0.1.0
 */
export class WaitingEvents {
  #events: HostEvent[] = [];
  /** The port each adapter has been seen to open: an 802.1X result does not say whose it is (R115). */
  readonly #peers = new Map<AdapterHandle, MacAddress>();

  get length(): number {
    return this.#events.length;
  }

  push(event: HostEvent): void {
    this.#events.push(event);
  }

  shift(): HostEvent | undefined {
    return this.#events.shift();
  }

  /** Drops the oldest of those that meet a condition. */
  dropOldest(matches: (event: HostEvent) => boolean): void {
    const oldest = this.#events.findIndex(matches);
    if (oldest >= 0) this.#events.splice(oldest, 1);
  }

  count(matches: (event: HostEvent) => boolean): number {
    return this.#events.filter(matches).length;
  }

  clear(): void {
    this.#events = [];
  }

  /** Takes note of a call that does not wait. */
  meet(event: HostEvent): void {
    if (event.kind === 'performPostAssociate') this.#open(event);
    if (!isTerminator(event)) return;
    if (this.#events.length > 0) this.#events = this.#events.filter((waiting) => !this.#isSuperseded(event, waiting));
    if (event.kind === 'deinitAdapter') this.#peers.delete(event.adapter);
  }

  /** 802.1X runs for a port that is open: what it had to say before is not for the one that opens now (R115). */
  #open({ adapter, portState }: Handler<'performPostAssociate'>): void {
    this.#peers.set(adapter, portState.peer);
    const isStale = (event: HostEvent) => event.kind === 'oneXIndicateResult' && event.adapter === adapter;
    if (this.#events.some(isStale)) this.#events = this.#events.filter((event) => !isStale(event));
  }

  #isSuperseded(terminator: Terminator, event: HostEvent): boolean {
    if (terminator.kind === 'deinitService') return true;
    if (!isOfAdapter(terminator, event)) return false;
    return terminator.kind === 'stopPostAssociate' ? this.#isOfStopped(terminator, event) : true;
  }

  #isOfStopped({ adapter, peer }: Stop, event: HostEvent): boolean {
    if (event.kind === 'receivePacket') return peer === event.peer || peer === BROADCAST;
    return event.kind === 'oneXIndicateResult' && (peer === this.#peers.get(adapter) || peer === BROADCAST);
  }
}
