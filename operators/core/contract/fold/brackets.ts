import { type HandlerCall, type HostEvent, handlerCalls } from '../../../../streams/events/index.js';
import type { NumberedEntry } from '../Violation.js';
import { NO_ETHER_TYPES } from '../world/Adapter.js';
import type { OpenHandler, World } from '../world/World.js';

export const isHandlerCall = (event: HostEvent): event is HandlerCall => Object.hasOwn(handlerCalls, event.kind);

export const openHandler = (world: World, event: HandlerCall, { n, at }: NumberedEntry): OpenHandler => {
  const adapter = 'adapter' in event ? event.adapter : undefined;
  const session = 'session' in event ? event.session : undefined;
  const open = { kind: event.kind, n, at, adapter, session, port: undefined, resets: [], baseline: NO_ETHER_TYPES };
  world.handlers.set(n, open);
  return open;
};

const isAnswer = ({ dir, event }: NumberedEntry): boolean =>
  dir === 'in' && (event.kind === 'reply' || event.kind === 'handlerReturned');

const adapterOf = ({ event }: NumberedEntry): string | undefined => ('adapter' in event ? event.adapter : undefined);

/** The same handler entered again: the return of the first was lost. */
const isSameHandler = (open: OpenHandler, entry: NumberedEntry): boolean =>
  entry.event.kind === open.kind && adapterOf(entry) === open.adapter;

/**
 * Whether this line shows that a handler has returned although no return of it is recorded. In a log that records returns
 * only the next call for the same adapter shows it, and for a handler whose returns it records nothing but its return does.
 */
const impliesReturn = (world: World, open: OpenHandler, entry: NumberedEntry): boolean => {
  const isCall = entry.dir === 'in' && !isAnswer(entry);
  if (world.returning.has(open.kind)) return isCall && isSameHandler(open, entry);
  if (world.returning.size > 0) return isCall && adapterOf(entry) === open.adapter;
  return isCall || entry.at > open.at;
};

export const impliedReturns = (world: World, entry: NumberedEntry): ReadonlyArray<OpenHandler> =>
  world.handlers.size === 0 ? [] : [...world.handlers.values()].filter((open) => impliesReturn(world, open, entry));

type HandlerReturned = Extract<HostEvent, { kind: 'handlerReturned' }>;

const isReturnOf = (open: OpenHandler, { handler, adapter, session }: HandlerReturned): boolean =>
  open.kind === handler &&
  (adapter === undefined || open.adapter === undefined || adapter === open.adapter) &&
  (session === undefined || open.session === undefined || session === open.session);

/** A front door says why it refused; whoever traces returns has no reason to tell, unless this log has shown otherwise. */
const isRefusal = (world: World, { handler, detail }: HandlerReturned): boolean =>
  detail !== undefined && !world.returning.has(handler);

/** The handler this return belongs to: the one entered last. `undefined` when the front door refused the call. */
export const returnedHandler = (world: World, event: HandlerReturned): OpenHandler | undefined =>
  isRefusal(world, event) ? undefined : [...world.handlers.values()].findLast((open) => isReturnOf(open, event));
