import {
  type AssociationCompletion,
  AssocStatus,
  BROADCAST,
  type Handler,
  type HandlerCall,
  type IhvProfile,
  isUnicast,
  type MacAddress,
  type PortState,
  type SessionHandle,
  Win32,
} from '../../../streams/events/index.js';
import type { SecurityMethod } from '../method/SecurityMethod.js';
import { offerOf, servesPort } from './askMethod.js';

/** Why a call is not accepted: by which rule, the code its handler returns, and a sentence. */
export interface Objection {
  readonly rule: string;
  readonly win32: number;
  readonly detail: string;
}

const refuse = (rule: string, win32: number, detail: string): Objection => ({ rule, win32, detail });
const { ERROR_INVALID_PARAMETER, ERROR_INVALID_HANDLE, ERROR_ALREADY_EXISTS, ERROR_NOT_SUPPORTED, ERROR_INVALID_STATE } =
  Win32.codes;

/** What Perform asks for must make sense by itself (R34, R44, C17). */
export const objectToPort = (portState: PortState, association: AssociationCompletion): Objection | undefined => {
  if (association.status !== AssocStatus.codes.SUCCESS) {
    return refuse('R34', ERROR_INVALID_PARAMETER, `the association failed: ${AssocStatus.show(association.status)}`);
  }
  if (!isUnicast(portState.peer))
    return refuse('R44', ERROR_INVALID_PARAMETER, `${portState.peer} is not the address of an access point`);
  if (association.peer !== portState.peer) {
    return refuse('R34', ERROR_INVALID_PARAMETER, `the port is for ${portState.peer}, the association with ${association.peer}`);
  }
  return undefined;
};

/** R21, R41: of those that serve what was negotiated, the one pre-association enabled, or else the first. */
export const chooseMethod = (
  methods: ReadonlyArray<SecurityMethod>,
  association: AssociationCompletion,
  profile: Parameters<SecurityMethod['serves']>[1],
): SecurityMethod | undefined => {
  const serving = methods.filter((method) => servesPort(method, association, profile));
  const enabled = profile && serving.find((method) => offerOf(method, profile) !== undefined);
  return enabled ?? serving[0];
};

interface Known {
  readonly profile?: Handler<'performPreAssociate'>['profile'];
  readonly port?: { readonly session: SessionHandle; readonly peer: MacAddress };
}

const ownProfile = (profile: IhvProfile): IhvProfile => ({ ...profile, security: profile.security.copy() });

const withoutPort = ({ port: _, ...known }: Known): Known => known;

/**
 * What the front door remembers in order to answer at once: the adapters it knows, and their live sessions. A call that is
 * refused creates nothing, and nothing follows it (R36).
 */
export class Admission {
  readonly #methods: ReadonlyArray<SecurityMethod>;
  readonly #adapters = new Map<string, Known>();
  #inService = false;

  constructor(methods: ReadonlyArray<SecurityMethod>) {
    this.#methods = methods;
  }

  readonly admit = (call: HandlerCall): Objection | undefined => {
    switch (call.kind) {
      case 'getVersionInfo':
        return undefined;
      case 'initService':
        this.#inService = true;
        return undefined;
      default:
        if (!this.#inService) return refuse('R1', ERROR_INVALID_STATE, `${call.kind} came before initService`);
        return this.#inServiceCall(call);
    }
  };

  #inServiceCall(call: HandlerCall): Objection | undefined {
    if (call.kind === 'deinitService') {
      this.#inService = false;
      for (const adapter of this.#adapters.keys()) this.#forget(adapter);
      this.#adapters.clear();
      return undefined;
    }
    if (call.kind === 'initAdapter') return this.#init(call);
    if (!('adapter' in call)) return undefined;
    const known = this.#adapters.get(call.adapter);
    if (known === undefined) return refuse('R3', ERROR_INVALID_HANDLE, `${call.kind}: no adapter has the handle ${call.adapter}`);
    return this.#adapterCall(call, known);
  }

  #init({ adapter }: Handler<'initAdapter'>): Objection | undefined {
    if (this.#adapters.has(adapter)) return refuse('R3', ERROR_ALREADY_EXISTS, `the adapter ${adapter} is initialised already`);
    this.#adapters.set(adapter, {});
    return undefined;
  }

  #adapterCall(call: Extract<HandlerCall, { adapter: unknown }>, known: Known): Objection | undefined {
    switch (call.kind) {
      case 'performPostAssociate':
        return this.#perform(call, known);
      case 'performPreAssociate':
        this.#forget(call.adapter);
        this.#adapters.set(call.adapter, { ...known, profile: ownProfile(call.profile) });
        return undefined;
      case 'stopPostAssociate':
        if (call.peer === known.port?.peer || call.peer === BROADCAST) this.#adapters.set(call.adapter, withoutPort(known));
        return undefined;
      case 'adapterReset':
        this.#forget(call.adapter);
        this.#adapters.set(call.adapter, {});
        return undefined;
      case 'deinitAdapter':
        this.#forget(call.adapter);
        this.#adapters.delete(call.adapter);
        return undefined;
      default:
        return undefined;
    }
  }

  /** R11: the secret of a profile is destroyed with the connection it is for. */
  #forget(adapter: string): void {
    this.#adapters.get(adapter)?.profile?.security.zeroise();
  }

  #perform(call: Handler<'performPostAssociate'>, known: Known): Objection | undefined {
    const { session, portState, association, adapter } = call;
    if (known.port?.session === session) return refuse('R36', ERROR_ALREADY_EXISTS, `the session ${session} is live already`);
    const objection = objectToPort(portState, association);
    if (objection !== undefined) return objection;
    if (chooseMethod(this.#methods, association, known.profile) === undefined) {
      return refuse('R41', ERROR_NOT_SUPPORTED, 'no security method serves the negotiated algorithms');
    }
    this.#adapters.set(adapter, { ...known, port: { session, peer: portState.peer } });
    return undefined;
  }
}
