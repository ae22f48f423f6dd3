import { map, right } from 'fp-ts/lib/Either.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { KEY_MAPPING_KEY, type KeyMappingKey, keyMappingKeyEntry, writeKeyMappingKeyEntry } from './keyMappingKey.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { atLeast, pack, u32, zeros } from './pack.js';
import { decode, type Reader } from './Reader.js';

const FIXED_SIZE = 12;
const SIZE_OF = 16;

const read = (reader: Reader): ReadonlyArray<KeyMappingKey> => {
  reader.need(FIXED_SIZE);
  objectHeader(reader, FIXED_SIZE);
  const used = reader.located('uNumOfBytes');
  const total = reader.located('uTotalNumOfBytes');
  reader.check(total.value >= used.value, 'LENGTH', total, `at least uNumOfBytes (${used.value})`);
  reader.check(used.value <= reader.remaining, 'LENGTH', used, `at most ${reader.remaining}`);
  return reader.nested(KEY_MAPPING_KEY, 'ucBuffer', used.value, (buffer) => buffer.repeat(keyMappingKeyEntry));
};

/**
 * A DOT11_BYTE_ARRAY of key mapping keys, as the miniport takes them: back to back, 20 + usKeyLength bytes each, so that
 * behind an odd key length nothing is aligned.
 */
export const readKeyMappingKeys = (bytes: Uint8Array): Decoded<ReadonlyArray<KeyMappingKey>> =>
  decode('DOT11_BYTE_ARRAY', bytes, read);

export const writeKeyMappingKeys = (keys: ReadonlyArray<KeyMappingKey>): Encoded =>
  map((entries: Uint8Array) => atLeast(SIZE_OF, pack(defaultHeader(SIZE_OF), u32(entries.length), u32(entries.length), entries)))(
    keys.reduce<Encoded>(
      (written, key) => {
        if (written._tag === 'Left') return written;
        return map((entry: Uint8Array) => pack(written.right, entry))(writeKeyMappingKeyEntry(key));
      },
      right(zeros(0)),
    ),
  );
