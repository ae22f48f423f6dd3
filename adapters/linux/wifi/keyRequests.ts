import { cipherByWindows } from '../../../operators/core/index.js';
import { Direction, type EffectOf, type KeyMaterial } from '../../../streams/events/index.js';
import type { GenericRequest } from '../genetlink/GenericMessage.js';
import { deleteKeyRequest, newKeyRequest, rekeyOffloadRequest } from '../nl80211/requests.js';

type KeyEffect = EffectOf<'setKeyMappingKey' | 'setDefaultKey'>;

const MICHAEL_KEY = 8;

/** The kernel wants the Michael key of what is sent before that of what is received; the interface has them the other way round (R125). */
const octetsOf = (material: KeyMaterial): Uint8Array => {
  if (material.form !== 'tkip') return material.key.reveal().slice();
  const [key, mic] = [material.key.reveal(), material.mic.reveal()];
  return Uint8Array.of(...key, ...mic.subarray(MICHAEL_KEY), ...mic.subarray(0, MICHAEL_KEY));
};

const placeOf = (effect: KeyEffect) =>
  effect.kind === 'setKeyMappingKey' ? { peer: effect.peer, index: effect.keyId ?? 0 } : { index: effect.keyIndex };

/** What a key download asks of the kernel; nothing where the kernel has no such cipher. The key stands in it until it is wiped. */
export const keyRequest = (index: number, effect: KeyEffect): GenericRequest | undefined => {
  const place = placeOf(effect);
  if (effect.delete) return deleteKeyRequest(index, place);
  const cipher = cipherByWindows(effect.algorithm)?.selector;
  const { material } = effect;
  if (cipher === undefined || material.form === 'raw') return undefined;
  const key = octetsOf(material);
  const isGroups = effect.kind === 'setDefaultKey';
  const onlyReceives = !isGroups && effect.keyId !== undefined && effect.direction === Direction.codes.INBOUND;
  const request = newKeyRequest(index, {
    ...{ ...place, cipher, key },
    ...(isGroups && { receiveCounter: material.counter }),
    ...(onlyReceives && { onlyReceives }),
  });
  key.fill(0);
  return request;
};

/** What the firmware is told for the time in which the machine sleeps. */
export const rekeyRequest = (index: number, { keys }: EffectOf<'setRekeyOffload'>): GenericRequest =>
  rekeyOffloadRequest(index, { ...keys, kck: keys.kck.reveal(), kek: keys.kek.reveal() });

/** Leaves nothing of a key behind once the kernel has it. */
export const wipe = ({ attributes }: GenericRequest): void => {
  for (const attribute of attributes) attribute.fill(0);
};
