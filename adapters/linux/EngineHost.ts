import type { Either } from 'fp-ts/lib/Either.js';
import { type Observable, Subject, Subscription } from 'rxjs';
import type { EapNote, PaeNote, PortBelief } from '../../operators/core/index.js';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type OneXOrder,
  type OneXOutput,
  type oneXModule,
  portState,
} from '../../operators/index.js';
import type { AdapterHandle, Effect, EffectOf, HostEvent } from '../../streams/events/index.js';
import { driving, HostShims, LiveClock, type Sink } from '../../streams/sources/index.js';
import { createRecordedEngine } from '../event-log/createRecordedEngine.js';
import type { LinuxFault } from './LinuxFault.js';

/** What can be seen of an engine and its 802.1X module. */
export type EngineSight =
  | { readonly kind: 'trouble'; readonly fault: LinuxFault }
  /** A whole EAPOL packet of the module. */
  | { readonly kind: 'packet'; readonly dir: 'out'; readonly packet: Uint8Array }
  /** What the engine is told, and what it does. */
  | { readonly kind: 'told'; readonly event: HostEvent }
  | { readonly kind: 'done'; readonly effect: Effect }
  | { readonly kind: 'note'; readonly note: EapNote | PaeNote }
  | { readonly kind: 'port'; readonly port: PortBelief };

/** What lies below an engine, and who watches it. */
export interface EngineSurroundings {
  readonly module: ReturnType<typeof oneXModule>;
  readonly sink: Sink;
  /** Sends a packet of the module; nothing where there is nobody to send it to. */
  readonly transmit: (packet: Uint8Array) => Either<LinuxFault, void> | undefined;
  readonly see: (sight: EngineSight) => void;
  /** An effect has been carried out. */
  readonly carriedOut?: (effect: Effect) => void;
  /** What never should happen. */
  readonly broke: (error: unknown) => void;
}

/** An engine that writes its event log down, without secrets unless they are wanted, where somebody takes the lines. */
export const hostedEngine = (options: EngineOptions, record?: (line: string) => void, recordsSecrets = false): Engine =>
  record === undefined
    ? createEngine(options)
    : createRecordedEngine({ ...options, record: { write: record, secrets: recordsSecrets ? 'reveal' : 'redact' } });

type OneXEffect = EffectOf<'startOneX' | 'stopOneX' | 'processOneXPacket'>;

/** An engine, an 802.1X module beside it, and a sink below. */
export class EngineHost {
  readonly #engine: Engine;
  readonly #orders = new Subject<OneXOrder>();
  readonly #happenings = new Subject<HostEvent | Effect>();
  readonly #shims = new HostShims();
  readonly #running = new Subscription();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  start(surroundings: EngineSurroundings): void {
    const { events$, effects$, handlers, offer } = this.#engine;
    const { module, see, carriedOut, broke } = surroundings;
    const follow = <A>(source: Observable<A>, next: (value: A) => void): void => {
      this.#running.add(source.subscribe({ next, error: broke }));
    };
    const sink = driving(surroundings.sink, offer);
    follow(this.#happenings.pipe(portState()), (port) => see({ kind: 'port', port }));
    follow(this.#orders.pipe(module), (output) => this.#obey(output, surroundings));
    follow(events$, (event) => {
      // R117: of the removal of its adapter an engine may not tell the module.
      if (event.kind === 'deinitAdapter') this.#orders.next(event);
      see({ kind: 'told', event });
      this.#happenings.next(event);
    });
    follow(effects$, (effect) => {
      see({ kind: 'done', effect });
      this.#happenings.next(effect);
      sink.next(effect);
      carriedOut?.(effect);
    });
    handlers.initService({ version: 0 });
  }

  /** Hands over to the module what is its own. */
  order(effect: OneXEffect): void {
    this.#orders.next(effect);
  }

  /** The user has gone. */
  logOff(adapter: AdapterHandle): void {
    this.#orders.next({ kind: 'logoffOneX', adapter });
  }

  /** A call of the host, and those it makes because of it. */
  call(call: HostEvent): void {
    const { handlers, offer } = this.#engine;
    switch (call.kind) {
      case 'sendPacketCompletion':
        handlers.sendPacketCompletion(call);
        return;
      case 'receivePacket':
        handlers.receivePacket(call);
        return;
      case 'initAdapter':
        handlers.initAdapter(call);
        break;
      case 'deinitAdapter':
        handlers.deinitAdapter(call);
        break;
      default:
        offer(call);
    }
    for (const caused of this.#shims.see(call)) {
      if (caused.kind === 'performPostAssociate') handlers.performPostAssociate(caused);
      else handlers.stopPostAssociate(caused);
    }
  }

  /** Whoever watches is told by the present time, and what is due by now comes first. */
  sync(): void {
    const { scheduler } = this.#engine;
    if (scheduler instanceof LiveClock) scheduler.sync();
  }

  /** The adapters are gone by now. */
  stop(): void {
    this.#engine.handlers.deinitService({});
    this.#running.unsubscribe();
    const { scheduler } = this.#engine;
    if (scheduler instanceof LiveClock) scheduler.stop();
  }

  #obey(output: OneXOutput, { transmit, see }: EngineSurroundings): void {
    switch (output.kind) {
      case 'transmit': {
        const { packet } = output;
        const sent = transmit(packet);
        if (sent === undefined) return;
        see(sent._tag === 'Right' ? { kind: 'packet', dir: 'out', packet } : { kind: 'trouble', fault: sent.left });
        break;
      }
      case 'note':
        see({ kind: 'note', note: output.note });
        break;
      case 'event': {
        const { kind: _, ...result } = output.event;
        this.#engine.handlers.oneXIndicateResult(result);
      }
    }
  }
}
