import { createDecipheriv, type DecipherGCM } from 'node:crypto';
import type { KeyMaterial } from '../../streams/events/index.js';
import { type AirFrame, DATA, FROM_DS, TO_DS } from './airFrames.js';
import { openTkip } from './tkip.js';

const QOS = 8;
const HEADER = 8;

const isQos = ({ type, subtype }: AirFrame): boolean => type === DATA && (subtype & QOS) !== 0;
const hasFourAddresses = ({ flags }: AirFrame): boolean => (flags & (TO_DS | FROM_DS)) === (TO_DS | FROM_DS);

const ADDRESS_4_AT = 24;
const qosControl = (frame: AirFrame): number =>
  isQos(frame) ? (frame.header[hasFourAddresses(frame) ? ADDRESS_4_AT + 6 : ADDRESS_4_AT] ?? 0) : 0;
const tidOf = (frame: AirFrame): number => qosControl(frame) & 0x0f;

/** What CCMP and GCMP authenticate of the header (IEEE 802.11-2020 12.5.3.3.3): all but what changes on the way. */
const associated = (frame: AirFrame): Uint8Array => {
  const { header } = frame;
  const [control = 0, flags = 0] = header;
  const fragment = (header[22] ?? 0) & 0x0f;
  return Uint8Array.of(
    frame.type === DATA ? control & 0x8f : control,
    (flags & (isQos(frame) ? 0x47 : 0xc7)) | 0x40,
    ...header.subarray(4, 22),
    ...[fragment, 0],
    ...(hasFourAddresses(frame) ? header.subarray(ADDRESS_4_AT, ADDRESS_4_AT + 6) : []),
    ...(isQos(frame) ? [tidOf(frame), 0] : []),
  );
};

/** PN5 first, as the nonces have it. */
const packetNumber = ([pn0 = 0, pn1 = 0, , , pn2 = 0, pn3 = 0, pn4 = 0, pn5 = 0]: Uint8Array): ReadonlyArray<number> => [
  ...[pn5, pn4, pn3],
  ...[pn2, pn1, pn0],
];

const opened = (make: () => DecipherGCM, aad: Uint8Array, sealed: Uint8Array, tag: number): Uint8Array | undefined => {
  if (sealed.length < tag) return undefined;
  const [text, mic] = [sealed.subarray(0, -tag), sealed.subarray(-tag)];
  try {
    const decipher = make();
    decipher.setAuthTag(mic);
    decipher.setAAD(aad, { plaintextLength: text.length });
    const plain = Uint8Array.from(decipher.update(text));
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
};

const transmitter = ({ header }: AirFrame): Uint8Array => header.subarray(10, 16);

/** CCMP-128 has a MIC of 8 octets, CCMP-256 one of 16 (12.5.3). */
const openCcmp = (frame: AirFrame, key: Uint8Array): Uint8Array | undefined => {
  const nonce = Uint8Array.of(tidOf(frame), ...transmitter(frame), ...packetNumber(frame.body));
  const [cipher, tag] = key.length === 32 ? (['aes-256-ccm', 16] as const) : (['aes-128-ccm', 8] as const);
  const make = () => createDecipheriv(cipher, key, nonce, { authTagLength: tag });
  return opened(make as unknown as () => DecipherGCM, associated(frame), frame.body.subarray(HEADER), tag);
};

/** 12.5.5 */
const openGcmp = (frame: AirFrame, key: Uint8Array): Uint8Array | undefined => {
  const nonce = Uint8Array.of(...transmitter(frame), ...packetNumber(frame.body));
  const cipher = key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
  return opened(() => createDecipheriv(cipher, key, nonce), associated(frame), frame.body.subarray(HEADER), 16);
};

const openedWith = (frame: AirFrame, material: KeyMaterial): Uint8Array | undefined => {
  const key = material.key.reveal();
  switch (material.form) {
    case 'ccmp':
      return openCcmp(frame, key);
    case 'gcmp':
      return openGcmp(frame, key);
    case 'tkip':
      return openTkip(frame, key, material.mic.reveal(), tidOf(frame));
    default:
      return undefined;
  }
};

const FCS = 4;

/** The body of a protected data frame in the clear, if that is the key: its MIC decides. Some captures do not tell of an FCS. */
export const openData = (frame: AirFrame, material: KeyMaterial): Uint8Array | undefined =>
  openedWith(frame, material) ?? openedWith({ ...frame, body: frame.body.subarray(0, -FCS) }, material);
