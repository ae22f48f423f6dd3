import { config, Subject } from 'rxjs';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { type NumberedEntry, open, rsnMethods, type Violation } from '../../../../operators/core/index.js';
import { checkContract, createEngine, type Engine } from '../../../../operators/index.js';
import {
  type AdapterHandle,
  type ApiCall,
  type Effect,
  type HostEvent,
  Secret,
  type SecretRequest,
  type ServiceHandle,
  type SessionHandle,
} from '../../../../streams/events/index.js';
import { LogicalClock } from '../../../../streams/sources/index.js';
import { demand, Finding } from '../../target.js';
import type { KeyHolder } from './KeyHolder.js';
import { OWN, PEER, type Scenario } from './scenario.js';
import type { Witness } from './Witness.js';

/**
 * Rules the host keeps or breaks (R210 to R213), and one the checker judges by the shape of packets (R134), which tells nothing
 * when a rekey overlaps a repetition of the handshake before.
 */
const UNTOLD = /^R(?:21\d|134)$/;

/** How the hardware of a station answers. */
export interface Mood {
  /** Answers wait until they are asked for. */
  isLate: boolean;
  /** So many calls are refused. */
  refusals: number;
}

/** A station: an adapter with its network, the access point's end of it, and what the hardware owes. */
export interface Station {
  readonly adapter: AdapterHandle;
  readonly scenario: Scenario;
  readonly holder: KeyHolder;
  readonly witness: Witness;
  readonly mood: Mood;
  readonly owed: HostEvent[];
  readonly said: string[];
  session: number;
}

/** What is kept of an effect to compare it with: all but the numbers, which all adapters share. */
const shown = (at: number, effect: Effect): string => {
  const { call: _, packet: __, generation: ___, ...rest } = effect as Effect & Record<string, unknown>;
  return `${at} ${JSON.stringify(rest, (____, value: unknown) => {
    if (value instanceof Secret) return Buffer.from(value.reveal()).toString('hex');
    return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
  })}`;
};

export const sessionOf = ({ adapter, session }: Station): SessionHandle =>
  `${adapter}${session.toString(16).padStart(3, '0')}` as SessionHandle;

/** One engine and the stations on it. What an engine is asked for while a station acts is asked on behalf of that station. */
export class Host {
  readonly engine: Engine;
  readonly clock = new LogicalClock();
  readonly #stations: ReadonlyArray<Station>;
  #acting: Station | undefined;
  readonly #log = new Subject<NumberedEntry>();
  #lines = 0;
  /** What refused calls leave behind is the hardware's doing. */
  #hasRefused = false;
  #objection: unknown;
  #isOver = false;

  constructor(
    stations: ReadonlyArray<Station>,
    secrets: (request: SecretRequest, acting: Station | undefined) => Secret | undefined,
  ) {
    this.#stations = stations;
    const policy = stations[0]?.scenario.policy ?? {};
    this.engine = createEngine({
      methods: [...rsnMethods({ crypto: nodeCrypto, policy }), open],
      secrets: (request) => secrets(request, this.#acting),
      scheduler: this.clock,
      turns: this.clock,
    });
    this.#log.pipe(checkContract()).subscribe((violation) => this.#breach(violation));
    // First in line: an input stands before what the engine makes of it.
    this.engine.events$.subscribe((event) => this.#record({ dir: 'in', event }));
    // What is thrown inside a subscriber would come up later, where nobody waits for it.
    config.onUnhandledError = (error: unknown) => this.#object(error);
    this.engine.effects$.subscribe({
      next: (effect) => this.#carryOut(effect),
      error: (error: unknown) => this.#object(error ?? new Finding('the effects end with an error')),
      complete: () => {
        if (!this.#isOver) this.#object(new Finding('the effects are over while the engine lives'));
      },
    });
    this.engine.handlers.initService({ version: 0 });
  }

  /** Something a station's host does, and all that follows at this moment. */
  act(station: Station, what: (station: Station) => void): void {
    this.#acting = station;
    what(station);
    this.#turn();
    this.#acting = undefined;
  }

  pass(ms: number): void {
    this.clock.advanceTo(this.clock.now() + ms);
    this.#turn();
  }

  initialise(station: Station): void {
    station.witness.initialised(true);
    const { adapter, scenario } = station;
    const service = adapter.replace('a', '5') as ServiceHandle;
    this.engine.handlers.initAdapter({ adapter, service, ...(!scenario.lacks.address && { address: OWN }) });
  }

  deinitialise(station: Station): void {
    this.engine.handlers.deinitAdapter({ adapter: station.adapter });
    station.witness.initialised(false);
    station.owed.length = 0;
  }

  /** What the hardware owes is paid. */
  settle(station: Station, most: number): void {
    for (const event of station.owed.splice(0, most)) this.#deliver(event);
  }

  end(): void {
    this.#isOver = true;
    this.engine.handlers.deinitService({});
    this.pass(200_000);
    this.#log.complete();
    this.#turn();
  }

  #deliver(event: HostEvent): void {
    if (event.kind === 'sendPacketCompletion') this.engine.handlers.sendPacketCompletion({ packet: event.packet });
    else this.engine.offer(event);
  }

  #record(entry: { dir: 'in'; event: HostEvent } | { dir: 'out'; event: Effect }): void {
    const at = Math.round(this.clock.now() * 1000);
    this.#log.next({ n: ++this.#lines, at, ...entry });
  }

  #breach({ rule, message }: Violation): void {
    if (!this.#hasRefused && !UNTOLD.test(rule)) this.#object(new Finding(`the contract is broken: ${rule}, ${message}`));
  }

  #object(error: unknown): void {
    this.#objection ??= error;
  }

  #turn(): void {
    this.#settleAll();
    if (this.#objection !== undefined) throw this.#objection;
  }

  #settleAll(): void {
    for (let round = 0; round < 64; round++) {
      this.clock.advanceTo(this.clock.now());
      const prompt = this.#stations.filter(({ mood, owed }) => !mood.isLate && owed.length > 0);
      if (prompt.length === 0) return;
      for (const station of prompt) this.settle(station, Number.POSITIVE_INFINITY);
    }
    demand(false, 'the engine and the hardware never come to rest');
  }

  #carryOut(effect: Effect): void {
    const station = this.#stations.find(({ adapter }) => 'adapter' in effect && effect.adapter === adapter);
    this.#record({ dir: 'out', event: effect });
    if (station === undefined) return;
    try {
      station.witness.take(effect);
    } catch (error) {
      this.#object(error);
    }
    if (effect.kind === 'diagnostic') return;
    station.said.push(shown(this.clock.now(), effect));
    this.#answer(station, effect);
  }

  #answer({ holder, mood, owed }: Station, effect: ApiCall): void {
    const isRefused = mood.refusals > 0;
    if (isRefused) mood.refusals--;
    this.#hasRefused ||= isRefused;
    owed.push({ kind: 'reply', call: effect.call, win32: isRefused ? 31 : 0 });
    if (effect.kind !== 'sendPacket') return;
    holder.hear(effect.payload);
    if (!isRefused) owed.push({ kind: 'sendPacketCompletion', packet: effect.packet });
  }
}

export const portStateOf = () => ({ peer: PEER, sessionId: 1, controlled: true, authorized: false });
