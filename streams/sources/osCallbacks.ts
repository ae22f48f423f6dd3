import { right } from 'fp-ts/lib/Either.js';
import type { Observable } from 'rxjs';
import { type AdapterHandle, copyBytes, type HandlerCall, type HandlerName, type HostEvent, Win32 } from '../events/index.js';
import { type PacketCodec, readAssociationCompletion, readPortState, shortPackets } from '../frames/index.js';
import { type Answers, answersOf, fitting } from './answers.js';
import { type Handlers, PLAIN, type Plain, type Special } from './handlerTable.js';
import { type IntakeOptions, intake } from './intake.js';
import { liftIndication } from './liftIndication.js';
import { copyOf, ownProfile, withOwnSecrets } from './ownCopies.js';

/** A call that is not accepted: the code its handler returns, and why. */
export interface Refusal {
  readonly win32: number;
  readonly detail: string;
}

/** Decides whether a call is accepted. It may remember what it accepted; it must not act. */
export type Admit = (call: HandlerCall) => Refusal | undefined;

export interface OsCallbacksOptions extends IntakeOptions {
  readonly admit?: Admit;
  readonly answers?: Partial<Answers>;
  /** The layout of packet buffers on this host (C10). */
  readonly packets?: PacketCodec;
}

/** The engine's front door. */
export interface OsCallbacks {
  readonly handlers: Handlers;
  /** Everything that came in, in one order. */
  readonly events$: Observable<HostEvent>;
  /** For what does not come through a handler: replies of a sink, indications. */
  readonly offer: (event: HostEvent) => void;
}

const { ERROR_SUCCESS, ERROR_INVALID_DATA, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED } = Win32.codes;

const HANDLES = ['adapter', 'service', 'connect', 'session', 'portState', 'association'];

/** A handle or structure a caller left out, for all that the type says: they are optional in the C header (R40). */
const lacksHandle = (call: Readonly<Record<string, unknown>>): boolean =>
  HANDLES.some((name) => name in call && (call[name] ?? undefined) === undefined);

/** R1: a version outside the range that was answered is one nobody speaks here. */
const speaking =
  ({ min, max }: Answers['versions'], admit: Admit): Admit =>
  (call) =>
    call.kind === 'initService' && (call.version < min || call.version > max)
      ? { win32: ERROR_NOT_SUPPORTED, detail: `version ${call.version} is outside ${min}..${max}` }
      : admit(call);

type Called = { readonly kind: HandlerName; readonly adapter?: AdapterHandle };

/** Takes calls in: each is admitted and offered, or refused and remarked. */
class Reception {
  readonly #admit: Admit;
  readonly #offer: (event: HostEvent) => void;

  constructor(admit: Admit, offer: (event: HostEvent) => void) {
    this.#admit = admit;
    this.#offer = offer;
  }

  remark({ kind, adapter }: Called, win32: number, detail: string): number {
    this.#offer({ kind: 'handlerReturned', handler: kind, win32, detail, ...(adapter && { adapter }) });
    return win32;
  }

  take(call: HandlerCall, event: HostEvent = call): number {
    if (lacksHandle(call)) return this.remark(call, ERROR_INVALID_PARAMETER, 'a handle is missing');
    const refusal = this.#admit(call);
    if (refusal !== undefined) return this.remark(call, refusal.win32, refusal.detail);
    this.#offer(event);
    return ERROR_SUCCESS;
  }

  /** For handlers that give more than a code: the answer, unless the call was refused. */
  answer<C extends HandlerCall, A>(call: C, refused: (win32: number) => A, give: (call: C) => A): A {
    const win32 = this.take(call);
    return win32 === ERROR_SUCCESS ? give(call) : refused(win32);
  }
}

const performPostAssociate =
  (reception: Reception): Handlers['performPostAssociate'] =>
  ({ portState, association, ...handles }) => {
    const call = { ...handles, kind: 'performPostAssociate' as const };
    if (lacksHandle({ portState, association })) return reception.remark(call, ERROR_INVALID_PARAMETER, 'a structure is missing');
    const state = portState instanceof Uint8Array ? readPortState(portState) : right(portState);
    if (state._tag === 'Left') return reception.remark(call, ERROR_INVALID_DATA, state.left.message);
    const parameters = association instanceof Uint8Array ? readAssociationCompletion(association) : right(association);
    if (parameters._tag === 'Left') return reception.remark(call, ERROR_INVALID_DATA, parameters.left.message);
    return reception.take({ ...call, portState: { ...state.right }, association: copyOf(parameters.right) });
  };

/** A packet that is none is dropped, and that is no error of the host's (R90). */
const receivePacket =
  (reception: Reception, packets: PacketCodec): Handlers['receivePacket'] =>
  (args) => {
    const call = { kind: 'receivePacket' as const, adapter: args.adapter };
    const packet = 'buffer' in args ? packets.read(args.buffer) : right(args);
    if (packet._tag === 'Left') return reception.remark(call, ERROR_SUCCESS, packet.left.message);
    const { peer, etherType, payload, protected: isProtected } = packet.right;
    const told = { peer, etherType, payload: copyBytes(payload), ...(isProtected !== undefined && { protected: isProtected }) };
    return reception.take({ ...call, ...told });
  };

const receiveIndication =
  (reception: Reception): Handlers['receiveIndication'] =>
  (args) => {
    const call = { ...args, kind: 'receiveIndication' as const, payload: copyBytes(args.payload) };
    const event = liftIndication(call);
    return event._tag === 'Left' ? reception.remark(call, ERROR_SUCCESS, event.left) : reception.take(call, event.right);
  };

const asCode = (win32: number): number => win32;

const answering = (
  reception: Reception,
  answers: Answers,
): Omit<Special, 'performPostAssociate' | 'receivePacket' | 'receiveIndication'> => ({
  getVersionInfo: () => answers.versions,
  isUIRequestPending: ({ request }) => answers.isUIRequestPending(request),
  validateProfile: (args) =>
    reception.answer({ kind: 'validateProfile', profile: ownProfile(args.profile) }, asCode, answers.validateProfile),
  performCapabilityMatch: (args) =>
    reception.answer(
      { ...args, kind: 'performCapabilityMatch', profile: ownProfile(args.profile) },
      asCode,
      answers.performCapabilityMatch,
    ),
  createDiscoveryProfiles: (args) =>
    reception.answer({ ...args, kind: 'createDiscoveryProfiles' }, asCode, answers.createDiscoveryProfiles),
  queryUIRequest: (args) => reception.answer({ ...args, kind: 'queryUIRequest' }, (win32) => ({ win32 }), answers.queryUIRequest),
  control: (args) =>
    reception.answer(
      { ...args, kind: 'control', input: copyBytes(args.input) },
      (win32) => ({ win32, returned: 0 }),
      (call) => fitting(answers.control(call), call.outputSize),
    ),
});

/**
 * The handler table of the interface as plain functions, and what they take in as one ordered stream.
 *
 * A call that is refused returns its code and never becomes more than a remark in the stream (R36). A call that is accepted
 * returns 0; all else is asynchronous, but for what has to take effect at once (see `intake`).
 *
 * @example
 * const { handlers, events$ } = osCallbacks({ admit: new Admission(methods).admit });
 * handlers.initService({ version: 0 });
 *
 * @since 0.1.0
 */
export const osCallbacks = ({
  admit = () => undefined,
  answers,
  packets = shortPackets,
  ...rest
}: OsCallbacksOptions = {}): OsCallbacks => {
  const { events$, offer } = intake(rest);
  const given = answersOf(answers);
  const reception = new Reception(speaking(given.versions, admit), offer);
  const plain = Object.fromEntries(
    PLAIN.map((kind) => [kind, (args: object) => reception.take(withOwnSecrets({ ...args, kind } as HandlerCall))]),
  );
  const handlers = {
    ...(plain as Pick<Handlers, Plain>),
    ...answering(reception, given),
    performPostAssociate: performPostAssociate(reception),
    receivePacket: receivePacket(reception, packets),
    receiveIndication: receiveIndication(reception),
  };
  return { handlers, events$, offer };
};
