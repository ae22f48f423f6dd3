import type { EffectOf } from '../../../../streams/events/index.js';
import { connectStanding } from '../world/Scene.js';
import { isInside } from '../world/World.js';
import { type CallRule, type ConnectCall, clause, type Finding } from './Rule.js';
import { lines } from './words.js';

type PreCompletion = EffectOf<'preAssociateCompletion'>;

export const R20: CallRule<PreCompletion> = {
  ...clause(
    'R20',
    'exactly one preAssociateCompletion, on a later turn than performPreAssociate, and none when that was refused',
    'Pre-association is completed once and asynchronously.',
  ),
  broken: (scene) => {
    const standing = connectStanding(scene, scene.call.connect);
    if (standing.is !== 'current') return;
    const { by, phase, completedBy } = standing.operation;
    const related = lines(by, completedBy);
    if (completedBy !== undefined) return { message: `pre-association was already completed at line ${completedBy}`, related };
    if (phase === 'refused') return { message: `the performPreAssociate at line ${by} was refused`, related };
    if (phase !== 'open' || !isInside(scene.world, by)) return;
    return { message: `pre-association completed inside its performPreAssociate at line ${by}`, related };
  },
};

export const R152connect: CallRule<PreCompletion> = {
  ...clause(
    'R152',
    'the completion of a cancelled pre-association inside the reset handler',
    'The completions a reset owes are made in its handler; afterwards the handles are dead.',
  ),
  broken: (scene) => {
    const standing = connectStanding(scene, scene.call.connect);
    return standing.is === 'current' && standing.operation.phase === 'cancelled'
      ? { message: 'pre-association completed after the reset that cancelled it', related: [standing.operation.by] }
      : undefined;
  },
};

export const R25: CallRule<ConnectCall> = {
  ...clause(
    'R25',
    'no use of a connect handle after its preAssociateCompletion',
    'The connect handle lives from performPreAssociate to preAssociateCompletion.',
  ),
  broken: (scene) => {
    const { connect, kind } = scene.call;
    const standing = connectStanding(scene, connect);
    if (standing.is === 'past')
      return { message: `${kind} with connect handle ${connect} of an older connection`, related: [standing.by] };
    if (standing.is !== 'current') return;
    const { phase, by, completedBy } = standing.operation;
    const isOver = phase === 'completed' || phase === 'cancelled' || phase === 'refused';
    return isOver
      ? { message: `${kind} with connect handle ${connect}, ${phase} before`, related: lines(by, completedBy) }
      : undefined;
  },
};

export const R6connect: CallRule<ConnectCall> = {
  ...clause(
    'R6',
    'pre-association calls only during a pre-association',
    'Each function has its window: service, adapter, pre-association or post-association.',
  ),
  broken: (scene) =>
    connectStanding(scene, scene.call.connect).is === 'never'
      ? { message: `${scene.call.kind} with connect handle ${scene.call.connect}, which no performPreAssociate has given` }
      : undefined,
};

export const R27: CallRule<EffectOf<'setCurrentProfile' | 'getProfileCustomUserData' | 'setProfileCustomUserData'>> = {
  ...clause(
    'R27',
    'profile calls after performPreAssociate has returned',
    'The profile and its custom data are not touched from inside the performPreAssociate call.',
  ),
  broken: (scene): Finding | undefined => {
    const standing = connectStanding(scene, scene.call.connect);
    return standing.is === 'current' && isInside(scene.world, standing.operation.by)
      ? { message: `${scene.call.kind} inside performPreAssociate`, related: [standing.operation.by] }
      : undefined;
  },
};

export const R23: CallRule<EffectOf<'setEtherTypeHandling'>> = {
  ...clause(
    'R23',
    'EtherTypes registered between initAdapter (or reset) and preAssociateCompletion',
    'Registrations and exemptions are settled before pre-association completes; a later call is illegal.',
  ),
  broken: ({ adapter: standing }) =>
    standing.is === 'alive' && standing.adapter.registrationWindow === 'closed'
      ? {
          message: `setEtherTypeHandling after its window was closed at line ${standing.adapter.registrationClosedBy}`,
          related: lines(standing.adapter.registrationClosedBy),
        }
      : undefined,
};
