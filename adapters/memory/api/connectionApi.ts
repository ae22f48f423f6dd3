import { type EffectOf, Win32 } from '../../../streams/events/index.js';
import type { MemoryAdapter } from '../MemoryAdapter.js';
import type { World } from '../World.js';
import { type Answer, type Api, forConnection } from './guards.js';

const { ERROR_SUCCESS, ERROR_INVALID_STATE, ERROR_NOT_FOUND } = Win32.codes;

type ConnectionApi = Api<
  | 'setAuthAlgorithm'
  | 'setUnicastCipherAlgorithm'
  | 'setMulticastCipherAlgorithm'
  | 'setCurrentProfile'
  | 'setProfileCustomUserData'
  | 'getProfileCustomUserData'
  | 'preAssociateCompletion'
>;

type ProfileCall = EffectOf<'setCurrentProfile' | 'setProfileCustomUserData' | 'getProfileCustomUserData'>;

/** R27: the profile is not to be touched inside the call that hands it over. */
const forProfile = <E extends ProfileCall>(world: World, act: (adapter: MemoryAdapter, effect: E) => Answer) =>
  forConnection<E>(world, (adapter, effect) =>
    world.isInside('performPreAssociate', adapter)
      ? world.refuse(effect, 'R27', ERROR_INVALID_STATE, 'it was called inside performPreAssociate')
      : act(adapter, effect),
  );

const completed = (world: World, adapter: MemoryAdapter, effect: EffectOf<'preAssociateCompletion'>): Answer => {
  // R151: owed inside the reset handler, wherever that was called from.
  if (world.isInside('performPreAssociate', adapter) && !world.isInside('adapterReset', adapter)) {
    return world.refuse(effect, 'R20', ERROR_INVALID_STATE, 'it came inside performPreAssociate');
  }
  adapter.connect = undefined;
  // A cancelled operation leaves the adapter as it was after its init, registration included (R153).
  adapter.mayRegister = effect.win32 !== ERROR_SUCCESS;
  adapter.preCompletions.push(effect);
  return ERROR_SUCCESS;
};

/** The calls that prepare a connection. */
export const connectionApi = (world: World): ConnectionApi => ({
  setAuthAlgorithm: forConnection(world, (adapter, { algorithm }) => {
    adapter.algorithms = { ...adapter.algorithms, authAlgorithm: algorithm };
    return ERROR_SUCCESS;
  }),
  setUnicastCipherAlgorithm: forConnection(world, (adapter, { cipher }) => {
    adapter.algorithms = { ...adapter.algorithms, unicastCipher: cipher };
    return ERROR_SUCCESS;
  }),
  setMulticastCipherAlgorithm: forConnection(world, (adapter, { cipher }) => {
    adapter.algorithms = { ...adapter.algorithms, multicastCipher: cipher };
    return ERROR_SUCCESS;
  }),
  // R28: a profile that changes takes its custom user data along.
  setCurrentProfile: forProfile(world, (adapter, { profile }) => {
    adapter.profile = profile.copy();
    adapter.userData?.zeroise();
    adapter.userData = undefined;
    return ERROR_SUCCESS;
  }),
  setProfileCustomUserData: forProfile(world, (adapter, { data }) => {
    adapter.userData?.zeroise();
    adapter.userData = data.copy();
    return ERROR_SUCCESS;
  }),
  getProfileCustomUserData: forProfile(world, ({ userData }) =>
    userData === undefined ? ERROR_NOT_FOUND : { win32: ERROR_SUCCESS, secret: userData.copy() },
  ),
  preAssociateCompletion: forConnection(world, (adapter, effect) => completed(world, adapter, effect)),
});
