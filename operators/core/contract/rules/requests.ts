import type { EffectOf } from '../../../../streams/events/index.js';
import { isOpen } from '../world/World.js';
import { type CallRule, clause } from './Rule.js';
import { lines } from './words.js';

export const R230: CallRule<EffectOf<'sendUIRequest'>> = {
  ...clause('R230', 'a fresh GUID for each request', 'A request to the user is known by its GUID only.'),
  broken: ({ world, call }) => {
    const earlier = world.requests.get(call.request);
    return earlier === undefined
      ? undefined
      : { message: `GUID ${call.request} was used for the request at line ${earlier}`, related: [earlier] };
  },
};

/** VST: how long a virtual station that was granted may take to arrive. */
const ARRIVAL_WINDOW = 120e6;

export const R240: CallRule<EffectOf<'requestVirtualStation'>> = {
  ...clause(
    'R240',
    'no second virtual station while one is on its way',
    'A computer has at most one virtual station; it is given two minutes to arrive.',
  ),
  broken: ({ world: { virtualStation: earlier }, at }) =>
    earlier !== undefined && at - earlier.at < ARRIVAL_WINDOW
      ? { message: `a virtual station was already requested at line ${earlier.n}`, related: [earlier.n] }
      : undefined,
};

type VirtualStationCall = EffectOf<
  'requestVirtualStation' | 'releaseVirtualStation' | 'queryVirtualStationProperties' | 'setVirtualStationApProperties'
>;

export const R243: CallRule<VirtualStationCall> = {
  ...clause(
    'R243',
    'virtual-station calls after initVirtualStation has returned',
    'The virtual-station functions are handed over by initVirtualStation and usable once it returned.',
  ),
  broken: ({ world, call }) => {
    const isEarly = world.service.phase === 'up' && !world.service.virtualStations;
    if (!isEarly && !isOpen(world, 'initVirtualStation')) return;
    return { message: `${call.kind} before initVirtualStation returned`, related: lines(world.service.by) };
  },
};
