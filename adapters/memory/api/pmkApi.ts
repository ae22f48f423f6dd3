import type { World } from '../World.js';
import { type Api, forLivingPort } from './guards.js';

/** The host's cache of PMKs. */
export const pmkApi = (world: World): Api<'rememberPmk' | 'forgetPmk'> => ({
  rememberPmk: forLivingPort(world, 'R199', (_, effect) => world.pmks.carryOut(effect)),
  forgetPmk: forLivingPort(world, 'R199', (_, effect) => world.pmks.carryOut(effect)),
});
