import { SessionEvent, Win32 } from '../../../streams/events/index.js';
import type { World } from '../World.js';
import { deinitAdapter } from './adapters.js';

/** R1: the version is asked first, and announced within the range that was given. */
export const initService = (world: World): number => {
  const { max: version } = world.call({ kind: 'getVersionInfo' }, (handlers) => handlers.getVersionInfo());
  world.isInService = true;
  const win32 = world.call({ kind: 'initService' }, (handlers) => handlers.initService({ version }));
  world.isInService = win32 === Win32.codes.ERROR_SUCCESS;
  if (world.isInService) world.call({ kind: 'initVirtualStation' }, (handlers) => handlers.initVirtualStation({}));
  return win32;
};

/** R10: every adapter first, then the service; its memory may be freed until the handler returns (C47). */
export const deinitService = (world: World): void => {
  for (const adapter of world.adapters.values()) deinitAdapter(world, adapter, true);
  world.call({ kind: 'deinitService' }, (handlers) => handlers.deinitService({}));
  world.isInService = false;
  world.pmks.clear();
};

/** R221: the questions to a user who logs off are nobody's any more. */
export const changeSession = (world: World, event: number, userSession: number): void => {
  world.call({ kind: 'processSessionChange' }, (handlers) => handlers.processSessionChange({ event, userSession }));
  if (event === SessionEvent.codes.LOGOFF) world.cancelRequests((request) => request.userSession === userSession);
};
