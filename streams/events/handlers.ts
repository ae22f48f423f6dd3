import * as t from 'io-ts';
import { Bytes } from './bytes.js';
import {
  AssocStatus,
  ConnectionPhase,
  EtherType,
  IndicationType,
  L2Reason,
  OneXAuthStatus,
  OneXResult,
  SessionEvent,
} from './codes.js';
import { SecretValue } from './Secret.js';
import {
  AdapterHandle,
  AssociationCompletion,
  ConnectHandle,
  Guid,
  IhvProfile,
  MacAddress,
  PortState,
  ServiceHandle,
  SessionHandle,
} from './values.js';
import { type VariantOf, variant } from './variant.js';

/** DOT11_MSONEX_RESULT_PARAMS; the two keys are protected blobs until a `SecretSource` unprotects them (R112). */
export const OneXParameters = t.strict({
  status: OneXAuthStatus,
  reason: L2Reason,
  sendKey: SecretValue,
  receiveKey: SecretValue,
});
export type OneXParameters = t.TypeOf<typeof OneXParameters>;

const adapter = AdapterHandle;

/**
 * What the operating system calls: the 19 members of the handler table, then the three functions it finds by name. Each is
 * the documented `Dot11ExtIhv…` function without its prefix.
 */
export const handlerCalls = {
  deinitService: variant('deinitService', {}),
  /** `address`, the station's own, is not part of the documented call: a host that knows it adds it for key derivation. */
  initAdapter: variant(
    'initAdapter',
    { adapter, service: ServiceHandle },
    { interface: Guid, description: t.string, address: MacAddress },
  ),
  deinitAdapter: variant('deinitAdapter', { adapter }),
  performPreAssociate: variant('performPreAssociate', { adapter, connect: ConnectHandle, profile: IhvProfile }),
  adapterReset: variant('adapterReset', { adapter }),
  performPostAssociate: variant('performPostAssociate', {
    adapter,
    session: SessionHandle,
    portState: PortState,
    association: AssociationCompletion,
  }),
  stopPostAssociate: variant('stopPostAssociate', { adapter, peer: MacAddress, status: AssocStatus }),
  validateProfile: variant('validateProfile', { profile: IhvProfile }),
  performCapabilityMatch: variant('performCapabilityMatch', { adapter, profile: IhvProfile }),
  createDiscoveryProfiles: variant('createDiscoveryProfiles', { adapter }),
  processSessionChange: variant('processSessionChange', { event: SessionEvent, userSession: t.number }),
  receiveIndication: variant('receiveIndication', { adapter, type: IndicationType, payload: Bytes }),
  /** `protected`, whether it was encrypted on the air, is not part of the documented call: a host that can tell adds it. */
  receivePacket: variant(
    'receivePacket',
    { adapter, peer: MacAddress, etherType: EtherType, payload: Bytes },
    { protected: t.boolean },
  ),
  sendPacketCompletion: variant('sendPacketCompletion', { packet: t.number }),
  isUIRequestPending: variant('isUIRequestPending', { request: Guid }),
  processUIResponse: variant('processUIResponse', { request: Guid, response: SecretValue }),
  queryUIRequest: variant('queryUIRequest', { adapter, phase: ConnectionPhase }),
  oneXIndicateResult: variant('oneXIndicateResult', { adapter, result: OneXResult }, { parameters: OneXParameters }),
  control: variant('control', { adapter, input: Bytes, outputSize: t.number }),

  getVersionInfo: variant('getVersionInfo', {}),
  initService: variant('initService', { version: t.number }),
  initVirtualStation: variant('initVirtualStation', {}),
};

export type HandlerCall = VariantOf<typeof handlerCalls>;
export type HandlerName = HandlerCall['kind'];

/** A handler call by name, e.g. `Handler<'stopPostAssociate'>`. */
export type Handler<K extends HandlerName> = Extract<HandlerCall, { kind: K }>;
