import { type EffectOf, Win32 } from '../../../../streams/events/index.js';
import { connectStanding } from '../world/Scene.js';
import { isInside, type OpenHandler, type World } from '../world/World.js';
import { type CallRule, clause, type DebtRule, type Finding } from './Rule.js';
import { codesOf, endedPort, lines, portName } from './words.js';

const r151 = clause(
  'R151',
  `for each pending operation exactly one completion with ${Win32.show(Win32.codes.ERROR_CANCELLED)} and a non-zero reason, inside the reset handler`,
  'A reset cancels what is pending, and the host is told once for each operation before the handler returns.',
);

const isCancellation = ({ win32, reason }: { readonly win32: number; readonly reason: number }): boolean =>
  win32 === Win32.codes.ERROR_CANCELLED && reason !== 0;

/** A pending port completed with other codes, or a second time, inside the reset handler. */
export const R151: CallRule<EffectOf<'postAssociateCompletion'>> = {
  ...r151,
  broken: (scene) => {
    const port = endedPort(scene, 'reset');
    if (port?.phase !== 'pending' || !isInside(scene.world, port.by)) return;
    const related = lines(port.openedBy, port.by, port.cancelledBy);
    if (port.cancelledBy !== undefined) return { message: `${portName(port)} was cancelled twice by one reset`, related };
    if (isCancellation(scene.call)) return;
    return { message: `${portName(port)} was completed by a reset with ${codesOf(scene.call)}`, related };
  },
};

/** A pending pre-association operation cancelled with other codes inside the reset handler. */
export const R151connect: CallRule<EffectOf<'preAssociateCompletion'>> = {
  ...r151,
  broken: (scene) => {
    const standing = connectStanding(scene, scene.call.connect);
    if (standing.is !== 'current' || standing.operation.phase !== 'cancelling') return;
    return standing.operation.completedBy !== undefined || isCancellation(scene.call)
      ? undefined
      : { message: `pre-association was completed by a reset with ${codesOf(scene.call)}`, related: [standing.operation.by] };
  },
};

const uncancelledPorts = ({ resets }: OpenHandler): ReadonlyArray<Finding> =>
  resets
    .filter(({ phase, cancelledBy }) => phase === 'pending' && cancelledBy === undefined)
    .map((port) => ({
      message: `adapterReset returned without the completion of pending ${portName(port)}`,
      session: port.session,
      related: [port.openedBy],
    }));

const uncancelledConnect = (world: World, { adapter }: OpenHandler): ReadonlyArray<Finding> => {
  const operation = adapter === undefined ? undefined : world.adapters.get(adapter)?.preAssociation;
  return operation?.phase === 'cancelling' && operation.completedBy === undefined
    ? [{ message: 'adapterReset returned without the completion of the pending pre-association', related: [operation.by] }]
    : [];
};

/** A pending operation that the reset handler did not complete. */
export const R151owed: DebtRule = {
  ...r151,
  owed: (world, open) => [...uncancelledPorts(open), ...uncancelledConnect(world, open)],
};

const hex = (etherType: number): string => `0x${etherType.toString(16).toUpperCase().padStart(4, '0')}`;

export const R153: DebtRule = {
  ...clause(
    'R153',
    'the EtherTypes registered at initAdapter registered again inside the reset handler',
    'The host clears all registrations before it resets, and the adapter returns to the state it had after initAdapter.',
  ),
  owed: (world, { adapter, baseline }) => {
    const now = adapter === undefined ? undefined : world.adapters.get(adapter)?.etherTypes.registered;
    const lost = [...baseline].filter((etherType) => now?.has(etherType) === false);
    return lost.length === 0 ? [] : [{ message: `adapterReset returned with ${lost.map(hex).join(', ')} no longer registered` }];
  },
};
