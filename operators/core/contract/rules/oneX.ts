import { type EffectOf, EtherType } from '../../../../streams/events/index.js';
import { forwardsKey, isForwardOf, startsAtVersion } from '../eapol.js';
import type { OneXRun } from '../world/Adapter.js';
import type { Scene } from '../world/Scene.js';
import { type CallRule, clause } from './Rule.js';
import { ending, lines } from './words.js';

type Start = EffectOf<'startOneX'>;
type Forward = EffectOf<'processOneXPacket'>;
type OneXCall = Start | Forward | EffectOf<'stopOneX'>;

const runOf = ({ adapter }: Scene): OneXRun | undefined => (adapter.is === 'alive' ? adapter.adapter.oneX : undefined);

/** 802.1X of a port whose Perform is in the log is known from its beginning. */
const isIdle = (scene: Scene<OneXCall>): boolean => {
  const isKnown = scene.port.is === 'live' || scene.port.is === 'ended' || scene.port.is === 'never';
  return isKnown && runOf(scene)?.session !== scene.call.session;
};

export const R100: CallRule<Start> = {
  ...clause(
    'R100',
    'startOneX between performPostAssociate and the earliest of Stop, reset and deinit',
    '802.1X belongs to a port and is started only while the port exists.',
  ),
  broken: ({ port, call }) => {
    if (port.is === 'ended')
      return { message: `startOneX although ${ending(port.port)}`, related: lines(port.port.openedBy, port.port.by) };
    return port.is === 'never' ? { message: `startOneX for port ${call.session}, which no Perform has opened` } : undefined;
  },
};

export const R26: CallRule<Start> = {
  ...clause(
    'R26',
    "the vendor's own 802.1X, as the profile asks",
    'The profile says whether the Microsoft 802.1X implementation is to be used.',
  ),
  broken: ({ adapter }) => {
    const choice = adapter.is === 'alive' ? adapter.adapter.oneXChoice : undefined;
    return choice?.microsoft === false
      ? { message: 'startOneX although the profile does not use the Microsoft 802.1X', related: [choice.n] }
      : undefined;
  },
};

export const R60: CallRule<Start> = {
  ...clause(
    'R60',
    'EtherType 0x888E registered before 802.1X is started',
    'Without the registration no EAPOL packet is ever received, with the Microsoft 802.1X module too.',
  ),
  broken: ({ adapter }) =>
    adapter.is === 'alive' && adapter.adapter.etherTypes.registered?.has(EtherType.codes.EAPOL) === false
      ? { message: 'startOneX while 0x888E is not registered' }
      : undefined,
};

export const R101: CallRule<Start> = {
  ...clause(
    'R101',
    'one 802.1X run at a time on an adapter',
    '802.1X is not started while an earlier run has neither a final result nor been stopped.',
  ),
  broken: (scene) => {
    const run = runOf(scene);
    return run && { message: `startOneX while the run started at line ${run.n} goes on`, related: [run.n] };
  },
};

export const R105: CallRule<Forward> = {
  ...clause(
    'R105',
    'EAPOL-Key packets kept from the 802.1X module',
    'Packets of type 3 are the key handshake and are never forwarded, in any state.',
  ),
  broken: ({ call }) => (forwardsKey(call.packet) ? { message: 'an EAPOL-Key packet was forwarded to 802.1X' } : undefined),
};

export const R107: CallRule<Forward> = {
  ...clause(
    'R107',
    'data that begins with the packet-type octet',
    'The module takes the packet from its type on, without the version octet before it.',
  ),
  broken: ({ call }) =>
    startsAtVersion(call.packet) ? { message: 'the forwarded data begins with the version octet' } : undefined,
};

export const R108: CallRule<Forward> = {
  ...clause(
    'R108',
    'packets forwarded only while 802.1X runs',
    'The module takes packets from startOneX until its final result or stopOneX.',
  ),
  broken: (scene) => (isIdle(scene) ? { message: 'processOneXPacket while 802.1X is not running' } : undefined),
};

export const R104: CallRule<Forward> = {
  ...clause(
    'R104',
    'every EAPOL packet of the AP forwarded, in the order received',
    'While 802.1X runs, each packet that is not a Key packet goes to the module, in order.',
  ),
  broken: (scene) => {
    const waiting = runOf(scene)?.waiting ?? [];
    const found = waiting.findIndex(({ payload }) => isForwardOf(scene.call.packet, payload));
    const skipped = waiting.slice(0, Math.max(found, 0)).map(({ n }) => n);
    return skipped.length > 0
      ? { message: `forwarded ahead of ${skipped.length} packet(s) received earlier`, related: skipped }
      : undefined;
  },
};

export const R116: CallRule<EffectOf<'stopOneX'>> = {
  ...clause('R116', 'stopOneX only while 802.1X runs', 'Stopping cancels a run; after its result there is nothing to stop.'),
  broken: (scene) => (isIdle(scene) ? { message: 'stopOneX while 802.1X is not running' } : undefined),
};
