import { type EffectOf, Win32 } from '../../../streams/events/index.js';
import { initAdapter } from '../script/adapters.js';
import type { World } from '../World.js';
import { type Answer, type Api, forAdapter, forConnection } from './guards.js';

const { ERROR_SUCCESS, ERROR_ALREADY_EXISTS, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND } = Win32.codes;

const ARRIVAL_MS = 1;

type VirtualStationApi = Api<
  'requestVirtualStation' | 'releaseVirtualStation' | 'queryVirtualStationProperties' | 'setVirtualStationApProperties'
>;

const arrive = (world: World): void => {
  if (world.virtualStation === 'requested') world.virtualStation = initAdapter(world, {}, true);
};

/** R240, R241: success promises nothing; the station arrives like any adapter, perhaps before the request returns. */
const request = (world: World, effect: EffectOf<'requestVirtualStation'>): Answer => {
  if (world.virtualStation !== 'none') {
    return world.refuse(effect, 'R240', ERROR_ALREADY_EXISTS, 'there is at most one virtual station');
  }
  const { virtualStation = 'later' } = world.options;
  world.virtualStation = 'requested';
  if (virtualStation === 'within') arrive(world);
  if (virtualStation === 'later') world.later(ARRIVAL_MS, () => arrive(world));
  return ERROR_SUCCESS;
};

/** R244: a raw key has 32 bytes, one in hex 64; a passphrase has a length of its own. */
const fits = ({ isPassphrase, key }: EffectOf<'setVirtualStationApProperties'>): boolean =>
  isPassphrase ? key.length <= 64 : key.length === 32 || key.length === 64;

/** The four calls about the virtual station. */
export const virtualStationApi = (world: World): VirtualStationApi => ({
  requestVirtualStation: forAdapter(world, (_, effect) => request(world, effect)),
  // R242: a hint. The station stays until its adapter is removed.
  releaseVirtualStation: forAdapter(world, () => ERROR_SUCCESS),
  queryVirtualStationProperties: forAdapter(world, () =>
    typeof world.virtualStation === 'string'
      ? ERROR_NOT_FOUND
      : { win32: ERROR_SUCCESS, interface: world.virtualStation.identity.interface },
  ),
  setVirtualStationApProperties: forConnection(world, (_, effect) =>
    fits(effect)
      ? ERROR_SUCCESS
      : world.refuse(effect, 'R244', ERROR_INVALID_PARAMETER, `a key of ${effect.key.length} bytes is neither raw nor hex`),
  ),
});
