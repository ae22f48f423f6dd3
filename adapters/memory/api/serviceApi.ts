import { type BufferHandle, type EffectOf, Win32 } from '../../../streams/events/index.js';
import type { World } from '../World.js';
import type { Answer, Api } from './guards.js';

const { ERROR_SUCCESS, ERROR_INVALID_PARAMETER, ERROR_INVALID_STATE, ERROR_NOT_SUPPORTED } = Win32.codes;

type ServiceCall = EffectOf<'allocateBuffer' | 'freeBuffer'>;

/** R6: between the init of the service and its end, which includes the handler that ends it (C47). */
const inService =
  <E extends ServiceCall>(world: World, act: (effect: E) => Answer) =>
  (effect: E): Answer =>
    world.isInService ? act(effect) : world.refuse(effect, 'R6', ERROR_INVALID_STATE, 'the service is not initialised');

/** The calls that need no adapter. */
export const serviceApi = (world: World): Api<'allocateBuffer' | 'freeBuffer' | 'derive'> => ({
  allocateBuffer: inService(world, ({ size, content }) => {
    const bytes = new Uint8Array(size);
    bytes.set((content ?? new Uint8Array(0)).subarray(0, size));
    const buffer = world.freshHandle() as BufferHandle;
    world.buffers.set(buffer, bytes);
    return { win32: ERROR_SUCCESS, buffer };
  }),
  freeBuffer: inService(world, (effect) =>
    world.buffers.delete(effect.buffer)
      ? ERROR_SUCCESS
      : world.refuse(effect, 'R8', ERROR_INVALID_PARAMETER, `${effect.buffer} is not allocated`),
  ),
  derive: ({ label, input }) => {
    const secret = world.options.derive?.(label, input);
    return secret === undefined ? ERROR_NOT_SUPPORTED : { win32: ERROR_SUCCESS, secret };
  },
});
