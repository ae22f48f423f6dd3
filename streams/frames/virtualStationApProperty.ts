import { map } from 'fp-ts/lib/Either.js';
import { type EffectOf, Secret } from '../events/index.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { flag32, pack, u32, zeros } from './pack.js';
import { decode, type Reader } from './Reader.js';
import { ssid, writeSsid } from './ssid.js';

/**
 * What a virtual station announces as an AP. `key` is a passphrase without its terminating NUL, 32 octets, or 64 hex digits.
 * A `setVirtualStationApProperties` effect is one.
 */
export type VirtualStationApProperty = Pick<
  EffectOf<'setVirtualStationApProperties'>,
  'ssid' | 'authAlgorithm' | 'cipher' | 'isPassphrase' | 'key'
>;

const VIRTUAL_STATION_AP_PROPERTY_SIZE = 116;

const STRUCTURE = 'DOT11EXT_VIRTUAL_STATION_AP_PROPERTY';

/** DOT11EXT_PSK_MAX_LENGTH */
const KEY_ROOM = 64;
const RAW_LENGTH = 32;
const HEX_LENGTH = 64;

const isHexDigit = (octet: number): boolean => /[0-9a-fA-F]/.test(String.fromCharCode(octet));

/** R244, and the 8 to 63 characters of IEEE 802.11-2020 J.4: why these octets are no key, or nothing. */
const objection = (isPassphrase: boolean, key: Uint8Array): string | undefined => {
  if (isPassphrase)
    return key.length >= 8 && key.length <= 63 && !key.includes(0) ? undefined : 'a passphrase of 8 to 63 characters';
  if (key.length === RAW_LENGTH) return undefined;
  return key.length === HEX_LENGTH && key.every(isHexDigit) ? undefined : '32 octets or 64 hex digits';
};

const checkedKey = (reader: Reader, isPassphrase: boolean): Secret => {
  const length = reader.located('dwKeyLength');
  reader.check(length.value <= KEY_ROOM, 'LENGTH', length, `at most ${KEY_ROOM}`);
  const { at } = reader;
  const stored = reader.secret('ucKeyData', length.value);
  // The length of a passphrase includes its terminating NUL (R244).
  const isEnded = !isPassphrase || stored.reveal().at(-1) === 0;
  reader.check(isEnded, 'VALUE', { field: 'ucKeyData', at, value: 'none' }, 'a terminating NUL in the length');
  const key = isPassphrase ? Secret.of(stored.reveal().subarray(0, -1)) : stored.copy();
  stored.zeroise();
  const expected = objection(isPassphrase, key.reveal());
  if (expected !== undefined) reader.fail('LENGTH', { ...length, value: `${length.value} other bytes` }, expected);
  return key;
};

/** DOT11EXT_VIRTUAL_STATION_AP_PROPERTY */
export const readVirtualStationApProperty = (bytes: Uint8Array): Decoded<VirtualStationApProperty> =>
  decode(STRUCTURE, bytes, (reader) => {
    reader.need(VIRTUAL_STATION_AP_PROPERTY_SIZE);
    const name = ssid(reader);
    const authAlgorithm = reader.u32('dot11AuthAlgo');
    const cipher = reader.u32('dot11CipherAlgo');
    const isPassphrase = reader.flag32('bIsPassPhrase');
    return { ssid: name, authAlgorithm, cipher, isPassphrase, key: checkedKey(reader, isPassphrase) };
  });

export const writeVirtualStationApProperty = (property: VirtualStationApProperty): Encoded => {
  const { isPassphrase, key } = property;
  const expected = key.isKnown ? objection(isPassphrase, key.reveal()) : 'a known key';
  if (expected !== undefined) return unwritable(STRUCTURE, 'ucKeyData', expected, `${key.length} other bytes`);
  const stored = isPassphrase ? pack(key.reveal(), zeros(1)) : key.reveal();
  return map((name: Uint8Array) =>
    pack(
      ...[name, u32(property.authAlgorithm), u32(property.cipher), flag32(isPassphrase)],
      ...[u32(stored.length), stored, zeros(KEY_ROOM - stored.length)],
    ),
  )(writeSsid(property.ssid));
};
