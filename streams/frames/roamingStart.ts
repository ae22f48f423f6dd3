import { map } from 'fp-ts/lib/Either.js';
import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { pack, u32, zeros } from './pack.js';
import { decode } from './Reader.js';
import { ssid, writeSsid } from './ssid.js';

/** A roam begins; BSSID and SSID speak of an ad hoc network only. */
export interface RoamingStart {
  readonly bssid: MacAddress;
  readonly ssid: Uint8Array;
  /** A DOT11_ASSOC_STATUS, 0xB..0xD. */
  readonly reason: number;
}

const ROAMING_START_SIZE = 52;

/** DOT11_ROAMING_START_PARAMETERS */
export const readRoamingStart = (bytes: Uint8Array): Decoded<RoamingStart> =>
  decode('DOT11_ROAMING_START_PARAMETERS', bytes, (reader) => {
    reader.need(ROAMING_START_SIZE);
    objectHeader(reader, ROAMING_START_SIZE);
    const bssid = reader.mac('AdhocBSSID');
    reader.skip(2);
    return { bssid, ssid: ssid(reader), reason: reader.u32('uRoamingReason') };
  });

export const writeRoamingStart = ({ bssid, ssid: octets, reason }: RoamingStart): Encoded =>
  map((name: Uint8Array) => pack(defaultHeader(ROAMING_START_SIZE), macToBytes(bssid), zeros(2), name, u32(reason)))(
    writeSsid(octets),
  );
