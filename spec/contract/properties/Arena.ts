import { Subject } from 'rxjs';
import { Ledger } from '../../../operators/core/index.js';
import { createEngine, postAssociation } from '../../../operators/index.js';
import {
  type ApiCall,
  type BufferHandle,
  type ConnectHandle,
  Effect,
  type Guid,
  type HandlerCall,
  type HostEvent,
  handlerCalls,
  type Secret,
  type SessionHandle,
} from '../../../streams/events/index.js';
import { LogicalClock, type SecretSource } from '../../../streams/sources/index.js';
import { unprotecting } from '../../support/marbles.js';
import { symbolOfEffect } from '../../support/symbols.js';
import { eventOf, handleOf, type Known, methodsWith, serviceOf } from './cast.js';
import { Monitor } from './Monitor.js';
import { type Action, ADAPTERS, type Mood, type Scenario } from './scenario.js';

export interface Input {
  readonly at: number;
  readonly event: HostEvent;
}

/** The bare operator, the operator behind the front door, or the bare operator and a log. */
export type Entrance = 'operator' | 'handlers' | 'replay';

/** A call, without its numbers: as it looks to one adapter. */
const rendered = (at: number, effect: ApiCall): string => {
  const { call: _, ...json } = Effect.encode(effect) as Record<string, unknown>;
  return `${at} ${symbolOfEffect(effect)} ${JSON.stringify(json, (_key, value) => (value instanceof Uint8Array ? [...value] : value))}`;
};

/** Handlers may be called back from inside calls, but not for ever. */
const MOST_CALLBACKS = 12;

/** Three adapters, a host and sinks that behave as a scenario says, and a monitor that watches. */
export class Arena {
  readonly monitor = new Monitor();
  readonly clock = new LogicalClock();
  readonly ledger: Ledger;
  /** What came through the front door, and when: the log a replay is made from. */
  readonly inputs: Input[] = [];
  readonly keys: Secret[] = [];
  /** Everything that was called, rendered; by adapter. */
  readonly said: string[][] = ADAPTERS.map(() => []);
  readonly inOrder: string[] = [];
  readonly #deliver: (event: HostEvent) => void;
  /** In a replay the log has the answers. */
  readonly #answers: boolean;
  readonly #moods: Scenario['moods'];
  readonly #calls: number[] = ADAPTERS.map(() => 0);
  readonly #sessions: number[] = ADAPTERS.map(() => 0);
  readonly #waiting: ApiCall[][] = ADAPTERS.map(() => []);
  readonly #packets: number[][] = ADAPTERS.map(() => []);
  readonly #questions: (Guid | undefined)[] = ADAPTERS.map(() => undefined);
  readonly #connects = ADAPTERS.map(() => 0);
  readonly #buffers = new Map<BufferHandle, number>();
  readonly #callbacks: number[] = ADAPTERS.map(() => 0);
  isOver = false;

  /** An arena in which nothing happens but what is replayed. */
  static silent(): Arena {
    return new Arena({ moods: [] }, 'replay');
  }

  constructor({ moods }: Pick<Scenario, 'moods'>, entrance: Entrance = 'operator') {
    this.#moods = moods;
    const methods = methodsWith((key) => this.keys.push(key));
    const secrets: SecretSource = (request) => {
      const secret = unprotecting(request);
      if (secret !== undefined) this.keys.push(secret);
      return secret;
    };
    const sink = {
      next: (effect: Effect) => {
        if (effect.kind !== 'diagnostic') this.#carryOut(effect);
      },
      complete: () => {
        this.isOver = true;
      },
    };
    this.#answers = entrance !== 'replay';
    if (entrance === 'handlers') {
      const engine = createEngine({ methods, secrets, scheduler: this.clock, turns: this.clock });
      this.ledger = engine.ledger;
      this.#deliver = (event) => {
        if (!(event.kind in handlerCalls)) return engine.offer(event);
        const { kind, ...args } = event as HandlerCall;
        (engine.handlers[kind] as unknown as (args: object) => unknown)(args);
      };
      engine.events$.subscribe((event) => this.inputs.push({ at: this.clock.now(), event }));
      engine.effects$.subscribe(sink);
    } else {
      const events = new Subject<HostEvent>();
      this.ledger = new Ledger();
      this.#deliver = (event) => events.next(event);
      events.pipe(postAssociation({ methods, secrets, scheduler: this.clock, ledger: this.ledger })).subscribe(sink);
    }
    if (entrance === 'replay') return;
    this.#take({ kind: 'initService', version: 0 }, '');
    for (const index of ADAPTERS) this.#take({ kind: 'initAdapter', adapter: handleOf(index), service: serviceOf(index) }, 'i');
    this.#turn();
  }

  act(action: Action): void {
    switch (action.do) {
      case 'pass':
        this.clock.advanceTo(this.clock.now() + action.ms);
        break;
      case 'answer':
        this.#answerLate(action.adapter, action.win32);
        break;
      case 'happen':
        this.#happen(action.adapter, action.symbol);
    }
    this.#turn();
    this.monitor.checkBuffers((packet) => this.ledger.packets.has(packet));
  }

  /** The service ends, and time goes on for an hour. */
  end(): void {
    for (const index of ADAPTERS) this.act({ do: 'happen', adapter: index, symbol: 'D' });
    this.#take({ kind: 'deinitService' }, '');
    this.#turn();
    this.clock.advanceTo(this.clock.now() + 3_600_000);
  }

  passTo(moment: number): void {
    this.clock.advanceTo(moment);
  }

  /** An event as it came, for a replay of the inputs. */
  replay({ at, event }: Input): void {
    this.clock.advanceTo(at);
    this.#deliver(event);
  }

  /** Whatever waits for a later turn of the same moment. */
  #turn(): void {
    this.clock.advanceTo(this.clock.now());
    this.monitor.settle();
  }

  #take(event: HostEvent, symbol: string): void {
    this.monitor.enter(event, symbol);
    this.#deliver(event);
    this.monitor.leave();
  }

  #happen(index: number, symbol: string): void {
    const event = eventOf(symbol, this.#known(index));
    if (event === undefined) return;
    const isKnown = !('adapter' in event) || this.monitor.isAlive(event.adapter as never) || event.kind === 'initAdapter';
    this.#take(event, isKnown ? symbol : '');
  }

  #known(index: number): Known {
    const packets = this.#packets[index] ?? [];
    const inFlight = packets.filter((packet) => this.monitor.packets.has(packet));
    return {
      index,
      nextSession: () => {
        const number = (this.#sessions[index] ?? 0) + 1;
        this.#sessions[index] = number;
        return `0x${index + 1}${number.toString(16).padStart(3, '0')}` as SessionHandle;
      },
      nextConnect: () => {
        const number = (this.#connects[index] ?? 0) + 1;
        this.#connects[index] = number;
        return `0xc${index}${number.toString(16)}` as ConnectHandle;
      },
      inFlight: (last) => (last ? inFlight.at(-1) : inFlight[0]),
      completed: () => packets.find((packet) => !this.monitor.packets.has(packet)),
      question: () => this.#questions[index],
    };
  }

  #answerLate(index: number, win32: number): void {
    const waiting = this.#waiting[index]?.shift();
    if (waiting !== undefined) this.#reply(waiting, win32);
  }

  #reply(effect: ApiCall, win32: number): void {
    const { call } = effect;
    if (effect.kind !== 'allocateBuffer' || win32 !== 0) {
      this.#take({ kind: 'reply', call, win32 }, '');
      return;
    }
    const buffer = `0x${(0xb000 + call).toString(16)}` as BufferHandle;
    this.#buffers.set(buffer, this.#indexOf(effect));
    this.#take({ kind: 'reply', call, win32, buffer }, '');
  }

  #note(index: number, effect: ApiCall): void {
    const line = rendered(this.clock.now(), effect);
    this.said[index]?.push(line);
    this.inOrder.push(line);
    if (effect.kind === 'sendPacket') this.#packets[index]?.push(effect.packet);
    if (effect.kind === 'sendUIRequest') this.#questions[index] = effect.request;
  }

  #mood(index: number): Mood {
    const moods = this.#moods[index] ?? [];
    const nth = this.#calls[index] ?? 0;
    this.#calls[index] = nth + 1;
    return moods[nth % Math.max(1, moods.length)] ?? { mood: 'accepts' };
  }

  #mayCallBack(index: number): boolean {
    const callbacks = (this.#callbacks[index] ?? 0) + 1;
    this.#callbacks[index] = callbacks;
    return callbacks <= MOST_CALLBACKS;
  }

  /** A buffer is given back without naming an adapter. */
  #indexOf(effect: ApiCall): number {
    const owner = effect.kind === 'freeBuffer' ? this.#buffers.get(effect.buffer) : undefined;
    return owner ?? ADAPTERS.findIndex((candidate) => effect.adapter === handleOf(candidate));
  }

  #carryOut(effect: ApiCall): void {
    const index = this.#indexOf(effect);
    this.#note(index, effect);
    if (!this.#answers) return;
    this.monitor.see(effect);
    const mood = this.#mood(index);
    if (effect.kind === 'freeBuffer') {
      this.#reply(effect, 0);
      return;
    }
    if (mood.mood === 'waits') {
      this.#waiting[index]?.push(effect);
      return;
    }
    if (mood.mood === 'calls back' && this.#mayCallBack(index)) this.#happen(mood.adapter, mood.symbol);
    this.#reply(effect, mood.mood === 'refuses' ? 31 : 0);
  }
}
