import { EMPTY, from, Observable, type ObservableInput, type OperatorFunction, type Subscriber } from 'rxjs';
import type { AdapterHandle, Handler, HostEvent } from '../streams/events/index.js';

export interface ByAdapterOptions<R> {
  /** Whose an event is that names no adapter, such as a reply or a send completion. */
  readonly ownerOf?: (event: HostEvent) => AdapterHandle | undefined;
  /** What to emit for an event that belongs to no living adapter; nothing by default. */
  readonly onStray?: (event: HostEvent) => ObservableInput<R>;
  /** What to emit when the work of one adapter fails. The others do not notice (R263). */
  readonly onError?: (error: unknown, adapter: AdapterHandle) => ObservableInput<R>;
}

const adapterOf = (event: HostEvent): AdapterHandle | undefined => ('adapter' in event ? event.adapter : undefined);

type Project<R> = (adapter$: Observable<HostEvent>, opening: Handler<'initAdapter'>) => Observable<R>;

/** The lanes of all adapters, found by handle. */
class AdapterLanes<R> {
  readonly #lanes = new Map<AdapterHandle, Subscriber<HostEvent>>();
  readonly #out: Subscriber<R>;
  readonly #project: Project<R>;
  readonly #options: Required<ByAdapterOptions<R>>;

  constructor(out: Subscriber<R>, project: Project<R>, options: Required<ByAdapterOptions<R>>) {
    this.#out = out;
    this.#project = project;
    this.#options = options;
  }

  next(event: HostEvent): void {
    switch (event.kind) {
      case 'initAdapter':
        if (!this.#lanes.has(event.adapter)) return this.#open(event);
        break;
      case 'processSessionChange':
        for (const lane of [...this.#lanes.values()]) lane.next(event);
        return;
      case 'deinitService':
        return this.#endAll();
    }
    this.#route(event);
  }

  error(error: unknown): void {
    this.#out.error(error);
  }

  complete(): void {
    for (const lane of this.#lanes.values()) lane.complete();
    this.#out.complete();
  }

  release(): void {
    for (const lane of this.#lanes.values()) lane.unsubscribe();
  }

  #open(opening: Handler<'initAdapter'>): void {
    const { adapter } = opening;
    const adapter$ = new Observable<HostEvent>((lane) => {
      this.#lanes.set(adapter, lane);
    });
    const work = this.#project(adapter$, opening).subscribe({
      next: (result) => this.#out.next(result),
      error: (error) => {
        this.#lanes.delete(adapter);
        this.#passOn(this.#options.onError(error, adapter));
      },
    });
    this.#lanes.get(adapter)?.add(work);
  }

  #route(event: HostEvent): void {
    const adapter = this.#options.ownerOf(event);
    const lane = adapter === undefined ? undefined : this.#lanes.get(adapter);
    if (adapter === undefined || lane === undefined) this.#passOn(this.#options.onStray(event));
    else if (event.kind === 'deinitAdapter') this.#close(event, lane);
    else lane.next(event);
  }

  /** The handle is dead before its end is worked on, also for what re-enters meanwhile (R7). */
  #close(event: Handler<'deinitAdapter'>, lane: Subscriber<HostEvent>): void {
    this.#lanes.delete(event.adapter);
    lane.next(event);
    lane.complete();
    lane.unsubscribe();
  }

  #endAll(): void {
    for (const [adapter, lane] of [...this.#lanes]) this.#close({ kind: 'deinitAdapter', adapter }, lane);
    this.#out.complete();
  }

  #passOn(results: ObservableInput<R>): void {
    from(results).subscribe((result) => this.#out.next(result));
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
    { ownerOf = adapterOf, onStray = () => EMPTY, onError = () => EMPTY }: ByAdapterOptions<R> = {},
  ): OperatorFunction<HostEvent, R> =>
  (source) =>
    new Observable((out) => {
      const lanes = new AdapterLanes(out, project, { ownerOf, onStray, onError });
      out.add(() => lanes.release());
      return source.subscribe(lanes);
    });
