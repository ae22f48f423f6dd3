import { map } from 'fp-ts/lib/Either.js';
import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { ihvData, writeIhvData } from './ihvData.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { pack, zeros } from './pack.js';
import { decode } from './Reader.js';
import { ssid, writeSsid } from './ssid.js';

/** What a miniport says when it begins to associate. */
export interface AssociationStart {
  readonly peer: MacAddress;
  readonly ssid: Uint8Array;
  readonly ihvData: Uint8Array;
}

const ASSOCIATION_START_SIZE = 56;

/** DOT11_ASSOCIATION_START_PARAMETERS */
export const readAssociationStart = (bytes: Uint8Array): Decoded<AssociationStart> =>
  decode('DOT11_ASSOCIATION_START_PARAMETERS', bytes, (reader) => {
    reader.need(ASSOCIATION_START_SIZE);
    objectHeader(reader, ASSOCIATION_START_SIZE);
    const peer = reader.mac('MacAddr');
    reader.skip(2);
    return { peer, ssid: ssid(reader), ihvData: ihvData(reader) };
  });

export const writeAssociationStart = (start: AssociationStart): Encoded =>
  map((name: Uint8Array) =>
    pack(
      defaultHeader(ASSOCIATION_START_SIZE),
      macToBytes(start.peer),
      zeros(2),
      name,
      ...writeIhvData(ASSOCIATION_START_SIZE, start.ihvData),
    ),
  )(writeSsid(start.ssid));
