import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import {
  type AdapterHandle,
  AssocStatus,
  BROADCAST,
  type Handler,
  type HostEvent,
  isTerminator,
  type MacAddress,
  type Terminator,
} from '../streams/events/index.js';

/** A port that has just been opened: the call that opened it, what happens to it, and what ends it. */
export interface OpenedPort {
  readonly perform: Handler<'performPostAssociate'>;
  readonly input$: Observable<HostEvent>;
  /** For `cancelOn`: found in the same ordered stream as the inputs, and never among them. */
  readonly terminator$: Observable<Terminator>;
}

export interface ByPortOptions<R> {
  /** Opens a port, or refuses to by returning `undefined`. */
  readonly open: (port: OpenedPort) => Observable<R> | undefined;
  /** Whether an event belongs to the live port, whose peer is given. */
  readonly belongs: (event: HostEvent, peer: MacAddress) => boolean;
  /** What the adapter does about everything that is not a port's; a terminator comes here after its port has ended. */
  readonly rest: (event: HostEvent) => ReadonlyArray<R>;
}

const ends = (event: HostEvent, peer: MacAddress): event is Terminator => {
  if (event.kind !== 'stopPostAssociate') return isTerminator(event);
  // R198: the broadcast address stands for all ports of the adapter.
  return event.peer === peer || event.peer === BROADCAST;
};

/** A host that asks anew without a stop has left the old port all the same (R43). */
const leaving = (adapter: AdapterHandle, peer: MacAddress): Terminator => ({
  kind: 'stopPostAssociate',
  adapter,
  peer,
  status: AssocStatus.codes.DISASSOCIATED_BY_ROAMING,
});

/** Hands on what a port says, but not that it is done: its adapter is not. */
class PortOutput<R> {
  readonly #out: Subscriber<R>;

  constructor(out: Subscriber<R>) {
    this.#out = out;
  }

  next(result: R): void {
    this.#out.next(result);
  }

  error(error: unknown): void {
    this.#out.error(error);
  }
}

/** One adapter and the one port it can have (infrastructure, R44). */
class PortLane<R> {
  readonly #out: Subscriber<R>;
  readonly #options: ByPortOptions<R>;
  #peer: MacAddress | undefined;
  /** The peer of a Perform that waits for the old port to be left. */
  #awaited: MacAddress | undefined;
  #input: Subscriber<HostEvent> | undefined;
  #terminator: Subscriber<Terminator> | undefined;

  constructor(out: Subscriber<R>, options: ByPortOptions<R>) {
    this.#out = out;
    this.#options = options;
  }

  next(event: HostEvent): void {
    if (this.#awaited !== undefined && ends(event, this.#awaited)) this.#awaited = undefined;
    if (event.kind === 'performPostAssociate') this.#perform(event);
    else if (this.#peer !== undefined && ends(event, this.#peer)) {
      this.#end(event);
      this.#rest(event);
    } else if (this.#peer !== undefined && this.#options.belongs(event, this.#peer)) this.#input?.next(event);
    else this.#rest(event);
  }

  error(error: unknown): void {
    this.#out.error(error);
  }

  complete(): void {
    this.#input?.complete();
    this.#out.complete();
  }

  /** Whoever is called while the old port is left may have ended the new one by then, or opened one newer still (R265). */
  #perform(perform: Handler<'performPostAssociate'>): void {
    this.#awaited = perform.portState.peer;
    if (this.#peer !== undefined) this.#end(leaving(perform.adapter, this.#peer));
    if (this.#awaited === undefined) return;
    this.#awaited = undefined;
    this.#open(perform);
  }

  #rest(event: HostEvent): void {
    if (this.#out.closed) return;
    for (const result of this.#options.rest(event)) this.#out.next(result);
  }

  #open(perform: Handler<'performPostAssociate'>): void {
    const work = this.#options.open({
      perform,
      input$: new Observable((input) => {
        this.#input = input;
      }),
      terminator$: new Observable((terminator) => {
        this.#terminator = terminator;
      }),
    });
    if (work === undefined) {
      this.#rest(perform);
      return;
    }
    this.#peer = perform.portState.peer;
    this.#out.add(work.subscribe(new PortOutput(this.#out)));
  }

  /** The port is gone before its end is worked on, so that nothing which re-enters can reach it (R264). */
  #end(terminator: Terminator): void {
    const ending = this.#terminator;
    this.#peer = undefined;
    this.#input = undefined;
    this.#terminator = undefined;
    ending?.next(terminator);
  }
}

/**
 * Opens an inner stream for each port of one adapter and hands it what is the port's, until a terminator.
 *
 * @example
 * adapter$.pipe(byPort({ open: (port) => port.input$.pipe(work, cancelOn(port.terminator$)), belongs, rest }))
 *
 * @since 0.1.0
 */
export const byPort =
  <R>(options: ByPortOptions<R>): OperatorFunction<HostEvent, R> =>
  (source) =>
    new Observable((out) => source.subscribe(new PortLane(out, options)));
