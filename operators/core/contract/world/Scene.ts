import type { AdapterHandle, ApiCall, ConnectHandle, SessionHandle } from '../../../../streams/events/index.js';
import type { Adapter } from './Adapter.js';
import { type EndedPort, type Port, portKey } from './Port.js';
import type { Line, World } from './World.js';

/** What the log knows of the adapter a call names. */
export type AdapterStanding =
  | { readonly is: 'alive'; readonly adapter: Adapter }
  | { readonly is: 'gone'; readonly by: number }
  | { readonly is: 'never' }
  | { readonly is: 'unknown' };

/** What the log knows of the port a call names; `never` only where the whole life of the adapter is in the log. */
export type PortStanding =
  | { readonly is: 'live'; readonly port: Port }
  | { readonly is: 'ended'; readonly port: EndedPort }
  | { readonly is: 'never' }
  | { readonly is: 'unknown' };

/** One API call against the world as it was when the call was made. */
export interface Scene<Call extends ApiCall = ApiCall> extends Line {
  readonly world: World;
  readonly call: Call;
  readonly adapter: AdapterStanding;
  readonly port: PortStanding;
}

const UNKNOWN = { is: 'unknown' } as const;
const NEVER = { is: 'never' } as const;

const adapterStanding = (world: World, handle: AdapterHandle | undefined): AdapterStanding => {
  if (handle === undefined) return UNKNOWN;
  const adapter = world.adapters.get(handle);
  if (adapter !== undefined) return { is: 'alive', adapter };
  const by = world.gone.get(handle);
  if (by !== undefined) return { is: 'gone', by };
  return world.service.phase === 'up' ? NEVER : UNKNOWN;
};

const portStanding = (world: World, standing: AdapterStanding, call: ApiCall): PortStanding => {
  const session: SessionHandle | undefined = 'session' in call ? call.session : undefined;
  if (session === undefined || call.adapter === undefined) return UNKNOWN;
  const live = standing.is === 'alive' ? standing.adapter.ports.get(session) : undefined;
  if (live !== undefined) return { is: 'live', port: live };
  const ended = world.ended.get(portKey(call.adapter, session));
  if (ended !== undefined) return { is: 'ended', port: ended };
  return standing.is === 'alive' && standing.adapter.since !== undefined ? NEVER : UNKNOWN;
};

export const sceneOf = <Call extends ApiCall>(world: World, { n, at }: Line, call: Call): Scene<Call> => {
  const adapter = adapterStanding(world, call.adapter);
  return { world, n, at, call, adapter, port: portStanding(world, adapter, call) };
};

/** What the log knows of a connect handle. */
export const connectStanding = ({ adapter: standing }: Scene, connect: ConnectHandle) => {
  if (standing.is !== 'alive') return UNKNOWN;
  const { preAssociation, pastConnects, since } = standing.adapter;
  if (preAssociation?.connect === connect) return { is: 'current', operation: preAssociation } as const;
  const by = pastConnects.get(connect);
  if (by !== undefined) return { is: 'past', by } as const;
  return since === undefined ? UNKNOWN : NEVER;
};
