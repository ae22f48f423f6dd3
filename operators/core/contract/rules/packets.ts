import { type EffectOf, EtherType, isGroupAddress } from '../../../../streams/events/index.js';
import { eapolTypeOf } from '../eapol.js';
import { type CallRule, clause } from './Rule.js';

type Send = EffectOf<'sendPacket'>;

export const R71: CallRule<Send> = {
  ...clause(
    'R71',
    'a send handle that no other packet in flight has',
    'The completion handler carries nothing but this handle, so it is unique over all adapters and ports.',
  ),
  broken: ({ world, call }) => {
    const earlier = world.packets.get(call.packet);
    return earlier && { message: `send handle ${call.packet} is still in flight since line ${earlier.n}`, related: [earlier.n] };
  },
};

export const R75: CallRule<Send> = {
  ...clause('R75', 'a unicast destination', 'Security packets are sent to one station, never to a group.'),
  broken: ({ call }) => (isGroupAddress(call.peer) ? { message: `packet sent to the group address ${call.peer}` } : undefined),
};

const EAPOL_START = 1;

export const R102: CallRule<Send> = {
  ...clause('R102', 'no EAPOL-Start of the engine while the 802.1X module runs', 'The module transmits EAPOL-Start itself.'),
  broken: ({ adapter, call }) => {
    const run = adapter.is === 'alive' ? adapter.adapter.oneX : undefined;
    const isStart = call.etherType === EtherType.codes.EAPOL && eapolTypeOf(call.payload) === EAPOL_START;
    return run && isStart ? { message: `EAPOL-Start sent while 802.1X runs since line ${run.n}`, related: [run.n] } : undefined;
  },
};
