import { equalBytes } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type Mpdu, transmitterOf } from './Mpdu.js';
import { michael } from './michael.js';
import { mixedKey } from './tkipMixing.js';

const ICV = 4;
const MIC = 8;
const KEY = 16;
const MICHAEL_KEY = 8;
const FROM_DS = 0x02;

const CRC_POLYNOMIAL = 0xedb88320;

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const octet of bytes) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (-(crc & 1) & CRC_POLYNOMIAL);
  }
  return ~crc >>> 0;
};

const HIGH = 2 ** 16;

const decrypted = (crypto: Crypto, key: Uint8Array, mpdu: Mpdu, text: Uint8Array): Uint8Array => {
  const { packetNumber } = mpdu;
  const iv32 = Math.floor(packetNumber / HIGH) >>> 0;
  const seed = mixedKey(key.subarray(0, KEY), transmitterOf(mpdu), iv32, packetNumber % HIGH);
  const plain = crypto.rc4(seed, 0, text);
  seed.fill(0);
  return plain;
};

export const peekTkip = (crypto: Crypto, key: Uint8Array, mpdu: Mpdu, text: Uint8Array): Uint8Array =>
  decrypted(crypto, key, mpdu, text);

const hasRightIcv = (plain: Uint8Array): boolean => {
  const end = plain.length - ICV;
  const icv = crc32(plain.subarray(0, end));
  for (let i = 0; i < ICV; i++) if (plain[end + i] !== ((icv >>> (8 * i)) & 0xff)) return false;
  return true;
};

/** Destination, source and priority stand before the data (IEEE 802.11-2020 Figure 12-9). */
const michaelMessage = ({ header, tid }: Mpdu, isFromAp: boolean, data: Uint8Array): Uint8Array => {
  const message = new Uint8Array(16 + data.length);
  const [destination, source] = isFromAp ? [4, 16] : [16, 10];
  message.set(header.subarray(destination, destination + 6));
  message.set(header.subarray(source, source + 6), 6);
  message[12] = tid;
  message.set(data, 16);
  return message;
};

const hasRightMic = (key: Uint8Array, mpdu: Mpdu, data: Uint8Array, mic: Uint8Array): boolean => {
  const isFromAp = ((mpdu.header[1] ?? 0) & FROM_DS) !== 0;
  const at = KEY + (isFromAp ? 0 : MICHAEL_KEY);
  const message = michaelMessage(mpdu, isFromAp, data);
  const isRight = equalBytes(michael(key.subarray(at, at + MICHAEL_KEY), message), mic);
  message.fill(0);
  return isRight;
};

/** The body of a frame, if its ICV is right, and its Michael MIC too: that of a packet in fragments is not in each of them. */
export const openTkip = (crypto: Crypto, key: Uint8Array, mpdu: Mpdu, text: Uint8Array): Uint8Array | undefined => {
  if (text.length < ICV + MIC || key.length < KEY + 2 * MICHAEL_KEY) return undefined;
  const plain = decrypted(crypto, key, mpdu, text);
  if (!hasRightIcv(plain)) return undefined;
  if (mpdu.isFragment) return plain.slice(0, -ICV);
  const end = plain.length - ICV - MIC;
  const data = plain.slice(0, end);
  return hasRightMic(key, mpdu, data, plain.subarray(end, end + MIC)) ? data : undefined;
};
