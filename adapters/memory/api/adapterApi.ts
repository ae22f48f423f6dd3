import { Win32 } from '../../../streams/events/index.js';
import type { World } from '../World.js';
import { type Api, forAdapter } from './guards.js';

const { ERROR_SUCCESS, ERROR_INVALID_STATE, ERROR_ALREADY_EXISTS, ERROR_NOT_SUPPORTED, ERROR_INSUFFICIENT_BUFFER } = Win32.codes;

type AdapterApi = Api<'setEtherTypeHandling' | 'nicSpecificExtension' | 'sendUIRequest' | 'sendNotification'>;

/** The calls that are made for an adapter, whatever it is doing. */
export const adapterApi = (world: World): AdapterApi => ({
  // R23, C13: too late once pre-association is completed, and in time again in a reset.
  setEtherTypeHandling: forAdapter(world, (adapter, effect) => {
    if (!adapter.mayRegister) return world.refuse(effect, 'R23', ERROR_INVALID_STATE, 'pre-association is completed');
    const { maxBackLog, registrations, exemptions } = effect;
    adapter.filter = { ...adapter.filter, maxBackLog, registrations: [...registrations], exemptions: [...exemptions] };
    return ERROR_SUCCESS;
  }),
  // R254: the extension is optional, and an engine has to get along without it.
  nicSpecificExtension: forAdapter(world, (_, { input, outputSize }) => {
    const output = world.options.nic?.(input);
    if (output === undefined) return ERROR_NOT_SUPPORTED;
    return output.length > outputSize ? ERROR_INSUFFICIENT_BUFFER : { win32: ERROR_SUCCESS, output };
  }),
  sendUIRequest: forAdapter(world, (_, effect) => {
    const { request, adapter, userSession, page, data } = effect;
    if (world.uiRequests.has(request)) return world.refuse(effect, 'R230', ERROR_ALREADY_EXISTS, `${request} is used twice`);
    world.uiRequests.set(request, { adapter, userSession, page, data: data.copy() });
    return ERROR_SUCCESS;
  }),
  // R255: the data may be gone as soon as the call returns.
  sendNotification: forAdapter(world, (adapter, { code, data }) => {
    adapter.notifications.push({ code, data: data.slice() });
    return ERROR_SUCCESS;
  }),
});
