import { type AssociationCompletion, AssocStatus, type MacAddress } from '../../../streams/events/index.js';
import { associationWith } from '../associationWith.js';
import type { MemoryAdapter } from '../MemoryAdapter.js';
import type { World } from '../World.js';
import { indicate } from './indicate.js';

type Changes = Partial<AssociationCompletion>;

const ssid = new TextEncoder().encode('memory');

/** START and COMPLETION, or the COMPLETION alone where there is no START (C38). */
export const associate = (world: World, adapter: MemoryAdapter, peer: MacAddress, changes: Changes): void => {
  const { handle } = adapter;
  if (world.options.feed !== 'wdi') indicate(world, adapter, { kind: 'associationStart', adapter: handle, peer, ssid });
  const association = associationWith(peer, changes);
  indicate(world, adapter, { kind: 'associationCompletion', adapter: handle, association });
};

export const disassociate = (world: World, adapter: MemoryAdapter, peer: MacAddress, reason: number): void =>
  indicate(world, adapter, { kind: 'disassociation', adapter: adapter.handle, peer, reason });

const { SUCCESS, ROAMING_BETTER_AP_FOUND } = AssocStatus.codes;

/** Native 802.11 leaves the old access point without a word; WDI says it first (C38). */
export const roam = (world: World, adapter: MemoryAdapter, peer: MacAddress, changes: Changes): void => {
  const { handle } = adapter;
  const [port] = adapter.ports;
  if (world.options.feed === 'wdi') {
    if (port !== undefined) disassociate(world, adapter, port.peer, ROAMING_BETTER_AP_FOUND);
    associate(world, adapter, peer, changes);
    return;
  }
  indicate(world, adapter, { kind: 'roamingStart', adapter: handle, reason: ROAMING_BETTER_AP_FOUND });
  associate(world, adapter, peer, changes);
  indicate(world, adapter, { kind: 'roamingCompletion', adapter: handle, status: changes.status ?? SUCCESS });
};
