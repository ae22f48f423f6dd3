/**
 * The Key Information field of an EAPOL-Key frame (IEEE 802.11-2020 12.7.2, Figure 12-33).
 *
 * @since 0.2.0
 */
export interface KeyInformation {
  /** Which MIC and which wrapping: 1 HMAC-MD5 and RC4, 2 HMAC-SHA1 and AES, 3 AES-CMAC and AES, 0 as the AKM says. */
  readonly descriptorVersion: number;
  /** Key Type: a pairwise key, or a group key. */
  readonly pairwise: boolean;
  /** The key index of a WPA1 group key; reserved in RSN. */
  readonly index: number;
  readonly install: boolean;
  readonly ack: boolean;
  readonly mic: boolean;
  readonly secure: boolean;
  readonly error: boolean;
  readonly request: boolean;
  /** The Key Data is encrypted. Never set in WPA1, whose group key always is. */
  readonly encrypted: boolean;
  readonly smk: boolean;
}

const VERSION = 0x0007;
const PAIRWISE = 0x0008;
const INDEX_SHIFT = 4;
const INDEX = 0x3;
const INSTALL = 0x0040;
const ACK = 0x0080;
const MIC = 0x0100;
const SECURE = 0x0200;
const ERROR = 0x0400;
const REQUEST = 0x0800;
const ENCRYPTED = 0x1000;
const SMK = 0x2000;

const informationOf = (value: number): KeyInformation => ({
  descriptorVersion: value & VERSION,
  pairwise: (value & PAIRWISE) !== 0,
  index: (value >>> INDEX_SHIFT) & INDEX,
  install: (value & INSTALL) !== 0,
  ack: (value & ACK) !== 0,
  mic: (value & MIC) !== 0,
  secure: (value & SECURE) !== 0,
  error: (value & ERROR) !== 0,
  request: (value & REQUEST) !== 0,
  encrypted: (value & ENCRYPTED) !== 0,
  smk: (value & SMK) !== 0,
});

const BITS = 0x3fff;
const known = new Map<number, KeyInformation>();

/**
 * Reads the 16 bits; 14 and 15 are reserved and ignored. Equal ones are one object: there are few, and thousands of frames with each.
 *
 * @example
 * readKeyInformation(0x13ca).install; // true: message 3
 *
 * @since 0.2.0
 */
export const readKeyInformation = (value: number): KeyInformation => {
  const bits = value & BITS;
  const information = known.get(bits) ?? informationOf(bits);
  known.set(bits, information);
  return information;
};

/**
 * The 16 bits, with the reserved ones zero.
 *
 * @since 0.2.0
 */
export const writeKeyInformation = (information: KeyInformation): number =>
  (information.descriptorVersion & VERSION) |
  (information.pairwise ? PAIRWISE : 0) |
  ((information.index & INDEX) << INDEX_SHIFT) |
  (information.install ? INSTALL : 0) |
  (information.ack ? ACK : 0) |
  (information.mic ? MIC : 0) |
  (information.secure ? SECURE : 0) |
  (information.error ? ERROR : 0) |
  (information.request ? REQUEST : 0) |
  (information.encrypted ? ENCRYPTED : 0) |
  (information.smk ? SMK : 0);
