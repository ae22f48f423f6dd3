import {
  type ConnectHandle,
  type Guid,
  type Handler,
  type HandlerCall,
  type HandlerName,
  type HostEvent,
  OneXResult,
  Secret,
  type SecretRequest,
} from '../../../streams/events/index.js';
import { LogicalClock, type OsCallbacksOptions, osCallbacks } from '../../../streams/sources/index.js';
import { ADAPTER, AP, initAdapter, perform, stop } from '../../support/fixtures.js';
import { eapol } from '../../support/symbolicMethod.js';

/** A front door with turns made by hand, and all that came in through it. */
export const frontDoor = (options: OsCallbacksOptions = {}) => {
  const turns = new LogicalClock();
  const { handlers, events$, offer } = osCallbacks({ turns, ...options });
  const events: HostEvent[] = [];
  events$.subscribe((event) => events.push(event));
  /** As a caller without types would. */
  const call = (kind: HandlerName, args: object): unknown => (handlers[kind] as unknown as (args: object) => unknown)(args);
  const turn = () => turns.advanceTo(turns.now());
  return { handlers, offer, events, call, turn };
};

export const secretOf = (...bytes: ReadonlyArray<number>): Secret => Secret.of(Uint8Array.from(bytes));

export const REQUEST = '00000000-0000-4000-8000-0000000000aa' as Guid;
export const ENTROPY: SecretRequest = { want: 'entropy', length: 32 };

export const preAssociate = (): Handler<'performPreAssociate'> => ({
  kind: 'performPreAssociate',
  adapter: ADAPTER,
  connect: '0xc1' as ConnectHandle,
  profile: { security: secretOf(1, 2, 3), useMsOneX: true },
});

export const receive = (): Handler<'receivePacket'> => ({
  kind: 'receivePacket',
  adapter: ADAPTER,
  peer: AP,
  etherType: 0x888e,
  payload: eapol('1'),
});

export const result = (): Handler<'oneXIndicateResult'> & { readonly parameters: object } => ({
  kind: 'oneXIndicateResult',
  adapter: ADAPTER,
  result: OneXResult.codes.SUCCESS,
  parameters: { status: 3, reason: 0, sendKey: secretOf(0x51), receiveKey: secretOf(0x52) },
});

/** One call of every handler that becomes an event: the 19 of the table and those found by name, but for two questions. */
export const CALLS: ReadonlyArray<HandlerCall> = [
  { kind: 'initService', version: 0 },
  { kind: 'initVirtualStation' },
  { kind: 'deinitService' },
  initAdapter(),
  { kind: 'deinitAdapter', adapter: ADAPTER },
  preAssociate(),
  { kind: 'adapterReset', adapter: ADAPTER },
  perform(),
  stop(),
  { kind: 'validateProfile', profile: preAssociate().profile },
  { kind: 'performCapabilityMatch', adapter: ADAPTER, profile: preAssociate().profile },
  { kind: 'createDiscoveryProfiles', adapter: ADAPTER },
  { kind: 'processSessionChange', event: 6, userSession: 7 },
  { kind: 'receiveIndication', adapter: ADAPTER, type: 0, payload: Uint8Array.of(1, 2) },
  receive(),
  { kind: 'sendPacketCompletion', packet: 4 },
  { kind: 'processUIResponse', request: REQUEST, response: secretOf(9) },
  { kind: 'queryUIRequest', adapter: ADAPTER, phase: 1 },
  result(),
  { kind: 'control', adapter: ADAPTER, input: Uint8Array.of(1, 2, 3), outputSize: 4 },
];
