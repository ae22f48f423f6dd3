import type { SealedBytes } from '../../../../streams/air/index.js';
import { CipherSuite } from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { joined } from '../../rsn/keys/joined.js';
import type { Watch } from '../handshake/Watch.js';

/** The management MIC element at the end (IEEE 802.11-2020 9.4.2.54): identifier, length, key, packet number, and the MIC. */
const KEY_ID_AT = 2;
const PACKET_NUMBER_AT = 4;
const MIC_AT = 10;
const SHORT_MIC = 8;
const LONG_MIC = 16;

const { BIP_CMAC_128, BIP_GMAC_128, BIP_GMAC_256 } = CipherSuite.codes;

/** A frame for all, in its parts. */
interface Signed {
  readonly transmitter: Uint8Array;
  /** What is authenticated: of the header what does not change on the way, and the body with a MIC of zeros (12.5.4.4). */
  readonly text: Uint8Array;
  readonly element: Uint8Array;
  readonly mic: Uint8Array;
}

const HEADER_WITHOUT_LIFE = 22;
/** Retry, power management, more data. */
const CHANGING = 0x38;

const partsOf = ({ header, body }: SealedBytes, micLength: number): Signed => {
  const element = body.subarray(body.length - MIC_AT - micLength);
  const text = joined(
    Uint8Array.of(header[0] ?? 0, (header[1] ?? 0) & ~CHANGING),
    header.subarray(4, HEADER_WITHOUT_LIFE),
    body.subarray(0, body.length - micLength),
    new Uint8Array(micLength),
  );
  return { transmitter: header.subarray(10, 16), text, element, mic: element.subarray(MIC_AT) };
};

const octet = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

/** 12.5.4.5: the transmitter, and the packet number with its highest octet first. */
const gmacNonce = ({ transmitter, element }: Signed): Uint8Array =>
  joined(transmitter, element.slice(PACKET_NUMBER_AT, MIC_AT).reverse());

const isMadeWith = (crypto: Crypto, cipher: number, key: Uint8Array, signed: Signed): boolean => {
  if (cipher === BIP_CMAC_128) return crypto.equal(crypto.aesCmac(key, signed.text).subarray(0, SHORT_MIC), signed.mic);
  // GMAC is GCM with nothing to encrypt (NIST SP 800-38D 3).
  return crypto.aesGcmOpen(key, gmacNonce(signed), signed.mic, signed.text) !== undefined;
};

const CAN_BE_CHECKED: ReadonlySet<number> = new Set([BIP_CMAC_128, BIP_GMAC_128, BIP_GMAC_256]);

/**
 * Whether the MIC of a management frame for all is made with a key that was handed out; `undefined` where none was, or the cipher is one
 * that is not checked here (BIP-CMAC-256).
 */
export const checkForAll = ({ groupKeys, terms, deps }: Watch, sealed: SealedBytes): boolean | undefined => {
  const cipher = terms?.network.groupManagement?.selector;
  const keys = groupKeys.filter(({ purpose }) => purpose === 'igtk');
  if (cipher === undefined || keys.length === 0 || !CAN_BE_CHECKED.has(cipher)) return undefined;
  const micLength = cipher === BIP_CMAC_128 ? SHORT_MIC : LONG_MIC;
  if (sealed.header.length < HEADER_WITHOUT_LIFE || sealed.body.length < MIC_AT + micLength) return false;
  const signed = partsOf(sealed, micLength);
  const keyId = octet(signed.element, KEY_ID_AT) | (octet(signed.element, KEY_ID_AT + 1) << 8);
  return keys.some(({ index, key }) => index === keyId && isMadeWith(deps.crypto, cipher, key.reveal(), signed));
};
