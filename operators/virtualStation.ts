import { Observable, type OperatorFunction, type SchedulerLike, type Subscriber, type Subscription } from 'rxjs';
import type { AdapterHandle, Effect, HostEvent } from '../streams/events/index.js';
import { Win32 } from '../streams/events/index.js';
import {
  type Ledger,
  noVirtualStation,
  phaseOf,
  stepVirtualStation,
  type VirtualStation,
  type VirtualStationCall,
  type VirtualStationCommand,
  type VirtualStationInput,
  type VirtualStationOutput,
  type VirtualStationPhase,
} from './core/index.js';

/** How the virtual station stands; `adapter` is the handle of the one that is present. */
export interface VirtualStationStatus {
  readonly kind: 'virtualStationStatus';
  readonly phase: VirtualStationPhase;
  readonly adapter?: AdapterHandle;
}

export interface VirtualStationDeps {
  /** The books of the engine beside it: one numbering of calls for both. */
  readonly ledger: Ledger;
  readonly scheduler: SchedulerLike;
}

/** What happens, what the application wants, and the engine's completions of pre-associations, in one order. */
export type VirtualStationSource = HostEvent | VirtualStationCommand | Extract<Effect, { kind: 'preAssociateCompletion' }>;

type Reply = Extract<HostEvent, { kind: 'reply' }>;
type Answered = Extract<VirtualStationInput, { do: 'answered' }>;

/** The BOOL of the query where a sink hands it back, and otherwise whether it named a primary adapter. */
const saysVirtual = ({ win32, output, interface: primary }: Reply): boolean =>
  win32 === Win32.codes.ERROR_SUCCESS && (output === undefined ? primary !== undefined : output.some((byte) => byte !== 0));

const statusOf = (state: VirtualStation): VirtualStationStatus => {
  const phase = phaseOf(state);
  const { station } = state;
  return phase === 'present' && station.phase === 'present'
    ? { kind: 'virtualStationStatus', phase, adapter: station.adapter }
    : { kind: 'virtualStationStatus', phase };
};

const isSame = (a: VirtualStationStatus | undefined, b: VirtualStationStatus): boolean =>
  a?.phase === b.phase && a.adapter === b.adapter;

/** Feeds the pure machine of the virtual station. */
class RunningStation {
  readonly #deps: VirtualStationDeps;
  readonly #out: Subscriber<Effect | VirtualStationStatus>;
  readonly #calls = new Map<number, Pick<Answered, 'to' | 'adapter'>>();
  #state: VirtualStation = noVirtualStation;
  #told: VirtualStationStatus | undefined;
  #timer: Subscription | undefined;

  constructor(deps: VirtualStationDeps, out: Subscriber<Effect | VirtualStationStatus>) {
    this.#deps = deps;
    this.#out = out;
  }

  next(input: VirtualStationSource): void {
    if ('kind' in input && input.kind === 'reply') this.#settle(input);
    else if ('do' in input && input.do === 'setApProperties') this.#keep(input);
    else this.#feed(input);
  }

  error(error: unknown): void {
    this.#out.error(error);
  }

  complete(): void {
    this.#out.complete();
  }

  unsubscribe(): void {
    this.#clearTimer();
    for (const call of this.#calls.keys()) this.#deps.ledger.calls.delete(call);
    this.#state.properties?.key.zeroise();
  }

  /** The key is copied, and the copy destroyed when it is of no use any more (R11). */
  #keep({ properties }: Extract<VirtualStationCommand, { do: 'setApProperties' }>): void {
    const own = { ...properties, key: properties.key.copy() };
    this.#feed({ do: 'setApProperties', properties: own });
    if (this.#state.properties !== own) own.key.zeroise();
  }

  #settle(reply: Reply): void {
    const asked = this.#calls.get(reply.call);
    if (asked === undefined) return;
    this.#calls.delete(reply.call);
    this.#deps.ledger.calls.delete(reply.call);
    this.#feed({ do: 'answered', ...asked, win32: reply.win32, isVirtual: saysVirtual(reply) });
  }

  /** The state first, the effects second: a station may arrive from inside the call that asks for it (R241). */
  #feed(input: VirtualStationInput): void {
    const { properties } = this.#state;
    const { state, effects } = stepVirtualStation(this.#state, input);
    this.#state = state;
    if (properties !== state.properties) properties?.key.zeroise();
    this.#tell();
    for (const output of effects) this.#act(output);
  }

  #tell(): void {
    const status = statusOf(this.#state);
    if (isSame(this.#told, status)) return;
    this.#told = status;
    this.#out.next(status);
  }

  #act(output: VirtualStationOutput): void {
    switch (output.do) {
      case 'call':
        this.#out.next(this.#stamp(output.call));
        break;
      case 'setTimer':
        this.#clearTimer();
        this.#timer = this.#deps.scheduler.schedule(() => this.#expire(), output.ms);
        this.#deps.ledger.timers++;
        break;
      case 'clearTimer':
        this.#clearTimer();
        break;
      case 'report':
        this.#out.next({ kind: 'diagnostic', rule: output.rule, message: output.message });
    }
  }

  #stamp(call: VirtualStationCall): Effect {
    const { adapter, kind: to } = call;
    const number = this.#deps.ledger.openCall({ adapter, generation: 0, to, tag: '' });
    this.#calls.set(number, { to, adapter });
    return { ...call, call: number };
  }

  #expire(): void {
    this.#clearTimer();
    this.#feed({ do: 'expired' });
  }

  #clearTimer(): void {
    if (this.#timer === undefined) return;
    this.#timer.unsubscribe();
    this.#timer = undefined;
    this.#deps.ledger.timers--;
  }
}

export const isVirtualStationStatus = (output: Effect | VirtualStationStatus): output is VirtualStationStatus =>
  output.kind === 'virtualStationStatus';

/**
 * The one virtual station a computer can have (R240): asked for, waited for, given its access point's properties, and let
 * go. It runs beside the engine, on the same events and the same books; to the engine a virtual station is an adapter like
 * any other (R245).
 *
 * @example
 * const { events$, effects$, ledger, scheduler } = engine;
 * const told$ = effects$.pipe(filter((effect) => effect.kind === 'preAssociateCompletion'));
 * merge(events$, commands$, told$).pipe(virtualStation({ ledger, scheduler })).subscribe((output) => {
 *   if (isVirtualStationStatus(output)) console.log(output.phase);
 *   else sinkLoop.next(output);
 * });
 *
 * @since 0.1.0
 */
export const virtualStation =
  (deps: VirtualStationDeps): OperatorFunction<VirtualStationSource, Effect | VirtualStationStatus> =>
  (source) =>
    new Observable((out) => {
      const running = new RunningStation(deps, out);
      out.add(running);
      return source.subscribe(running);
    });
