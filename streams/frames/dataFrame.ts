import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { pack, u16be, zeros } from './pack.js';
import { decode, type Reader } from './Reader.js';
import type { SecurityPacket } from './securityPacket.js';

/** A packet as an 802.11 data frame between a station and its AP, which is the `peer` in either direction. */
export interface DataFrame extends SecurityPacket {
  readonly station: MacAddress;
  readonly direction: 'toAp' | 'fromAp';
}

/** Frame Control, first octet: version 0, type 2 (data); IEEE 802.11-2020 9.2.4.1. */
const DATA = 0x08;
const VERSION_AND_TYPE = 0x0f;
const QOS = 0x80;
const NO_DATA = 0x40;

/** Frame Control, second octet. */
const TO_DS = 0x01;
const FROM_DS = 0x02;
const PROTECTED = 0x40;
const HT_CONTROL = 0x80;

/** QoS Control: the frame holds an aggregate, not one packet. */
const A_MSDU = 0x80;

/** LLC AA AA 03, SNAP OUI 00 00 00 (RFC 1042). */
const LLC_SNAP = Uint8Array.of(0xaa, 0xaa, 0x03, 0, 0, 0);

const STRUCTURE = '802.11 data frame';

const hex = (octet: number): string => `0x${octet.toString(16).padStart(2, '0')}`;

const frameControl = (reader: Reader) => {
  const { at } = reader;
  const [kind, flags] = [reader.u8('Frame Control'), reader.u8('Frame Control')];
  const isData = (kind & VERSION_AND_TYPE) === DATA && (kind & NO_DATA) === 0;
  const ds = flags & (TO_DS | FROM_DS);
  const isOneWay = ds === TO_DS || ds === FROM_DS;
  reader.check(isData, 'VALUE', { field: 'Frame Control', at, value: hex(kind) }, 'a version 0 data frame with a body');
  reader.check(isOneWay, 'VALUE', { field: 'Frame Control', at: at + 1, value: hex(flags) }, 'either To DS or From DS');
  return {
    isQos: (kind & QOS) !== 0,
    fromAp: ds === FROM_DS,
    isProtected: (flags & PROTECTED) !== 0,
    hasHtControl: (flags & HT_CONTROL) !== 0,
  };
};

const skipQos = (reader: Reader, hasHtControl: boolean): void => {
  const { at } = reader;
  const isAggregate = (reader.u16('QoS Control') & A_MSDU) !== 0;
  reader.check(!isAggregate, 'VALUE', { field: 'QoS Control', at, value: 'an A-MSDU' }, 'one MSDU');
  if (hasHtControl) reader.skip(4, 'HT Control');
};

const llcSnap = (reader: Reader): void => {
  for (const octet of LLC_SNAP) {
    const { at } = reader;
    const found = reader.u8('LLC/SNAP');
    reader.check(found === octet, 'VALUE', { field: 'LLC/SNAP', at, value: hex(found) }, hex(octet));
  }
};

const read = (reader: Reader): DataFrame => {
  const { isQos, fromAp, isProtected, hasHtControl } = frameControl(reader);
  reader.skip(2, 'Duration');
  const [first, second] = [reader.mac('Address 1'), reader.mac('Address 2')];
  reader.skip(6, 'Address 3');
  reader.skip(2, 'Sequence Control');
  if (isQos) skipQos(reader, hasHtControl);
  llcSnap(reader);
  return {
    direction: fromAp ? 'fromAp' : 'toAp',
    station: fromAp ? first : second,
    peer: fromAp ? second : first,
    etherType: reader.u16be('EtherType'),
    payload: reader.rest('payload'),
    protected: isProtected,
  };
};

/** The full form of C10: MAC header, LLC/SNAP, payload. QoS data is tolerated, and so are all bits the adapter owns (R76). */
export const readDataFrame = (bytes: Uint8Array): Decoded<DataFrame> => decode(STRUCTURE, bytes, read);

/** The bits and addresses the engine owns are set; duration, sequence control and the adapter's bits, Protected too, are zero (R76). */
export const writeDataFrame = ({ direction, station, peer, etherType, payload }: DataFrame): Uint8Array => {
  const [ap, sta] = [macToBytes(peer), macToBytes(station)];
  const isToAp = direction === 'toAp';
  return pack(
    Uint8Array.of(DATA, isToAp ? TO_DS : FROM_DS),
    zeros(2),
    // Address 3 is the AP in both directions: it is the far end of the packet as well (9.3.2.1).
    ...(isToAp ? [ap, sta, ap] : [sta, ap, ap]),
    zeros(2),
    ...[LLC_SNAP, u16be(etherType), payload],
  );
};
