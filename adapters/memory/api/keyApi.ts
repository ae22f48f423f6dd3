import { Cipher, Direction, type EffectOf, isUnicast, Win32 } from '../../../streams/events/index.js';
import type { World } from '../World.js';
import { type Answer, type Api, forPort } from './guards.js';

const { ERROR_SUCCESS, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND } = Win32.codes;
const { BIP, BIP_CMAC_256, BIP_GMAC_128, BIP_GMAC_256 } = Cipher.codes;

const MANAGEMENT_CIPHERS: ReadonlySet<number> = new Set([BIP, BIP_CMAC_256, BIP_GMAC_128, BIP_GMAC_256]);

/** What a vendor's cipher may number is the vendor's affair (R122). */
const isVendors = (algorithm: number): boolean => algorithm >= 0x80000000;

/** R123: four data keys, and two places of their own for management keys; beyond the rule, two more that protect beacons. */
const fits = (algorithm: number, keyIndex: number): boolean =>
  isVendors(algorithm) || (MANAGEMENT_CIPHERS.has(algorithm) ? keyIndex >= 4 && keyIndex <= 7 : keyIndex <= 3);

const objectionTo = ({ direction, algorithm, keyIndex }: EffectOf<'setDefaultKey'>) => {
  if (direction === Direction.codes.OUTBOUND) return { rule: 'R121', message: 'a default key cannot be for sending only' };
  if (!fits(algorithm, keyIndex)) return { rule: 'R123', message: `${keyIndex} is no index for ${Cipher.show(algorithm)}` };
  return;
};

type KeyApi = Api<'setKeyMappingKey' | 'setDefaultKey' | 'setDefaultKeyId' | 'setPairwiseTransmitKey' | 'setExcludeUnencrypted'>;

/** The calls that reach the miniport's keys and its receive filter. */
export const keyApi = (world: World): KeyApi => ({
  setKeyMappingKey: forPort(world, ({ keys }, effect): Answer => {
    if (!isUnicast(effect.peer)) {
      return world.refuse(effect, 'R120', ERROR_INVALID_PARAMETER, `${effect.peer} has no key of its own`);
    }
    keys.map(effect);
    return ERROR_SUCCESS;
  }),
  setDefaultKey: forPort(world, ({ keys }, effect): Answer => {
    const objection = objectionTo(effect);
    if (objection !== undefined) return world.refuse(effect, objection.rule, ERROR_INVALID_PARAMETER, objection.message);
    keys.setDefault(effect);
    return ERROR_SUCCESS;
  }),
  setDefaultKeyId: forPort(world, ({ keys, algorithms }, effect): Answer => {
    if (effect.keyIndex > 3 && !isVendors(algorithms.unicastCipher ?? 0)) {
      return world.refuse(effect, 'R122', ERROR_INVALID_PARAMETER, `${effect.keyIndex} is no transmit key`);
    }
    keys.defaultKeyId = effect.keyIndex;
    return ERROR_SUCCESS;
  }),
  // Extended Key ID: only a key that is in can be transmitted with.
  setPairwiseTransmitKey: forPort(world, ({ keys }, effect): Answer => {
    if (keys.transmitWith(effect)) return ERROR_SUCCESS;
    return world.refuse(effect, 'R133', ERROR_NOT_FOUND, `${effect.peer} has no key with the id ${effect.keyId}`);
  }),
  setExcludeUnencrypted: forPort(world, (adapter, { exclude }) => {
    adapter.filter = { ...adapter.filter, excludeUnencrypted: exclude };
    return ERROR_SUCCESS;
  }),
});
