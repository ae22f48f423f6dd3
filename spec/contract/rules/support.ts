import type { MethodCommand, MethodContext, MethodInput, SecurityMethod } from '../../../operators/core/index.js';
import { createEngine, type Engine, type EngineOptions } from '../../../operators/index.js';
import {
  type AdapterHandle,
  type ApiCall,
  type EffectOf,
  EtherType,
  type Handler,
  type HandlerCall,
  type HandlerName,
  type HostEvent,
  type MacAddress,
  OneXResult,
  Secret,
  type ServiceHandle,
  type SessionHandle,
  Win32,
} from '../../../streams/events/index.js';
import { driving, LogicalClock, type Sink } from '../../../streams/sources/index.js';
import { ADAPTER, AP, initAdapter, perform, SERVICE, SESSION, stop } from '../../support/fixtures.js';
import { eapol, symbolic, symbolOf } from '../../support/symbolicMethod.js';

export const ADAPTER_B = '0xb1' as AdapterHandle;
export const SERVICE_B = '0x52' as ServiceHandle;
export const SESSION_2 = '0x2' as SessionHandle;
export const AP_2 = '02:00:00:00:00:02' as MacAddress;

const { ERROR_SUCCESS, ERROR_CANCELLED } = Win32.codes;

/** A call the sink was asked for: when, and from inside which handler. */
export interface Heard {
  readonly effect: ApiCall;
  readonly during: HandlerName | undefined;
  readonly at: number;
}

/** One character a call, as in the diagrams of the contract's sequences. */
const SYMBOLS: Partial<Record<ApiCall['kind'], string>> = {
  setEtherTypeHandling: 'E',
  setKeyMappingKey: 'K',
  setDefaultKey: 'G',
  setDefaultKeyId: 'I',
  setExcludeUnencrypted: 'X',
  startOneX: 's',
  stopOneX: 'z',
  processOneXPacket: 'F',
  sendUIRequest: 'q',
  derive: 'd',
  allocateBuffer: 'a',
  freeBuffer: 'f',
  nicSpecificExtension: 'n',
  sendNotification: 'o',
  setAuthAlgorithm: 'A',
  setUnicastCipherAlgorithm: 'U',
  setMulticastCipherAlgorithm: 'M',
  setPairwiseTransmitKey: 'T',
  setRekeyOffload: 'w',
  rememberPmk: 'r',
  forgetPmk: 'l',
  preAssociateCompletion: 'p',
};

const completionSymbol = (win32: number): string => (win32 === ERROR_SUCCESS ? 'C' : win32 === ERROR_CANCELLED ? 'c' : 'B');

export const symbolOfCall = (effect: ApiCall): string => {
  if (effect.kind === 'sendPacket') return symbolOf(effect.payload);
  if (effect.kind === 'postAssociateCompletion') return completionSymbol(effect.win32);
  return SYMBOLS[effect.kind] ?? '?';
};

/** A sink that accepts everything. */
export const accepting: Sink = (effect) =>
  effect.kind === 'allocateBuffer' ? { win32: ERROR_SUCCESS, buffer: `0x${effect.call.toString(16)}` as never } : ERROR_SUCCESS;

/** A sink that answers one kind of call in its own way. */
export const except =
  <K extends ApiCall['kind']>(kind: K, answer: (effect: EffectOf<K>) => ReturnType<Sink>): Sink =>
  (effect) =>
    effect.kind === kind ? answer(effect as EffectOf<K>) : accepting(effect);

const blob = (fill: number): Secret => Secret.of(new Uint8Array(40).fill(fill));

/** What the 802.1X module reports; the keys are protected blobs. */
export const oneX = (
  result: number,
  changes: Partial<NonNullable<Handler<'oneXIndicateResult'>['parameters']>> = {},
): Handler<'oneXIndicateResult'> => ({
  kind: 'oneXIndicateResult',
  adapter: ADAPTER,
  result,
  parameters: { status: 3, reason: 0, sendKey: blob(0x51), receiveKey: blob(0x52), ...changes },
});

export const packetOf = (symbol: string, type?: number, peer = AP, adapter = ADAPTER): Handler<'receivePacket'> => ({
  kind: 'receivePacket',
  adapter,
  peer,
  etherType: EtherType.codes.EAPOL,
  payload: eapol(symbol, type),
});

export const preAssociate = (useMsOneX = true): Handler<'performPreAssociate'> => ({
  kind: 'performPreAssociate',
  adapter: ADAPTER,
  connect: '0xc1' as Handler<'performPreAssociate'>['connect'],
  profile: { security: Secret.of(Uint8Array.of(1, 2, 3)), useMsOneX },
});

export interface StageOptions extends Partial<EngineOptions> {
  readonly sink?: Sink;
}

/** The real engine on a clock moved by hand, between a host and a sink that a test scripts. */
export class Stage {
  readonly clock = new LogicalClock();
  readonly engine: Engine;
  readonly heard: Heard[] = [];
  readonly remarks: EffectOf<'diagnostic'>[] = [];
  /** Handlers entered (`>name`) and left (`<name`), and the calls of the sink, in one order. */
  readonly journal: string[] = [];
  sink: Sink;
  readonly #entered: HandlerName[] = [];
  #isOver = false;

  constructor({ sink = accepting, methods = [symbolic()], ...options }: StageOptions = {}) {
    this.sink = sink;
    const secrets: EngineOptions['secrets'] = (request) =>
      request.want === 'unprotected' ? Secret.of(request.blob.reveal()) : undefined;
    this.engine = createEngine({ methods, secrets, scheduler: this.clock, turns: this.clock, ...options });
    const carriedOut = driving((effect) => this.#hear(effect), this.engine.offer);
    this.engine.effects$.subscribe({
      next: (effect) => {
        if (effect.kind === 'diagnostic') this.remarks.push(effect);
        carriedOut.next(effect);
      },
      complete: () => {
        this.#isOver = true;
      },
    });
  }

  #hear(effect: ApiCall): ReturnType<Sink> {
    this.heard.push({ effect, during: this.#entered.at(-1), at: this.clock.now() });
    this.journal.push(effect.kind);
    return this.sink(effect);
  }

  /** Whether the engine has ended its output. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Everything the sink was asked for, one character a call. */
  get said(): string {
    return this.heard.map(({ effect }) => symbolOfCall(effect)).join('');
  }

  get outstanding() {
    return this.engine.ledger.outstanding();
  }

  /** The rules that were remarked upon. */
  get remarked(): ReadonlyArray<string> {
    return this.remarks.map(({ rule }) => rule);
  }

  calls<K extends ApiCall['kind']>(kind: K): ReadonlyArray<EffectOf<K>> {
    return this.heard.flatMap(({ effect }) => (effect.kind === kind ? [effect as EffectOf<K>] : []));
  }

  completions() {
    return this.calls('postAssociateCompletion');
  }

  /** The host calls a handler; nothing that waits for a later turn has happened when it returns. */
  call({ kind, ...args }: HandlerCall): number {
    this.#entered.push(kind);
    this.journal.push(`>${kind}`);
    try {
      return (this.engine.handlers[kind] as unknown as (args: object) => number)(args);
    } finally {
      this.#entered.pop();
      this.journal.push(`<${kind}`);
    }
  }

  /** As `call`, with arguments no type allows, or those of a driver. */
  callRaw(kind: HandlerName, args: object): number {
    return this.call({ kind, ...args } as HandlerCall);
  }

  /** What comes not through a handler. */
  offer(event: HostEvent): this {
    this.engine.offer(event);
    return this;
  }

  /** Whatever waits for a later turn happens now. */
  turn(): this {
    return this.pass(0);
  }

  pass(ms: number): this {
    this.clock.advanceTo(this.clock.now() + ms);
    return this;
  }

  /** Calls handlers one after the other, each with time to work. */
  host(...events: ReadonlyArray<HandlerCall>): this {
    for (const event of events) {
      this.call(event);
      this.pass(1);
    }
    return this;
  }

  /** Service and one adapter are there. */
  begin(): this {
    return this.host({ kind: 'initService', version: 0 }, initAdapter());
  }

  /** Reports the send completion of the oldest packet that waits for one. */
  sent(): this {
    const [oldest] = this.engine.ledger.packets.keys();
    return oldest === undefined ? this : this.host({ kind: 'sendPacketCompletion', packet: oldest });
  }

  /**
   * Plays a line of the diagrams: P perform, S stop, Z reset, D deinit, u v w the oldest send completion, R N i results of
   * 802.1X, E an EAP packet, t time beyond every timer, any other character a Key packet of that name.
   */
  play(line: string): this {
    for (const symbol of line) this.#play(symbol);
    return this;
  }

  #play(symbol: string): void {
    switch (symbol) {
      case 'P':
        this.host(perform());
        break;
      case 'S':
        this.host(stop());
        break;
      case 'Z':
        this.host({ kind: 'adapterReset', adapter: ADAPTER });
        break;
      case 'D':
        this.host({ kind: 'deinitAdapter', adapter: ADAPTER });
        break;
      case 'R':
        this.host(oneX(OneXResult.codes.SUCCESS));
        break;
      case 'N':
        this.host(oneX(OneXResult.codes.FAILURE, { reason: 0x50005 }));
        break;
      case 'i':
        this.host(oneX(OneXResult.codes.IN_PROGRESS));
        break;
      case 'E':
        this.host(packetOf('e', 0));
        break;
      case 't':
        this.pass(3_600_000);
        break;
      case 'u':
      case 'v':
      case 'w':
        this.sent();
        break;
      default:
        this.host(packetOf(symbol));
    }
  }
}

/** A stage with service and adapter, and what they said forgotten. */
export const stage = (options: StageOptions = {}): Stage => {
  const begun = new Stage(options).begin();
  begun.heard.length = 0;
  begun.remarks.length = 0;
  return begun;
};

type Commands = ReadonlyArray<MethodCommand>;

export interface Acting extends Partial<Omit<SecurityMethod<null>, 'begin' | 'step'>> {
  readonly begin?: Commands;
  /** Told what the method knows when its port opens. */
  readonly onOpen?: (context: MethodContext) => void;
  readonly on?: (input: MethodInput) => Commands;
}

/** A method that does as it is told, whatever the association. */
export const acting = ({ begin = [], onOpen = () => {}, on = () => [], ...rest }: Acting = {}): SecurityMethod<null> => ({
  name: 'acting',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX: false,
  serves: () => true,
  begin: (context) => {
    onOpen(context);
    return { state: null, effects: begin };
  },
  step: (state, input) => ({ state, effects: on(input) }),
  ...rest,
});

/** Commands for each packet by the character it carries. */
export const onPacket =
  (table: Readonly<Record<string, Commands>>) =>
  (input: MethodInput): Commands =>
    input.kind === 'packet' ? (table[symbolOf(input.payload)] ?? []) : [];

export const send = (tag: string): MethodCommand => ({ do: 'send', tag, etherType: EtherType.codes.EAPOL, payload: eapol(tag) });

/** The service class needs no adapter; all other calls carry the host's handle for one. */
export const carriesAdapter = (effect: ApiCall): boolean => 'service' in effect;

export { ADAPTER, AP, eapol, initAdapter, perform, SERVICE, SESSION, stop, symbolic, symbolOf };
