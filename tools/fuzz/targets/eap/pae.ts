import {
  createPae,
  eapFault,
  type PaeInput,
  type PaeOutput,
  type PaeState,
  type PaeTimer,
  type PeerWord,
} from '../../../../operators/core/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { EapMethod, EapolType, readEapol, writeEapol } from '../../../../streams/frames/index.js';
import { observe } from '../../features.js';
import { programOf, stepsOf } from '../../mutate.js';
import { demand, type Target } from '../../target.js';
import { Operands } from '../Operands.js';
import { elsewhere } from '../rsn/secrets.js';

const HEAD = 1;
const MOST_STEPS = 80;
const MOST_OUTPUTS = 16;
const { IDENTITY } = EapMethod.codes;
const TIMERS: ReadonlyArray<PaeTimer> = ['startWhen', 'authWhile', 'heldWhile'];
const FAULTS = ['noAnswer', 'rejected', 'tooManyRounds', 'cancelled', 'certificate', 'noCommonMethod'] as const;

const eapol = (body: Uint8Array): Uint8Array => writeEapol({ version: 2, type: EapolType.codes.EAP_PACKET, body });
const identityRequest = (identifier: number): Uint8Array => Uint8Array.of(1, identifier, 0, 5, IDENTITY);

/** A supplicant's machine, with all it wants kept in books. */
class Books {
  readonly #pae;
  #state: PaeState;
  #hasPeer = false;
  #isSilent = true;
  #isRunning = false;
  readonly #timers = new Set<PaeTimer>();
  fed = 0;

  constructor(settings: number) {
    this.#pae = createPae({ maxStart: 1 + (settings & 3), maxRetries: (settings >> 2) & 3 });
    this.#state = this.#pae.initial;
  }

  take(what: string, input: PaeInput): void {
    if (input.kind === 'timer' && !this.#timers.delete(input.name)) return;
    if (input.kind === 'eap' && !this.#hasPeer) return;
    const before = this.#state.phase;
    const { state, effects } = this.#pae.step(this.#state, input);
    this.#state = state;
    observe(`${before} ${what} ${state.phase} ${effects.map((output) => output.do).join()}`);
    demand(effects.length <= MOST_OUTPUTS, `${effects.length} things are wanted at once`);
    if (input.kind === 'start' || input.kind === 'logoff') this.#isSilent = false;
    if (input.kind === 'start') this.#isRunning = true;
    if (input.kind === 'stop') this.#isSilent = true;
    for (const output of effects) this.#enter(output);
    if (input.kind === 'stop') this.#isRunning = false;
    this.#agree();
  }

  #enter(output: PaeOutput): void {
    demand(!this.#isSilent || output.do === 'clearTimer' || output.do === 'endEap', `${output.do} after a stop`);
    switch (output.do) {
      case 'transmit':
        demand(readEapol(output.packet)._tag === 'Right', 'what is sent cannot be read');
        break;
      case 'setTimer':
        demand(output.ms > 0, 'a timer without time');
        this.#timers.add(output.name);
        break;
      case 'clearTimer':
        this.#timers.delete(output.name);
        break;
      case 'beginEap':
        demand(!this.#hasPeer, 'a second peer beside the first');
        this.#hasPeer = true;
        break;
      case 'feedEap':
        demand(this.#hasPeer, 'a peer is fed that does not exist');
        this.fed++;
        break;
      case 'endEap':
        this.#hasPeer = false;
        break;
      case 'result':
        this.#conclude(output.result);
    }
  }

  #conclude(result: 'inProgress' | 'success' | 'failure'): void {
    if (result === 'inProgress') {
      // A server may ask again, once a run is over.
      this.#isRunning = true;
      return;
    }
    demand(this.#isRunning, `a second result, ${result}`);
    this.#isRunning = false;
  }

  /** In each phase there are its timers, and no others; a peer in one only. */
  #agree(): void {
    const { phase } = this.#state;
    const timer = { connecting: 'startWhen', authenticating: 'authWhile', held: 'heldWhile' } as const;
    const wanted = phase === 'connecting' || phase === 'authenticating' || phase === 'held' ? timer[phase] : undefined;
    demand(this.#hasPeer === (phase === 'authenticating'), `a peer while ${phase}`);
    demand(
      TIMERS.every((name) => this.#timers.has(name) === (name === wanted)),
      `${[...this.#timers].join() || 'no timer'} while ${phase}`,
    );
  }
}

const word = (operands: Operands): PeerWord => {
  const kind = operands.u8() % 5;
  if (kind === 0) return { do: 'send', packet: operands.rest() };
  if (kind === 1) return { do: 'succeed', method: 'PWD', keys: { msk: Secret.of(new Uint8Array(64).fill(1)) } };
  if (kind === 2) return { do: 'fail', fault: eapFault(FAULTS[operands.u8() % FAULTS.length] ?? 'rejected', 'no') };
  if (kind === 3)
    return { do: 'report', note: { kind: 'method', type: operands.u8(), name: 'PWD', isInner: false, isAllowed: true } };
  return { do: 'report', note: { kind: 'discarded', why: 'no' } };
};

type Act = (books: Books, operands: Operands) => void;

const expire =
  (name: PaeTimer): Act =>
  (books) =>
    books.take(name, { kind: 'timer', name });

const acts: ReadonlyArray<Act> = [
  (books, operands) => books.take('identity', { kind: 'packet', packet: eapol(identityRequest(operands.u8())) }),
  (books, operands) => books.take('start', { kind: 'start', isNewPort: operands.u8() % 2 === 1 }),
  (books, operands) => books.take('word', { kind: 'eap', word: word(operands) }),
  (books, operands) => books.take('EAP', { kind: 'packet', packet: eapol(operands.rest()) }),
  (books, operands) => books.take('packet', { kind: 'packet', packet: operands.rest() }),
  (books) => books.take('stop', { kind: 'stop' }),
  (books) => books.take('logoff', { kind: 'logoff' }),
  ...TIMERS.map(expire),
];

const act = (books: Books, step: Uint8Array): void => acts[(step[0] ?? 0) % acts.length]?.(books, new Operands(step.subarray(2)));

/** Keys are the receiver's, who is here. */
export const fuzz = (data: Uint8Array): void =>
  elsewhere(() => {
    const books = new Books(data[0] ?? 0);
    for (const step of stepsOf(data, HEAD).slice(0, MOST_STEPS)) act(books, step);
  });

const program = (settings: number, ...steps: ReadonlyArray<ReadonlyArray<number>>): Uint8Array =>
  programOf(
    Uint8Array.of(settings),
    steps.map(([operation = 0, ...operands]) => Uint8Array.of(operation, operands.length, ...operands)),
  );

const seeds = (): ReadonlyArray<Uint8Array> => [
  program(2, [1], [0, 1], [2, 0, 2, 1, 0, 5, 1], [3, 1, 2, 0, 6, 52, 1], [2, 3, 52], [2, 0], [2, 1], [0, 9], [2, 2, 1], [8]),
  program(2, [1], [9], [9], [9], [1], [0, 1], [2, 2, 0], [1], [5]),
  program(0, [1], [0, 1], [2, 3, 52], [0, 2], [2, 3, 52], [0, 3], [7], [6], [1, 1], [4, 2, 0, 0, 0]),
];

export const pae: Target = { name: 'pae', slice: 1000, head: HEAD, fuzz, seeds };
