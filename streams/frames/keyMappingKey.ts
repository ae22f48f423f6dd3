import { map, right } from 'fp-ts/lib/Either.js';
import { type EffectOf, type KeyMaterial, macToBytes } from '../events/index.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { keyMaterial, NO_MATERIAL, writeKeyMaterial } from './keyMaterial.js';
import { atLeast, flag, pack, u16, u32, zeros } from './pack.js';
import { decode, type Reader } from './Reader.js';

/** A pairwise key, identified by peer and direction together (R120). A `setKeyMappingKey` effect is one. */
export type KeyMappingKey = Pick<
  EffectOf<'setKeyMappingKey'>,
  'peer' | 'algorithm' | 'direction' | 'delete' | 'static' | 'material'
>;

/** `sizeof`; the key itself begins earlier, at byte 20. */
const KEY_MAPPING_KEY_SIZE = 24;

export const KEY_MAPPING_KEY = 'DOT11_CIPHER_KEY_MAPPING_KEY_VALUE';

type ReadMaterial = (reader: Reader, algorithm: number, length: number) => KeyMaterial;

const key = (reader: Reader, deleted: ReadMaterial): KeyMappingKey => {
  const peer = reader.mac('PeerMacAddr');
  reader.skip(2);
  const algorithm = reader.u32('AlgorithmId');
  const direction = reader.u32('Direction');
  const isDelete = reader.flag('bDelete');
  const isStatic = reader.flag('bStatic');
  const length = reader.u16('usKeyLength');
  const material = (isDelete ? deleted : keyMaterial)(reader, algorithm, length);
  return { peer, algorithm, direction, delete: isDelete, static: isStatic, material };
};

/** One entry of a list: of a deletion only the length matters, as the way to the next entry. */
export const keyMappingKeyEntry = (reader: Reader): KeyMappingKey =>
  key(reader, (_reader, _algorithm, length) => {
    reader.skip(length, 'ucKey');
    return NO_MATERIAL;
  });

/**
 * DOT11_CIPHER_KEY_MAPPING_KEY_VALUE, whose nested form follows from `AlgorithmId` (R124). Of a deletion the key length and
 * material are ignored (R129).
 */
export const readKeyMappingKey = (bytes: Uint8Array): Decoded<KeyMappingKey> =>
  decode(KEY_MAPPING_KEY, bytes, (reader) => {
    reader.need(KEY_MAPPING_KEY_SIZE);
    return key(reader, () => NO_MATERIAL);
  });

/** The exact bytes of one entry, without the padding of `sizeof`. */
export const writeKeyMappingKeyEntry = (value: KeyMappingKey): Encoded =>
  map((material: Uint8Array) =>
    pack(
      ...[macToBytes(value.peer), zeros(2), u32(value.algorithm), u32(value.direction)],
      ...[flag(value.delete), flag(value.static), u16(material.length), material],
    ),
  )(value.delete ? right(zeros(0)) : writeKeyMaterial(value.algorithm, value.material));

/** The structure as the API takes it: never shorter than `sizeof`. */
export const writeKeyMappingKey = (value: KeyMappingKey): Encoded =>
  map((entry: Uint8Array) => atLeast(KEY_MAPPING_KEY_SIZE, entry))(writeKeyMappingKeyEntry(value));
