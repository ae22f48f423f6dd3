import { map, right } from 'fp-ts/lib/Either.js';
import { type EffectOf, macToBytes } from '../events/index.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { keyMaterial, NO_MATERIAL, writeKeyMaterial } from './keyMaterial.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { atLeast, flag, pack, u16, u32, zeros } from './pack.js';
import { decode } from './Reader.js';

/** A group or WEP key by index (R121). A `setDefaultKey` effect is one; its direction is a parameter of the call. */
export type DefaultKey = Pick<EffectOf<'setDefaultKey'>, 'keyIndex' | 'algorithm' | 'peer' | 'delete' | 'static' | 'material'>;

/** `sizeof`; the key itself begins at byte 22, which no 32-bit member of it survives aligned. */
const DEFAULT_KEY_SIZE = 24;

/** DOT11_CIPHER_DEFAULT_KEY_VALUE */
export const readDefaultKey = (bytes: Uint8Array): Decoded<DefaultKey> =>
  decode('DOT11_CIPHER_DEFAULT_KEY_VALUE', bytes, (reader) => {
    reader.need(DEFAULT_KEY_SIZE);
    objectHeader(reader, DEFAULT_KEY_SIZE);
    const keyIndex = reader.u32('uKeyIndex');
    const algorithm = reader.u32('AlgorithmId');
    const peer = reader.mac('MacAddr');
    const isDelete = reader.flag('bDelete');
    const isStatic = reader.flag('bStatic');
    const length = reader.u16('usKeyLength');
    const material = isDelete ? NO_MATERIAL : keyMaterial(reader, algorithm, length);
    return { keyIndex, algorithm, peer, delete: isDelete, static: isStatic, material };
  });

/** The header's size is that of the structure, whatever the key adds (R132); of a deletion no key is written (R129). */
export const writeDefaultKey = (value: DefaultKey): Encoded =>
  map((material: Uint8Array) =>
    atLeast(
      DEFAULT_KEY_SIZE,
      pack(
        ...[defaultHeader(DEFAULT_KEY_SIZE), u32(value.keyIndex), u32(value.algorithm), macToBytes(value.peer)],
        ...[flag(value.delete), flag(value.static), u16(material.length), material],
      ),
    ),
  )(value.delete ? right(zeros(0)) : writeKeyMaterial(value.algorithm, value.material));
