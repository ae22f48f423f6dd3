import { Observable, type OperatorFunction, type Subscriber, type Unsubscribable } from 'rxjs';
import type { AdapterHandle, Handler, HostEvent } from '../streams/events/index.js';

export interface ByAdapterOptions<R> {
  /** Whose an event is that names no adapter, such as a reply or a send completion. */
  readonly ownerOf?: (event: HostEvent) => AdapterHandle | undefined;
  /** What to emit for an event that belongs to no living adapter; nothing by default. */
  readonly onStray?: (event: HostEvent) => ReadonlyArray<R>;
  /** What to emit when the work of one adapter fails. The others do not notice (R263). */
  readonly onError?: (error: unknown, adapter: AdapterHandle) => ReadonlyArray<R>;
}

const adapterOf = (event: HostEvent): AdapterHandle | undefined => ('adapter' in event ? event.adapter : undefined);

type Project<R> = (adapter$: Observable<HostEvent>, opening: Handler<'initAdapter'>) => Observable<R>;

/** The way in and the way out of one adapter. A class, because ten thousand of them should not be closures. */
class Lane<R> {
  readonly #lanes: AdapterLanes<R>;
  #work: Unsubscribable | undefined;
  input: Subscriber<HostEvent> | undefined;

  constructor(lanes: AdapterLanes<R>) {
    this.#lanes = lanes;
  }

  run(work$: Observable<R>): void {
    const work = work$.subscribe(this);
    if (!work.closed) this.#work = work;
  }

  next(result: R): void {
    this.#lanes.passOn(result);
  }

  error(error: unknown): void {
    this.#lanes.fail(error, this);
  }

  unsubscribe(): void {
    this.#work?.unsubscribe();
  }
}

/** The lanes of all adapters, found by handle. */
class AdapterLanes<R> {
  readonly #lanes = new Map<AdapterHandle, Lane<R>>();
  readonly #out: Subscriber<R>;
  readonly #project: Project<R>;
  readonly #options: Required<ByAdapterOptions<R>>;

  constructor(out: Subscriber<R>, project: Project<R>, options: Required<ByAdapterOptions<R>>) {
    this.#out = out;
    this.#project = project;
    this.#options = options;
  }

  next(event: HostEvent): void {
    if (event.kind === 'initAdapter' && !this.#lanes.has(event.adapter)) this.#open(event);
    else if (event.kind === 'processSessionChange') this.#tellAll(event);
    else if (event.kind === 'deinitService') this.#endAll();
    else this.#route(event);
  }

  error(error: unknown): void {
    this.#out.error(error);
  }

  complete(): void {
    for (const { input } of this.#lanes.values()) input?.complete();
    this.#out.complete();
  }

  unsubscribe(): void {
    for (const lane of this.#lanes.values()) lane.unsubscribe();
  }

  passOn(result: R): void {
    this.#out.next(result);
  }

  fail(error: unknown, lane: Lane<R>): void {
    const [adapter] = [...this.#lanes].find(([, other]) => other === lane) ?? [];
    if (adapter === undefined) return;
    this.#lanes.delete(adapter);
    for (const result of this.#options.onError(error, adapter)) this.#out.next(result);
  }

  #open(opening: Handler<'initAdapter'>): void {
    const lane = new Lane(this);
    this.#lanes.set(opening.adapter, lane);
    const adapter$ = new Observable<HostEvent>((input) => {
      lane.input = input;
    });
    lane.run(this.#project(adapter$, opening));
  }

  #route(event: HostEvent): void {
    const adapter = this.#options.ownerOf(event);
    const lane = adapter === undefined ? undefined : this.#lanes.get(adapter);
    if (lane === undefined) this.#strand(event);
    else if (event.kind === 'deinitAdapter') this.#close(event, lane);
    else lane.input?.next(event);
  }

  #strand(event: HostEvent): void {
    for (const result of this.#options.onStray(event)) this.#out.next(result);
  }

  /** The handle is dead before its end is worked on, also for what re-enters meanwhile (R7). */
  #close(event: Handler<'deinitAdapter'>, { input }: Lane<R>): void {
    this.#lanes.delete(event.adapter);
    input?.next(event);
    input?.complete();
  }

  #endAll(): void {
    for (const [adapter, lane] of [...this.#lanes]) this.#close({ kind: 'deinitAdapter', adapter }, lane);
    this.#out.complete();
  }

  #tellAll(event: HostEvent): void {
    for (const { input } of [...this.#lanes.values()]) input?.next(event);
  }
}

/**
 * Gives every adapter a stream of its own, from `initAdapter` to `deinitAdapter` (R4).
 *
 * An event finds its adapter by one `Map` look-up, however many there are. `processSessionChange` is everybody's (R220),
 * and `deinitService` ends everything, the output included (R9).
 *
 * @example
 * events$.pipe(byAdapter((adapter$, opening) => adapter$.pipe(map(({ kind }) => `${opening.adapter}: ${kind}`))))
 *
 * @since 0.1.0
 */
export const byAdapter =
  <R>(
    project: Project<R>,
    { ownerOf = adapterOf, onStray = () => [], onError = () => [] }: ByAdapterOptions<R> = {},
  ): OperatorFunction<HostEvent, R> =>
  (source) =>
    new Observable((out) => {
      const lanes = new AdapterLanes(out, project, { ownerOf, onStray, onError });
      out.add(lanes);
      return source.subscribe(lanes);
    });
