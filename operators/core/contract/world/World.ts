import type { AdapterHandle, BufferHandle, Guid, HandlerName, SessionHandle } from '../../../../streams/events/index.js';
import type { Adapter, Registrations } from './Adapter.js';
import type { EndedPort, Port } from './Port.js';

/** Where in the log. */
export interface Line {
  readonly n: number;
  readonly at: number;
}

/** A handler that was entered and has not returned: what happens meanwhile happens inside the call. */
export interface OpenHandler extends Line {
  readonly kind: HandlerName;
  readonly adapter: AdapterHandle | undefined;
  readonly session: SessionHandle | undefined;
  /** The port this Perform opened. */
  port: Port | undefined;
  /** The ports this reset ended. */
  resets: ReadonlyArray<EndedPort>;
  /** The registrations this reset must bring back. */
  baseline: ReadonlySet<number>;
}

/** A call whose answer matters. */
export type AskedCall =
  | { readonly kind: 'key'; readonly port: Port; readonly n: number }
  | { readonly kind: 'etherTypes'; readonly adapter: Adapter; readonly before: Registrations }
  | { readonly kind: 'startOneX'; readonly adapter: Adapter }
  | { readonly kind: 'sendPacket'; readonly packet: number }
  | { readonly kind: 'allocateBuffer'; readonly adapter: AdapterHandle | undefined; readonly n: number }
  | { readonly kind: 'virtualStation' };

/** The life of the DLL, as far as the log shows it. */
export interface Service {
  phase: 'unknown' | 'up' | 'leaving' | 'down';
  /** The line that brought it into this phase. */
  by: number;
  /** The first handler seen before any service init (R1). */
  early: Line | undefined;
  /** InitVirtualStation was seen (R243). */
  virtualStations: boolean;
}

/**
 * What a log says is so, after each of its lines. Memory is bounded by what is alive: ports and calls leave when they
 * end, and of the dead only the last few thousand are remembered.
 */
export interface World {
  service: Service;
  readonly adapters: Map<AdapterHandle, Adapter>;
  /** Adapters past their DeinitAdapter, by the line of its entry (R7). */
  readonly gone: Map<AdapterHandle, number>;
  readonly ended: Map<string, EndedPort>;
  /** Ports that wait for their first completion, oldest first (R174). */
  readonly waiting: Map<string, Port>;
  readonly handlers: Map<number, OpenHandler>;
  /** The handlers whose returns this log records. */
  readonly returning: Set<string>;
  readonly calls: Map<number, AskedCall>;
  /** This log records what calls returned, so an unanswered call is not accepted yet (R58). */
  showsReplies: boolean;
  readonly packets: Map<number, { readonly n: number; readonly adapter: AdapterHandle }>;
  /** This log records send completions, so one that is missing means something (R134). */
  showsSendCompletions: boolean;
  readonly buffers: Map<BufferHandle, { readonly n: number; readonly adapter: AdapterHandle | undefined }>;
  readonly requests: Map<Guid, number>;
  /** The virtual station asked for and not known to be gone (R240). */
  virtualStation: Line | undefined;
}

/** A world of which nothing is known yet. */
export const emptyWorld = (): World => ({
  service: { phase: 'unknown', by: 0, early: undefined, virtualStations: false },
  adapters: new Map(),
  gone: new Map(),
  ended: new Map(),
  waiting: new Map(),
  handlers: new Map(),
  returning: new Set(),
  calls: new Map(),
  showsReplies: false,
  packets: new Map(),
  showsSendCompletions: false,
  buffers: new Map(),
  requests: new Map(),
  virtualStation: undefined,
});

/** Whether the handler that was entered at this line has not returned yet. */
export const isInside = (world: World, by: number): boolean => world.handlers.has(by);

/** Whether any handler of this kind is open, of one adapter or of all. */
export const isOpen = (world: World, kind: HandlerName, adapter?: AdapterHandle): boolean => {
  for (const open of world.handlers.values())
    if (open.kind === kind && (adapter === undefined || open.adapter === adapter)) return true;
  return false;
};
