import { Win32 } from '../../../streams/events/index.js';
import type { World } from '../World.js';
import { type Api, forLivingPort, forPort } from './guards.js';

const { ERROR_SUCCESS, ERROR_BUSY, ERROR_INVALID_STATE, ERROR_INVALID_PARAMETER } = Win32.codes;

/** The packet starts behind the version octet, at its type (R107). */
const EAPOL_KEY = 3;

/** The 802.1X module of the host: who may start it when, and what it may be given. */
export const oneXApi = (world: World): Api<'startOneX' | 'stopOneX' | 'processOneXPacket'> => ({
  startOneX: forLivingPort(world, 'R100', (adapter, effect) => {
    if (adapter.oneX !== undefined) return world.refuse(effect, 'R101', ERROR_BUSY, '802.1X runs already');
    // R103: the attributes are the host's to free from here on.
    if (effect.attributes !== undefined) world.buffers.delete(effect.attributes);
    adapter.oneX = effect.session;
    return ERROR_SUCCESS;
  }),
  stopOneX: forPort(world, (adapter, effect) => {
    if (adapter.oneX !== effect.session) return world.refuse(effect, 'R116', ERROR_INVALID_STATE, '802.1X does not run');
    adapter.oneX = undefined;
    return ERROR_SUCCESS;
  }),
  processOneXPacket: forLivingPort(world, 'R199', (adapter, effect) => {
    if (adapter.oneX !== effect.session) return world.refuse(effect, 'R108', ERROR_INVALID_STATE, '802.1X does not run');
    if (effect.packet[0] === EAPOL_KEY) return world.refuse(effect, 'R105', ERROR_INVALID_PARAMETER, 'an EAPOL-Key packet');
    adapter.oneXPackets.push(effect.packet.slice());
    return ERROR_SUCCESS;
  }),
});
