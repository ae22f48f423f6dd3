import { EapolType, readKeyInformation } from '../../../streams/frames/index.js';

/** What a frame of IEEE 802.11 is, by its content. `sealed` is data that is encrypted, `sealedManagement` a management frame that is. */
export type AirKind =
  | 'beacon'
  | 'probeRequest'
  | 'probeResponse'
  | 'authentication'
  | 'associationRequest'
  | 'associationResponse'
  | 'deauthentication'
  | 'disassociation'
  | 'action'
  | 'sealedManagement'
  | 'message1'
  | 'message2'
  | 'message3'
  | 'message4'
  | 'groupMessage1'
  | 'groupMessage2'
  | 'eap'
  | 'eapolStart'
  | 'eapol'
  | 'sealed'
  | 'data'
  | 'other';

/** A frame as it lies in a buffer, without radiotap and without its FCS. */
export interface AirFrame {
  readonly bytes: Uint8Array;
  readonly kind: AirKind;
  readonly by: 'ap' | 'station';
  readonly receiver: string;
  readonly transmitter: string;
  readonly isGroup: boolean;
  /** Where the EAPOL packet begins; only of what carries one that can be read. */
  readonly eapolAt?: number;
}

const MANAGEMENT: Readonly<Record<number, AirKind>> = {
  0: 'associationRequest',
  1: 'associationResponse',
  2: 'associationRequest',
  3: 'associationResponse',
  4: 'probeRequest',
  5: 'probeResponse',
  8: 'beacon',
  10: 'disassociation',
  11: 'authentication',
  12: 'deauthentication',
  13: 'action',
};

const TYPE_MANAGEMENT = 0;
const TYPE_DATA = 2;
const FROM_DS = 0x02;
const PROTECTED = 0x40;
const QOS = 0x8;
const NO_BODY = 0x4;
const SHORT_HEADER = 24;
const LLC_SIZE = 8;
/** The header of EAPOL, then the descriptor. */
const KEY_INFORMATION_AT = 5;
const KEY_DATA_LENGTH_AT = 97;
const ETHERTYPE_AT = 6;
const EAPOL = 0x888e;

export const u16At = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

export const addressAt = (bytes: Uint8Array, at: number): string =>
  [...bytes.subarray(at, at + 6)].map((octet) => octet.toString(16).padStart(2, '0')).join(':');

/** By its flags (IEEE 802.11-2020 12.7.6.1, 12.7.7.1); message 4 has no data, message 2 has. */
const keyKind = (packet: Uint8Array): AirKind => {
  const { pairwise, ack, mic } = readKeyInformation(u16At(packet, KEY_INFORMATION_AT));
  if (!pairwise) return ack ? 'groupMessage1' : 'groupMessage2';
  if (ack) return mic ? 'message3' : 'message1';
  return u16At(packet, KEY_DATA_LENGTH_AT) === 0 ? 'message4' : 'message2';
};

const eapolKind = (packet: Uint8Array): AirKind => {
  switch (packet[1]) {
    case EapolType.codes.KEY:
      return packet.length < KEY_DATA_LENGTH_AT + 2 ? 'eapol' : keyKind(packet);
    case EapolType.codes.EAP_PACKET:
      return 'eap';
    case EapolType.codes.START:
      return 'eapolStart';
    default:
      return 'eapol';
  }
};

const dataKind = (bytes: Uint8Array, subtype: number): Pick<AirFrame, 'kind' | 'eapolAt'> => {
  if ((subtype & NO_BODY) !== 0) return { kind: 'other' };
  if (((bytes[1] ?? 0) & PROTECTED) !== 0) return { kind: 'sealed' };
  const body = SHORT_HEADER + ((subtype & QOS) === 0 ? 0 : 2);
  if (bytes.length < body + LLC_SIZE || u16At(bytes, body + ETHERTYPE_AT) !== EAPOL) return { kind: 'data' };
  const eapolAt = body + LLC_SIZE;
  return { kind: eapolKind(bytes.subarray(eapolAt)), eapolAt };
};

const kindOf = (bytes: Uint8Array): Pick<AirFrame, 'kind' | 'eapolAt'> => {
  const control = bytes[0] ?? 0;
  const [type, subtype] = [(control >> 2) & 3, control >> 4];
  if (bytes.length < SHORT_HEADER) return { kind: 'other' };
  if (type === TYPE_DATA) return dataKind(bytes, subtype);
  if (type !== TYPE_MANAGEMENT) return { kind: 'other' };
  const isSealed = ((bytes[1] ?? 0) & PROTECTED) !== 0;
  return { kind: isSealed ? 'sealedManagement' : (MANAGEMENT[subtype] ?? 'other') };
};

/** Reads what a frame is. Of management frames whoever speaks for the BSSID is an access point. */
export const readAirFrame = (bytes: Uint8Array): AirFrame => {
  const isData = (((bytes[0] ?? 0) >> 2) & 3) === TYPE_DATA;
  const isOfAp = isData ? ((bytes[1] ?? 0) & FROM_DS) !== 0 : addressAt(bytes, 10) === addressAt(bytes, 16);
  return {
    ...{ bytes, ...kindOf(bytes), by: isOfAp ? 'ap' : 'station' },
    ...{ receiver: addressAt(bytes, 4), transmitter: addressAt(bytes, 10), isGroup: ((bytes[4] ?? 0) & 1) === 1 },
  };
};
