import type { Effect, HandlerCall, HostEvent } from '../../../../streams/events/index.js';
import type { NumberedEntry } from '../Violation.js';
import type { Line, OpenHandler, World } from '../world/World.js';
import { isHandlerCall, openHandler } from './brackets.js';
import * as calls from './calls.js';
import * as indications from './indications.js';
import { downloadKey } from './keys.js';
import * as lifecycle from './lifecycle.js';
import * as ports from './ports.js';
import { reply } from './replies.js';
import * as traffic from './traffic.js';

type Folds<Event extends { readonly kind: string }, Where> = {
  readonly [K in Event['kind']]?: (world: World, event: Extract<Event, { kind: K }>, where: Where) => void;
};
type Fold<Event, Where> = ((world: World, event: Event, where: Where) => void) | undefined;

/** What each event makes true; an event that is not here changes nothing. The files export one function a kind. */
const handlerFolds: Folds<HandlerCall, OpenHandler> = { ...lifecycle, ...ports, ...traffic };
const inFolds: Folds<Exclude<HostEvent, HandlerCall>, Line> = { ...indications, reply };
const outFolds: Folds<Effect, Line> = { ...calls, setKeyMappingKey: downloadKey, setDefaultKey: downloadKey };

/** A handler met before any service init may turn out to have come too early (R1). */
const noteEarlyHandler = ({ service }: World, { kind }: HandlerCall, { n, at }: Line): void => {
  const mayComeFirst = kind === 'getVersionInfo' || kind === 'initService' || kind === 'initVirtualStation';
  if (service.phase === 'unknown' && !mayComeFirst) service.early ??= { n, at };
};

const foldHandler = (world: World, event: HandlerCall, entry: NumberedEntry): void => {
  const open = openHandler(world, event, entry);
  noteEarlyHandler(world, event, open);
  (handlerFolds[event.kind] as Fold<HandlerCall, OpenHandler>)?.(world, event, open);
};

/** Takes one line into the world. Returns of handlers are not taken in here, since something may be owed at them. */
export const foldEntry = (world: World, entry: NumberedEntry): void => {
  if (entry.dir === 'out') (outFolds[entry.event.kind] as Fold<Effect, Line>)?.(world, entry.event, entry);
  else if (isHandlerCall(entry.event)) foldHandler(world, entry.event, entry);
  else (inFolds[entry.event.kind] as Fold<HostEvent, Line>)?.(world, entry.event, entry);
};
