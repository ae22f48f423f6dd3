import { BROADCAST, type Handler } from '../../../../streams/events/index.js';
import { remember } from '../world/memory.js';
import { type Port, portKey } from '../world/Port.js';
import type { OpenHandler, World } from '../world/World.js';
import { adapterOf } from './adapterOf.js';
import { endPort } from './endPort.js';

const newPort = (event: Handler<'performPostAssociate'>, { n, at }: OpenHandler): Port => ({
  adapter: event.adapter,
  session: event.session,
  peer: event.portState.peer,
  association: event.association,
  preauthorised: event.association.portAuthorized || event.portState.authorized,
  openedBy: n,
  openedAt: at,
  phase: 'opening',
  returnImplied: false,
  completedBy: undefined,
  pairwise: 'none',
  installed: [],
  refusedKey: undefined,
  keyFrames: [],
  oneXFailure: undefined,
  roamedBy: undefined,
});

export const performPostAssociate = (world: World, event: Handler<'performPostAssociate'>, open: OpenHandler): void => {
  const adapter = adapterOf(world, event.adapter);
  // A session that is already live is answered with an error and changes nothing (S14).
  if (adapter === undefined || adapter.ports.has(event.session)) return;
  open.port = newPort(event, open);
  adapter.ports.set(event.session, open.port);
  world.ended.delete(portKey(event.adapter, event.session));
  adapter.associated = event.association.peer;
  // Where the log has no COMPLETION, its Perform shows that there was one (R30).
  adapter.associating = undefined;
  adapter.leftBehind = undefined;
  if (adapter.registrationWindow === 'unknown') {
    adapter.registrationWindow = 'closed';
    adapter.registrationClosedBy = open.n;
  }
};

export const stopPostAssociate = (world: World, event: Handler<'stopPostAssociate'>, { n }: OpenHandler): void => {
  const adapter = adapterOf(world, event.adapter);
  if (adapter === undefined) return;
  for (const port of [...adapter.ports.values()])
    if (port.peer === event.peer || event.peer === BROADCAST) endPort(world, adapter, port, 'stopped', n);
};

export const performPreAssociate = (world: World, event: Handler<'performPreAssociate'>, { n }: OpenHandler): void => {
  const adapter = adapterOf(world, event.adapter);
  if (adapter === undefined) return;
  const { preAssociation: older, pastConnects } = adapter;
  if (older !== undefined) remember(pastConnects, older.connect, older.by, 32);
  pastConnects.delete(event.connect);
  adapter.preAssociation = { connect: event.connect, by: n, phase: 'open', completedBy: undefined };
  adapter.oneXChoice = { n, microsoft: event.profile.useMsOneX };
  adapter.registrationWindow = 'open';
};
