import { type EffectOf, EtherType, type KeyMaterial, type Secret } from '../../../../streams/events/index.js';
import { type KeyCall, linkOf, targetOf } from '../fold/keys.js';
import { type InstalledKey, isCompleted, type KeyFrame, needsPairwiseKey, type Port } from '../world/Port.js';
import type { Scene } from '../world/Scene.js';
import type { World } from '../world/World.js';
import { type CallRule, clause } from './Rule.js';
import { livePort, portName } from './words.js';

/** The port is in its first handshake, and nothing was tried yet for the pairwise key that its cipher needs. */
const awaitsPairwiseKey = (scene: Scene): Port | undefined => {
  const port = livePort(scene);
  if (port === undefined || !needsPairwiseKey(port) || isCompleted(port)) return undefined;
  return port.pairwise === 'none' && port.refusedKey === undefined ? port : undefined;
};

const hasCounter = ({ form }: KeyMaterial): boolean => form !== 'raw';

export const R133: CallRule<EffectOf<'setDefaultKey'>> = {
  ...clause('R133', 'the pairwise key before the group key', 'Keys are downloaded in order: pairwise, group, management group.'),
  broken: (scene) => {
    const port = awaitsPairwiseKey(scene);
    const isHandshakeKey = !scene.call.delete && hasCounter(scene.call.material);
    return port !== undefined && isHandshakeKey
      ? { message: `group key before any pairwise key of ${portName(port)}`, related: [port.openedBy] }
      : undefined;
  },
};

const isInFlight = (world: World, { packet, n }: KeyFrame): boolean => world.packets.get(packet)?.n === n;

/**
 * The message 4 that has not left. A message 4 that was repeated counts as left when any of them has; where shapes tell
 * nothing, only a handshake without repetitions is judged: message 2, then message 4.
 */
const unsentMessage4 = (world: World, { keyFrames }: Port): KeyFrame | undefined => {
  const fourths = keyFrames.filter(({ message }) => message === 4);
  const candidates = fourths.length > 0 ? fourths : keyFrames.slice(-1);
  const isDefinite = fourths.length > 0 || keyFrames.length <= 2;
  return isDefinite && candidates.every((frame) => isInFlight(world, frame)) ? candidates[0] : undefined;
};

export const R134: CallRule<EffectOf<'setKeyMappingKey'>> = {
  ...clause(
    'R134',
    'the pairwise key after the send completion of message 4',
    'Message 4 must leave under the old protection, so the new key waits until it has left.',
  ),
  broken: (scene) => {
    const port = livePort(scene);
    if (port === undefined || scene.call.delete || !scene.world.showsSendCompletions) return;
    // Under an id of its own a key may be in for reception before message 4 leaves (IEEE 802.11-2020 12.7.6.4).
    if (scene.call.keyId !== undefined) return;
    const frame = unsentMessage4(scene.world, port);
    return frame && { message: `pairwise key while the key frame sent at line ${frame.n} is in flight`, related: [frame.n] };
  },
};

/** A redacted secret without a fingerprint cannot be told from another. */
const isComparable = (secret: Secret): boolean => secret.isKnown || (secret.fingerprint ?? '') !== '';

const isRepeated = (call: KeyCall, earlier: InstalledKey): boolean =>
  earlier.target === targetOf(call) &&
  // Each link of a multi-link association has default keys of its own.
  earlier.link === linkOf(call) &&
  earlier.form === call.material.form &&
  // One key may well be installed once for each direction.
  (earlier.direction & call.direction) !== 0 &&
  earlier.key.equals(call.material.key);

export const R135: CallRule<KeyCall> = {
  ...clause(
    'R135',
    'each key downloaded once, whatever is retransmitted',
    'Installing the same key again resets its replay counters and packet numbers.',
  ),
  broken: (scene) => {
    const { call } = scene;
    const port = livePort(scene);
    if (port === undefined || call.delete || !hasCounter(call.material) || !isComparable(call.material.key)) return;
    const earlier = port.installed.find((key) => isRepeated(call, key));
    return earlier && { message: `the ${earlier.target} key of line ${earlier.n} was downloaded again`, related: [earlier.n] };
  },
};

export const R146: CallRule<EffectOf<'setExcludeUnencrypted'>> = {
  ...clause(
    'R146',
    'exclude-unencrypted after the pairwise key, or with EAPOL exempted',
    'Turned on before the handshake it makes the adapter discard the first EAPOL frames.',
  ),
  broken: (scene) => {
    const port = awaitsPairwiseKey(scene);
    const exempted = scene.adapter.is === 'alive' ? scene.adapter.adapter.etherTypes.exempted : undefined;
    return port !== undefined && scene.call.exclude && exempted?.has(EtherType.codes.EAPOL) === false
      ? {
          message: `exclude-unencrypted before any pairwise key of ${portName(port)}, EAPOL not exempted`,
          related: [port.openedBy],
        }
      : undefined;
  },
};
