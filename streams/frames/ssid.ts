import { right } from 'fp-ts/lib/Either.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { pack, u32, zeros } from './pack.js';
import { decode, type Reader } from './Reader.js';

/** DOT11_SSID: a length and always 32 octets. */
const SSID_SIZE = 36;
const SSID_MAX_LENGTH = 32;

const STRUCTURE = 'DOT11_SSID';

export const ssid = (reader: Reader): Uint8Array =>
  reader.nested(STRUCTURE, 'SSID', SSID_SIZE, (inner) => {
    const length = inner.located('uSSIDLength');
    inner.check(length.value <= SSID_MAX_LENGTH, 'LENGTH', length, `at most ${SSID_MAX_LENGTH}`);
    return inner.bytes('ucSSID', length.value);
  });

export const readSsid = (bytes: Uint8Array): Decoded<Uint8Array> => decode(STRUCTURE, bytes, ssid);

export const writeSsid = (octets: Uint8Array): Encoded =>
  octets.length > SSID_MAX_LENGTH
    ? unwritable(STRUCTURE, 'uSSIDLength', `at most ${SSID_MAX_LENGTH}`, String(octets.length))
    : right(pack(u32(octets.length), octets, zeros(SSID_MAX_LENGTH - octets.length)));
