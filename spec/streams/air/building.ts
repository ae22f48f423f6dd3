import { bytesOfMac48, type Mac48 } from '../../../streams/air/index.js';
import { hex } from '../frames/hex.js';

export const STATION: Mac48 = 0x020000000001;
export const OTHER_STATION: Mac48 = 0x020000000002;
export const AP: Mac48 = 0x0200000000aa;
export const OTHER_AP: Mac48 = 0x0200000000bb;

export const TO_DS = 1;
export const FROM_DS = 2;
export const MORE_FRAGMENTS = 4;
export const RETRY = 8;
export const PROTECTED = 0x40;
export const ORDER = 0x80;

export const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const le16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >>> 8);
export const be16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value & 0xff);
export const le32 = (value: number): Uint8Array => joined(le16(value & 0xffff), le16(value >>> 16));
export const be32 = (value: number): Uint8Array => le32(value).reverse();

interface Header {
  readonly flags?: number;
  readonly sequence?: number;
  readonly fragment?: number;
}

let sequences = 0;
/** Frames that say nothing of it have a number of their own each. */
const sequenceControl = ({ sequence, fragment = 0 }: Header): Uint8Array => {
  sequences = (sequences + 1) % 4096;
  return le16(((sequence ?? sequences) << 4) | fragment);
};

interface Management extends Header {
  readonly to?: Mac48;
  readonly from?: Mac48;
  readonly bssid?: Mac48;
  readonly htControl?: Uint8Array;
}

/** A management frame of the station to the access point, unless it says otherwise. */
export const management = (subtype: number, body: Uint8Array, header: Management = {}): Uint8Array => {
  const { to = AP, from = STATION, bssid = AP, flags = 0, htControl = new Uint8Array(0) } = header;
  const start = Uint8Array.of(subtype << 4, flags, 0, 0);
  return joined(start, ...[to, from, bssid].map(bytesOfMac48), sequenceControl(header), htControl, body);
};

interface Data extends Header {
  readonly addresses?: ReadonlyArray<Mac48>;
  readonly qos?: number;
  readonly htControl?: Uint8Array;
  /** Octets between header and body. */
  readonly padding?: number;
  readonly subtype?: number;
}

/** A data frame; the flags decide who speaks, the station where they say nothing. */
export const data = (body: Uint8Array, header: Data = {}): Uint8Array => {
  const { flags = TO_DS, qos, htControl = new Uint8Array(0), padding = 0, subtype = 0 } = header;
  const { addresses = (flags & FROM_DS) === 0 ? [AP, STATION, AP] : [STATION, AP, AP] } = header;
  const [first, second, third, fourth] = addresses.map(bytesOfMac48);
  return joined(
    Uint8Array.of(((qos === undefined ? subtype : subtype | 8) << 4) | 8, flags, 0, 0),
    ...[first, second, third].map((address) => address ?? new Uint8Array(6)),
    sequenceControl(header),
    ...(fourth === undefined ? [] : [fourth]),
    ...(qos === undefined ? [] : [le16(qos)]),
    htControl,
    new Uint8Array(padding),
    body,
  );
};

/** Version 2, a packet of that type, its length in front of the body. */
export const eapol = (type: number, body: Uint8Array): Uint8Array => joined(Uint8Array.of(2, type), be16(body.length), body);

/** An EAPOL-Key packet of the RSN descriptor with that key information. */
export const key = (information: number): Uint8Array => eapol(3, joined(Uint8Array.of(2), be16(information), new Uint8Array(92)));

export const MESSAGE_1 = key(0x008a);
export const MESSAGE_2 = key(0x010a);
export const EAPOL_START = eapol(1, new Uint8Array(0));
export const EAP_REQUEST = eapol(0, hex('01 01 0005 01'));
export const EAP_RESPONSE = eapol(0, hex('02 01 0006 01 61'));

export const LLC = hex('aaaa03 000000 888e');
export const llc = (packet: Uint8Array): Uint8Array => joined(LLC, packet);

/** What 802.11 calls octets of a body: capabilities, listen interval, SSID `net`, an RSNE. */
export const RSNE = hex('3014 0100 000fac04 0100 000fac04 0100 000fac02 0000');
export const SSID = hex('0003 6e6574');
export const REQUEST = joined(hex('1104 0a00'), SSID, RSNE);

export const beaconBody = (...elements: ReadonlyArray<Uint8Array>): Uint8Array =>
  joined(hex('0000000000000000 6400 1104'), ...elements);

export const beacon = (body: Uint8Array, from = AP, subtype = 8): Uint8Array =>
  management(subtype, body, { to: 0xffffffffffff, from, bssid: from });

const crcBit = (rest: number): number => ((rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ 0xedb88320);

/** The frame with its FCS, computed bit by bit. */
export const withFcs = (frame: Uint8Array): Uint8Array => {
  const rest = frame.reduce((sum, octet) => {
    let next = (sum ^ octet) >>> 0;
    for (let bit = 0; bit < 8; bit += 1) next = crcBit(next);
    return next;
  }, 0xffffffff);
  return joined(frame, le32(~rest >>> 0));
};
