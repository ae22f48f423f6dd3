import type { SealedBytes } from '../../../../streams/air/index.js';

/** Where things stand in a MAC header (IEEE 802.11-2020 9.2.3). */
const ADDRESS_2_AT = 10;
const SEQUENCE_AT = 22;
const ADDRESS_4_AT = 24;
const SHORT_HEADER = 24;

const TO_DS = 0x01;
const FROM_DS = 0x02;
const MORE_FRAGMENTS = 0x04;
const RETRY = 0x08;
const QOS = 0x80;
const TYPE = 0x0c;
const DATA = 0x08;

/** What every cipher with an extended IV has in front of what it encrypts. */
export const CIPHER_HEADER = 8;
const EXTENDED_IV = 0x20;

/** A protected frame, as far as its header tells. */
export interface Mpdu extends SealedBytes {
  readonly isData: boolean;
  readonly isRetry: boolean;
  readonly isFragment: boolean;
  readonly hasFourAddresses: boolean;
  readonly isQos: boolean;
  readonly tid: number;
  /** Which of four keys. */
  readonly keyId: number;
  /** Of CCMP and GCMP; TKIP has the two lowest octets in another order. */
  readonly packetNumber: number;
}

const octet = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

const HIGH = 2 ** 32;

/** The octets of PN5 to PN2 are where every cipher with an extended IV has them. */
const packetNumberOf = (body: Uint8Array, first: number, second: number): number =>
  ((octet(body, 7) << 8) | octet(body, 6)) * HIGH +
  (((octet(body, 5) << 24) | (octet(body, 4) << 16) | (octet(body, second) << 8) | octet(body, first)) >>> 0);

/** What the header of a frame tells, if it is long enough and no WEP. */
export const mpduOf = (sealed: SealedBytes, isTkip: boolean): Mpdu | undefined => {
  const { header, body } = sealed;
  if (header.length < SHORT_HEADER || body.length < CIPHER_HEADER || (octet(body, 3) & EXTENDED_IV) === 0) return undefined;
  const [control, flags] = [octet(header, 0), octet(header, 1)];
  const isData = (control & TYPE) === DATA;
  const hasFourAddresses = isData && (flags & (TO_DS | FROM_DS)) === (TO_DS | FROM_DS);
  const isQos = isData && (control & QOS) !== 0;
  return {
    header,
    body,
    isData,
    isQos,
    hasFourAddresses,
    isRetry: (flags & RETRY) !== 0,
    isFragment: (flags & MORE_FRAGMENTS) !== 0 || (octet(header, SEQUENCE_AT) & 0x0f) !== 0,
    tid: isQos ? octet(header, hasFourAddresses ? ADDRESS_4_AT + 6 : ADDRESS_4_AT) & 0x0f : 0,
    keyId: octet(body, 3) >>> 6,
    packetNumber: isTkip ? packetNumberOf(body, 2, 0) : packetNumberOf(body, 0, 1),
  };
};

/** Subtype bits that do not count for a data frame, and the flags that change on the way (12.5.3.3.3). */
const CONTROL_OF_DATA = 0x8f;
const FLAGS = 0xc7;
const FLAGS_OF_QOS = 0x47;
const PROTECTED = 0x40;
const ADDRESSES = 18;

/** What CCMP and GCMP authenticate of the header. */
export const associatedData = ({ header, isData, isQos, hasFourAddresses, tid }: Mpdu): Uint8Array => {
  const length = 4 + ADDRESSES + (hasFourAddresses ? 6 : 0) + (isQos ? 2 : 0);
  const data = new Uint8Array(length);
  data[0] = isData ? octet(header, 0) & CONTROL_OF_DATA : octet(header, 0);
  data[1] = (octet(header, 1) & (isQos ? FLAGS_OF_QOS : FLAGS)) | PROTECTED;
  for (let i = 0; i < ADDRESSES; i++) data[2 + i] = octet(header, 4 + i);
  data[20] = octet(header, SEQUENCE_AT) & 0x0f;
  if (hasFourAddresses) for (let i = 0; i < 6; i++) data[22 + i] = octet(header, ADDRESS_4_AT + i);
  if (isQos) data[length - 2] = tid;
  return data;
};

const writeTransmitterAndNumber = (nonce: Uint8Array, at: number, { header, body }: Mpdu): Uint8Array => {
  for (let i = 0; i < 6; i++) nonce[at + i] = octet(header, ADDRESS_2_AT + i);
  for (let i = 0; i < 4; i++) nonce[at + 6 + i] = octet(body, 7 - i);
  nonce[at + 10] = octet(body, 1);
  nonce[at + 11] = octet(body, 0);
  return nonce;
};

const MANAGEMENT = 0x10;

/** 12.5.3.3.4: priority, transmitter and packet number; management frames are marked. */
export const ccmpNonce = (mpdu: Mpdu): Uint8Array => {
  const nonce = new Uint8Array(13);
  nonce[0] = mpdu.isData ? mpdu.tid : MANAGEMENT;
  return writeTransmitterAndNumber(nonce, 1, mpdu);
};

/** 12.5.5.3.4 */
export const gcmpNonce = (mpdu: Mpdu): Uint8Array => writeTransmitterAndNumber(new Uint8Array(12), 0, mpdu);

export const transmitterOf = ({ header }: Mpdu): Uint8Array => header.subarray(ADDRESS_2_AT, ADDRESS_2_AT + 6);

/** What is encrypted: the body without the cipher's header. */
export const textOf = ({ body }: Mpdu): Uint8Array => body.subarray(CIPHER_HEADER);
