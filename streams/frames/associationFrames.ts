import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { pack, u16 } from './pack.js';
import { decode, type Reader } from './Reader.js';

/** The body of an Association or Reassociation Request (IEEE 802.11-2020 9.3.3.5, 9.3.3.7), cut where its elements begin. */
export interface AssociationRequest {
  readonly capabilities: number;
  readonly listenInterval: number;
  /** Only a reassociation names the AP it comes from: its fixed fields are six octets longer (R42). */
  readonly currentAp?: MacAddress;
  readonly elements: Uint8Array;
}

/** The body of an Association or Reassociation Response; both kinds have the same fixed fields (9.3.3.6, 9.3.3.8). */
export interface AssociationResponse {
  readonly capabilities: number;
  readonly status: number;
  readonly associationId: number;
  readonly elements: Uint8Array;
}

/** The body of a Beacon or a Probe Response (9.3.3.2, 9.3.3.10). */
export interface BeaconBody {
  readonly timestamp: Uint8Array;
  readonly interval: number;
  readonly capabilities: number;
  readonly elements: Uint8Array;
}

/** The two most significant bits of the AID field are set on air (9.4.1.8). */
const AID_MARK = 0xc000;

const request = (reader: Reader) => ({
  capabilities: reader.u16('Capability Information'),
  listenInterval: reader.u16('Listen Interval'),
});

/** Splits the request block of an association; `reassociation` is its `bReAssocReq` (C27). */
export const readAssociationRequest = (block: Uint8Array, reassociation: boolean): Decoded<AssociationRequest> =>
  decode(reassociation ? 'Reassociation Request' : 'Association Request', block, (reader) => ({
    ...request(reader),
    ...(reassociation ? { currentAp: reader.mac('Current AP Address') } : {}),
    elements: reader.rest('elements'),
  }));

export const writeAssociationRequest = ({ capabilities, listenInterval, currentAp, elements }: AssociationRequest): Uint8Array =>
  pack(u16(capabilities), u16(listenInterval), ...(currentAp === undefined ? [] : [macToBytes(currentAp)]), elements);

/** Splits the response block of an association, of either kind. */
export const readAssociationResponse = (block: Uint8Array): Decoded<AssociationResponse> =>
  decode('Association Response', block, (reader) => ({
    capabilities: reader.u16('Capability Information'),
    status: reader.u16('Status Code'),
    associationId: reader.u16('AID') & ~AID_MARK,
    elements: reader.rest('elements'),
  }));

export const writeAssociationResponse = ({ capabilities, status, associationId, elements }: AssociationResponse): Uint8Array =>
  pack(u16(capabilities), u16(status), u16(associationId | AID_MARK), elements);

/** Splits the beacon block of an association, which may hold a Probe Response as well (C28). */
export const readBeaconBody = (block: Uint8Array): Decoded<BeaconBody> =>
  decode('Beacon', block, (reader) => ({
    timestamp: reader.bytes('Timestamp', 8),
    interval: reader.u16('Beacon Interval'),
    capabilities: reader.u16('Capability Information'),
    elements: reader.rest('elements'),
  }));

export const writeBeaconBody = ({ timestamp, interval, capabilities, elements }: BeaconBody): Uint8Array =>
  pack(timestamp, u16(interval), u16(capabilities), elements);
