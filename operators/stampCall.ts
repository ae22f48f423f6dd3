import { toUndefined, tryCatch } from 'fp-ts/lib/Option.js';
import type { SchedulerLike } from 'rxjs';
import {
  type AdapterHandle,
  copyBytes,
  type Effect,
  type Guid,
  guidFromBytes,
  type Secret,
  type SecretRequest,
  type ServiceHandle,
  type SessionHandle,
} from '../streams/events/index.js';
import type { SecretSource } from '../streams/sources/index.js';
import type { Ledger, PendingCall, PortCall } from './core/index.js';

/** What a port is given from outside: time, secrets, and the books of its engine. */
export interface PortDeps {
  readonly scheduler: SchedulerLike;
  readonly secrets: SecretSource;
  readonly ledger: Ledger;
}

/** Whose port it is: stamped on every call it makes (R260). */
export interface PortOrigin {
  readonly adapter: AdapterHandle;
  readonly service: ServiceHandle;
  readonly session: SessionHandle;
  readonly generation: number;
}

/** A source that fails has nothing to give; the port finds its own way to end (R263). */
export const askSecret = (secrets: SecretSource, request: SecretRequest): Secret | undefined =>
  toUndefined(tryCatch(() => secrets(request))) ?? undefined;

/** R230: a fresh GUID for each request; without entropy the number of the call keeps them apart. */
const freshGuid = (secrets: SecretSource, call: number): Guid => {
  const random = askSecret(secrets, { want: 'entropy', length: 16 })?.reveal();
  return guidFromBytes(random ?? Uint8Array.of(call >>> 24, call >>> 16, call >>> 8, call, ...new Uint8Array(12)));
};

type Books = Pick<PortDeps, 'ledger' | 'secrets'>;

/** Assigned, not spread: V8 takes many times as long over a literal of several spreads, and every effect passes here. */
const stamped = <C extends PortCall, S>(call: C, origin: PortOrigin, stamp: S): C & PortOrigin & S => {
  const effect = { ...call };
  return Object.assign(effect, origin, stamp);
};

const stampPacket = (
  call: Extract<PortCall, { kind: 'sendPacket' }>,
  pending: PendingCall,
  origin: PortOrigin,
  { ledger }: Books,
): Effect => {
  // R70: the buffer is the engine's own and stays as it is until its completion.
  const payload = copyBytes(call.payload);
  const packet = ledger.openPacket({ buffer: payload, ...pending });
  return stamped(call, origin, { payload, packet, call: ledger.openCall({ packet, ...pending }) });
};

const stampRequest = (
  call: Extract<PortCall, { kind: 'sendUIRequest' }>,
  pending: PendingCall,
  origin: PortOrigin,
  { ledger, secrets }: Books,
): Effect => {
  const number = ledger.openCall(pending);
  const request = freshGuid(secrets, number);
  ledger.calls.set(number, { ...pending, request });
  ledger.uiRequests.set(request, { ...pending, userSession: call.userSession, data: call.data });
  return { ...call, ...origin, request, call: number };
};

/** A call of a port as the effect it becomes: with number, handles and generation, and entered in the books. */
export const stampCall = (call: PortCall, tag: string, origin: PortOrigin, books: Books): Effect => {
  const { ledger } = books;
  const { adapter, generation } = origin;
  const pending: PendingCall = { adapter, generation, to: call.kind, tag };
  switch (call.kind) {
    case 'sendPacket':
      return stampPacket(call, pending, origin, books);
    case 'sendUIRequest':
      return stampRequest(call, pending, origin, books);
    case 'allocateBuffer':
      return { ...call, adapter, call: ledger.openCall(pending) };
    case 'startOneX':
      if (call.attributes !== undefined) ledger.buffers.delete(call.attributes);
      return stamped(call, origin, { call: ledger.openCall(pending) });
    default:
      return stamped(call, origin, { call: ledger.openCall(pending) });
  }
};
