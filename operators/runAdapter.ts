import { Observable, type OperatorFunction, type Subscriber, type Subscription } from 'rxjs';
import {
  Cipher,
  type Effect,
  type Handler,
  type HostEvent,
  type IhvProfile,
  type MacAddress,
  SessionEvent,
} from '../streams/events/index.js';
import { type ByPortOptions, byPort, type OpenedPort } from './byPort.js';
import {
  type Adapter,
  type AdapterCall,
  type AdapterOutput,
  answerAdapter,
  chooseMethod,
  freshAdapter,
  isForPort,
  laterTurn,
  objectToPort,
  ownerOf,
  type PortFacts,
  type Registrations,
  register,
  type SecurityMethod,
  type Step,
  settleStray,
  stepAdapter,
  takeEarly,
  unserved,
} from './core/index.js';
import { LATER_TURN_MS, runPort } from './runPort.js';
import type { PortDeps } from './stampCall.js';

export interface AdapterDeps extends PortDeps {
  readonly methods: ReadonlyArray<SecurityMethod>;
  readonly registrations: Registrations;
}

type Perform = Handler<'performPostAssociate'>;

/** R58, R52: who needs no pairwise key is an open network, a port the driver has authenticated, or a vendor's own way. */
const needsPairwiseKey = ({ association }: Perform, method: SecurityMethod): boolean =>
  !(method.installsNoKeys ?? false) &&
  !association.portAuthorized &&
  association.unicastCipher !== Cipher.codes.NONE &&
  association.unicastCipher !== Cipher.codes.USE_GROUP;

const encrypts = ({ association }: Perform): boolean => association.unicastCipher !== Cipher.codes.NONE;

const factsOf = (perform: Perform, methods: ReadonlyArray<SecurityMethod>, profile: IhvProfile | undefined): PortFacts => {
  const method = chooseMethod(methods, perform.association, profile) ?? unserved;
  return {
    peer: perform.portState.peer,
    method,
    mayUseOneX: profile?.useMsOneX ?? true,
    needsPairwiseKey: needsPairwiseKey(perform, method),
  };
};

/** What comes back under a number drawn here. */
const isAnswer = ({ kind }: HostEvent): boolean =>
  kind === 'reply' || kind === 'sendPacketCompletion' || kind === 'processUIResponse';

/** One adapter: its own duties, and the ports it opens one after the other. */
class RunningAdapter implements ByPortOptions<Effect> {
  readonly #deps: AdapterDeps;
  readonly #opening: Handler<'initAdapter'>;
  readonly #out: Subscriber<Effect>;
  #adapter: Adapter = freshAdapter;
  #generation = 0;
  #laterTurn: Subscription | undefined;

  constructor(deps: AdapterDeps, opening: Handler<'initAdapter'>, out: Subscriber<Effect>) {
    this.#deps = deps;
    this.#opening = opening;
    this.#out = out;
  }

  begin(): void {
    for (const effect of this.#apply(register(this.#adapter, this.#deps.registrations))) this.#out.next(effect);
  }

  open(port: OpenedPort): Observable<Effect> | undefined {
    const { perform } = port;
    const { portState, association } = perform;
    if (objectToPort(portState, association) !== undefined) return undefined;
    const { ledger, methods } = this.#deps;
    const { profile, hasEncrypted = false } = this.#adapter;
    const { address } = this.#opening;
    const [early, rest] = takeEarly(this.#adapter, portState.peer);
    this.#adapter = encrypts(perform) ? { ...rest, hasEncrypted: true } : rest;
    this.#generation = ledger.openGeneration();
    const context = {
      peer: portState.peer,
      portState,
      association,
      ...(address && { ownAddress: address }),
      ...(profile && { profile }),
    };
    const opening = {
      adapter: this.#opening,
      session: perform.session,
      generation: this.#generation,
      facts: factsOf(perform, methods, profile),
      context,
      early,
      letsInUnencrypted: hasEncrypted && !encrypts(perform),
    };
    return runPort(this.#deps, opening, port);
  }

  belongs(event: HostEvent, peer: MacAddress): boolean {
    return isForPort(event, peer, this.#generation, this.#deps.ledger);
  }

  rest(event: HostEvent): ReadonlyArray<Effect> {
    const { methods, registrations } = this.#deps;
    if (isAnswer(event)) return this.#settle(event);
    if (event.kind === 'deinitAdapter') return this.#end();
    if (event.kind === 'cipherKeyUpdated') settleStray(event, this.#deps.ledger);
    if (event.kind === 'adapterReset') this.#forget();
    if (event.kind === 'processSessionChange') this.#logOff(event);
    return this.#apply(stepAdapter(this.#adapter, event, methods, registrations));
  }

  /** R221: the questions of ports that have ended go with their user. */
  #logOff({ event, userSession }: Handler<'processSessionChange'>): void {
    if (event !== SessionEvent.codes.LOGOFF) return;
    const { adapter } = this.#opening;
    this.#deps.ledger.forgetRequests((request) => request.adapter === adapter && request.userSession === userSession);
  }

  /** R154: the host has cancelled what it was asked. */
  #forget(): void {
    this.#deps.ledger.forgetRequests(({ adapter }) => adapter === this.#opening.adapter);
    this.#adapter.profile?.security.zeroise();
  }

  unsubscribe(): void {
    this.#laterTurn?.unsubscribe();
  }

  /** Answers to the adapter's own calls, and what comes back for ports that are gone. */
  #settle(event: HostEvent): ReadonlyArray<Effect> {
    const { ledger } = this.#deps;
    const isOwn = ownerOf(event, ledger)?.generation === 0;
    const answer = settleStray(event, ledger);
    if (answer === undefined) return [];
    if (isOwn) return this.#apply(answerAdapter(this.#adapter, answer.to, answer.win32));
    if (answer.buffer === undefined) return [];
    ledger.buffers.delete(answer.buffer);
    return [this.#stamp({ kind: 'freeBuffer', buffer: answer.buffer })];
  }

  /** R8: memory goes back by a call that needs no adapter; any other call would be one too many (R160). */
  #end(): ReadonlyArray<Effect> {
    this.#adapter.profile?.security.zeroise();
    const buffers = this.#deps.ledger.closeAdapter(this.#opening.adapter);
    return buffers.map((buffer) => this.#stamp({ kind: 'freeBuffer', buffer }));
  }

  #apply({ state, effects }: Step<Adapter, AdapterOutput>): ReadonlyArray<Effect> {
    this.#adapter = state;
    return effects.flatMap((output) => this.#act(output));
  }

  #act(output: AdapterOutput): ReadonlyArray<Effect> {
    const { adapter } = this.#opening;
    switch (output.do) {
      case 'call':
        return [this.#stamp(output.call)];
      case 'report':
        return [{ kind: 'diagnostic', rule: output.rule, message: output.message, adapter }];
      case 'awaitLaterTurn':
        this.#laterTurn?.unsubscribe();
        this.#laterTurn = this.#deps.scheduler.schedule(() => this.#onLaterTurn(), LATER_TURN_MS);
        return [];
    }
  }

  #onLaterTurn(): void {
    for (const effect of this.#apply(laterTurn(this.#adapter))) this.#out.next(effect);
  }

  #stamp(call: AdapterCall): Effect {
    const { adapter, service } = this.#opening;
    const number = this.#deps.ledger.openCall({ adapter, generation: 0, to: call.kind, tag: '' });
    return call.kind === 'freeBuffer' ? { ...call, call: number } : { ...call, adapter, service, call: number };
  }
}

/**
 * Runs one adapter from its init to its deinit: registers, prepares connections, opens ports.
 *
 * @example
 * events$.pipe(byAdapter((adapter$, opening) => adapter$.pipe(runAdapter(deps, opening))))
 *
 * @since 0.1.0
 */
export const runAdapter =
  (deps: AdapterDeps, opening: Handler<'initAdapter'>): OperatorFunction<HostEvent, Effect> =>
  (adapter$) =>
    new Observable((out) => {
      const running = new RunningAdapter(deps, opening, out);
      out.add(running);
      out.add(adapter$.pipe(byPort(running)).subscribe(out));
      running.begin();
    });
