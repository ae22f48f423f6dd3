import { Observable, type OperatorFunction, type SchedulerLike, type Subscriber, type Subscription } from 'rxjs';
import type { SecretSource } from '../streams/sources/index.js';
import type { MethodCommand, MethodContext, MethodInput, SecurityMethod, Step } from './core/index.js';

/** What a method wants of its surroundings: its timers and questions are answered within. */
export type MethodUpdate = Exclude<MethodCommand, { do: 'ask' | 'setTimer' | 'clearTimer' }>;

export interface MethodDeps {
  /** All time there is (R262). */
  readonly scheduler: SchedulerLike;
  /** All randomness and all credentials there are; by default none. */
  readonly secrets?: SecretSource;
}

/** A command, and the state the method was in when it gave it. */
export interface Commanded<S> {
  readonly command: MethodUpdate;
  readonly state: S;
}

type Machine<S> = Pick<SecurityMethod<S>, 'begin' | 'step' | 'release'>;
type Ask = Extract<MethodCommand, { do: 'ask' }>;

class RunningMethod<S> {
  readonly #machine: Machine<S>;
  readonly #deps: MethodDeps;
  readonly #out: Subscriber<Commanded<S>>;
  readonly #timers = new Map<string, Subscription>();
  #state: S;

  constructor(machine: Machine<S>, context: MethodContext, deps: MethodDeps, out: Subscriber<Commanded<S>>) {
    this.#machine = machine;
    this.#deps = deps;
    this.#out = out;
    out.add(() => this.#release());
    const begun = machine.begin(context);
    this.#state = begun.state;
    this.#apply(begun);
  }

  feed(input: MethodInput): void {
    this.#apply(this.#machine.step(this.#state, input));
  }

  /** The state first, the commands second, the answers to its questions last: as in the engine. */
  #apply({ state, effects }: Step<S, MethodCommand>): void {
    this.#state = state;
    const asked: Ask[] = [];
    for (const command of effects) {
      if (this.#out.closed) return;
      if (command.do === 'ask') asked.push(command);
      else this.#act(command, state);
    }
    for (const ask of asked) this.#answer(ask);
  }

  #answer({ tag, request }: Ask): void {
    if (this.#out.closed) return;
    const secret = this.#deps.secrets?.(request);
    this.feed({ kind: 'supplied', tag, ...(secret && { secret }) });
  }

  #act(command: Exclude<MethodCommand, Ask>, state: S): void {
    switch (command.do) {
      case 'setTimer':
        this.#clearTimer(command.name);
        this.#timers.set(
          command.name,
          this.#deps.scheduler.schedule(() => this.#expire(command.name), command.ms),
        );
        break;
      case 'clearTimer':
        this.#clearTimer(command.name);
        break;
      default:
        this.#out.next({ command, state });
    }
  }

  #expire(name: string): void {
    this.#clearTimer(name);
    this.feed({ kind: 'timer', name });
  }

  #clearTimer(name: string): void {
    this.#timers.get(name)?.unsubscribe();
    this.#timers.delete(name);
  }

  #release(): void {
    for (const name of [...this.#timers.keys()]) this.#clearTimer(name);
    this.#machine.release?.(this.#state);
  }
}

/**
 * Runs one security method by itself, without ports, handles or a completion latch: inputs in, commands out, each with the
 * state behind it. When the stream ends, the method releases its secrets.
 *
 * `postAssociation` runs methods for whole adapters; this is for a pipeline of one's own, and for trying a method out.
 *
 * @example
 * told$.pipe(runMethod(open, opened, { scheduler }))
 *
 * @since 0.2.0
 */
export const runMethod =
  <S>(machine: Machine<S>, context: MethodContext, deps: MethodDeps): OperatorFunction<MethodInput, Commanded<S>> =>
  (input$) =>
    new Observable((out) => {
      const running = new RunningMethod(machine, context, deps, out);
      return input$.subscribe({
        next: (input) => running.feed(input),
        error: (error: unknown) => out.error(error),
        complete: () => out.complete(),
      });
    });
