import { type ApiCall, type EffectOf, Win32 } from '../../../streams/events/index.js';
import type { SinkResult } from '../../../streams/sources/index.js';
import type { MemoryAdapter } from '../MemoryAdapter.js';
import type { World } from '../World.js';

export type Answer = SinkResult | number;

/** Functions of the API, named like the effects that call them. */
export type Api<K extends ApiCall['kind']> = { readonly [P in K]: (effect: EffectOf<P>) => Answer };

type AdapterCall = Extract<ApiCall, { readonly adapter: unknown; readonly service: unknown }>;
type SessionCall = Extract<AdapterCall, { readonly session: unknown; readonly generation: unknown }>;
type ConnectCall = Extract<AdapterCall, { readonly connect: unknown }>;

const { ERROR_INVALID_HANDLE, ERROR_INVALID_STATE } = Win32.codes;

/** Only for an adapter that is there, by both of its handles (R3), and not after its deinit was entered (R7). */
export const forAdapter =
  <E extends AdapterCall>(world: World, act: (adapter: MemoryAdapter, effect: E) => Answer) =>
  (effect: E): Answer => {
    const adapter = world.adapters.get(effect.adapter);
    if (adapter === undefined || adapter.identity.service !== effect.service) {
      return world.refuse(effect, 'R3', ERROR_INVALID_HANDLE, 'no adapter has these handles');
    }
    if (!adapter.isAlive) return world.refuse(effect, 'R7', ERROR_INVALID_HANDLE, 'the adapter is gone');
    return act(adapter, effect);
  };

/** Only while the port exists: after Perform, before Stop or reset has returned (R6, R55, C2). */
export const forPort = <E extends SessionCall>(world: World, act: (adapter: MemoryAdapter, effect: E) => Answer) =>
  forAdapter<E>(world, (adapter, effect) =>
    adapter.port(effect.session) === undefined
      ? world.refuse(effect, 'R6', ERROR_INVALID_HANDLE, `no port has the session ${effect.session}`)
      : act(adapter, effect),
  );

/** Whether the port is being taken down: what is legal then is little (R80, R100, R199). */
export const isEnding = (world: World, adapter: MemoryAdapter): boolean =>
  world.isInside('stopPostAssociate', adapter) || world.isInside('adapterReset', adapter);

/** Only while the port exists and is not being taken down. */
export const forLivingPort = <E extends SessionCall>(
  world: World,
  rule: string,
  act: (adapter: MemoryAdapter, effect: E) => Answer,
) =>
  forPort<E>(world, (adapter, effect) =>
    isEnding(world, adapter)
      ? world.refuse(effect, rule, ERROR_INVALID_STATE, 'the port is being taken down')
      : act(adapter, effect),
  );

/** Only between Perform and completion of this pre-association (R6, R25). */
export const forConnection = <E extends ConnectCall>(world: World, act: (adapter: MemoryAdapter, effect: E) => Answer) =>
  forAdapter<E>(world, (adapter, effect) =>
    adapter.connect === effect.connect
      ? act(adapter, effect)
      : world.refuse(effect, 'R25', ERROR_INVALID_HANDLE, `no connection ${effect.connect} is being prepared`),
  );
