import { BROADCAST, type Indication } from '../../../../streams/events/index.js';
import type { Line, World } from '../world/World.js';
import { adapterOf } from './adapterOf.js';

type IndicationOf<K extends Indication['kind']> = Extract<Indication, { kind: K }>;

/** START leaves the old AP without a word: the port ends here, whatever comes of the new association (R56). */
export const associationStart = (world: World, event: IndicationOf<'associationStart'>, { n, at }: Line): void => {
  const adapter = adapterOf(world, event.adapter);
  if (adapter === undefined) return;
  const { associated } = adapter;
  if (associated !== 'none' && associated !== 'unknown') adapter.leftBehind = { n, peer: associated };
  for (const port of adapter.ports.values()) port.roamedBy ??= { n, at };
  adapter.associating = { n, peer: event.peer };
  adapter.showsStarts = true;
  adapter.associated = 'none';
};

export const associationCompletion = (world: World, event: IndicationOf<'associationCompletion'>): void => {
  const adapter = adapterOf(world, event.adapter);
  if (adapter === undefined) return;
  adapter.associating = undefined;
  if (event.association.status !== 0) return;
  adapter.associated = event.association.peer;
  adapter.leftBehind = undefined;
};

export const disassociation = (world: World, { adapter: handle, peer }: IndicationOf<'disassociation'>): void => {
  const adapter = adapterOf(world, handle);
  if (adapter === undefined) return;
  if (peer === BROADCAST || peer === adapter.associated) adapter.associated = 'none';
};
