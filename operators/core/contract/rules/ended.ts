import type { EffectOf } from '../../../../streams/events/index.js';
import { type EndedPort, isCompleted } from '../world/Port.js';
import type { Scene } from '../world/Scene.js';
import { isInside } from '../world/World.js';
import { afterDeinit, goneBy } from './adapter.js';
import { type CallRule, clause, type Finding, type PortCall } from './Rule.js';
import { endedPort, ending, lines } from './words.js';

type Completion = EffectOf<'postAssociateCompletion'>;
type KeyDownload = EffectOf<'setKeyMappingKey' | 'setDefaultKey' | 'setDefaultKeyId' | 'setPairwiseTransmitKey'>;

/** A call for a port that ended in one of these ways. */
const late = (scene: Scene, ...ways: ReadonlyArray<EndedPort['how']>): Finding | undefined => {
  const port = endedPort(scene, ...ways);
  return (
    port && { message: `${scene.call.kind} although ${ending(port)}`, related: lines(port.openedBy, port.completedBy, port.by) }
  );
};

const lateAfterStop = (scene: Scene): Finding | undefined => late(scene, 'stopped', 'replaced');

/** A call made by the very handler that ended the port. */
const isPartOfEnding = (scene: Scene): boolean => {
  const port = endedPort(scene, 'stopped', 'reset');
  return port !== undefined && isInside(scene.world, port.by);
};

export const R193: CallRule<Completion> = {
  ...clause(
    'R193',
    'no completion for this port, not even ERROR_CANCELLED',
    'A Stop cancels a pending operation inside the engine, in silence: the host does not wait for a completion any more.',
  ),
  broken: (scene) => {
    const port = endedPort(scene, 'stopped', 'replaced');
    return port !== undefined && !isCompleted(port) ? lateAfterStop(scene) : undefined;
  },
};

export const R194: CallRule<Completion> = {
  ...clause(
    'R194',
    'no further completion for this port',
    'A port that was completed is deleted by its Stop; there is nobody to tell that it is no longer authorised.',
  ),
  broken: (scene) => {
    const port = endedPort(scene, 'stopped', 'replaced');
    return port !== undefined && isCompleted(port) ? lateAfterStop(scene) : undefined;
  },
};

export const R36: CallRule<Completion> = {
  ...clause(
    'R36',
    'no completion: the operation was never started',
    'A Perform that returns an error is final and is not followed by a completion.',
  ),
  broken: (scene) => late(scene, 'refused'),
};

export const R137: CallRule<KeyDownload> = {
  ...clause(
    'R137',
    'no key for a port that has ended',
    'Whether the port is still current is checked right before each call, not only before the keys are derived.',
  ),
  broken: (scene) =>
    'delete' in scene.call && scene.call.delete ? undefined : late(scene, 'stopped', 'replaced', 'reset', 'deinit'),
};

export const R138: CallRule<EffectOf<'setKeyMappingKey' | 'setDefaultKey'>> = {
  ...clause(
    'R138',
    'deletes inside the Stop handler, or not at all',
    'A key is found by peer and direction only, so a late delete can hit the key of the next association with the same AP.',
  ),
  broken: (scene) =>
    scene.call.delete && !isPartOfEnding(scene) ? late(scene, 'stopped', 'replaced', 'reset', 'deinit') : undefined,
};

export const R80: CallRule<EffectOf<'sendPacket'>> = {
  ...clause(
    'R80',
    'no packet for a port after its Stop, nor on an adapter after reset or deinit',
    'A send is not started once the port went down; a retransmission timer dies with its port.',
  ),
  broken: (scene) => afterDeinit(scene) ?? late(scene, 'stopped', 'replaced', 'reset', 'deinit'),
};

export const R199: CallRule<PortCall | EffectOf<'sendUIRequest' | 'nicSpecificExtension' | 'sendNotification'>> = {
  ...clause(
    'R199',
    'silence for this port from the entry of its Stop on',
    'Cancellation is synchronous: nothing that comes from the port reaches the host once its Stop was entered.',
  ),
  broken: (scene) => (isPartOfEnding(scene) && scene.call.kind === 'stopOneX' ? undefined : lateAfterStop(scene)),
};

export const R152: CallRule<Completion> = {
  ...clause(
    'R152',
    'completions of a reset inside its handler, and only for ports that were pending',
    'After the reset handler the session handles are dead; a port that was completed gets no second completion.',
  ),
  broken: (scene) => {
    const port = endedPort(scene, 'reset');
    const owed = port !== undefined && isInside(scene.world, port.by) && port.phase !== 'authorised';
    return owed ? undefined : late(scene, 'reset');
  },
};

export const R178: CallRule<Completion> = {
  ...clause(
    'R178',
    'nothing for this port at reset',
    'After a failure completion the operation is no longer pending, so a reset owes it nothing.',
  ),
  broken: (scene) => (endedPort(scene, 'reset')?.phase === 'failed' ? late(scene, 'reset') : undefined),
};

/** A completion for a port that is long dead, or that nobody ever opened. */
export const R177: CallRule<Completion> = {
  ...clause(
    'R177',
    'completions only for a port that is alive',
    'There is no completion after Stop, after the entry of deinitAdapter, or after the reset handler returned.',
  ),
  broken: (scene) => {
    if (goneBy(scene) !== undefined) return afterDeinit(scene);
    if (scene.port.is === 'never') return { message: `completion for port ${scene.call.session}, which no Perform has opened` };
    return late(scene, 'deinit');
  },
};
