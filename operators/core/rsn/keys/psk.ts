import { fromHex } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';

const ITERATIONS = 4096;
const PSK_OCTETS = 32;
const LONGEST_SSID = 32;

/** Characters one by one: a call with sixty-four arguments costs more than the loop. */
const asciiOf = (octets: Uint8Array): string => {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
};

const isPrintable = (octet: number): boolean => octet >= 0x20 && octet <= 0x7e;
const isPassphrase = (text: Uint8Array): boolean => text.length >= 8 && text.length <= 63 && text.every(isPrintable);

/**
 * The PMK of a network that is protected by a passphrase (IEEE 802.11-2020 J.4): 8 to 63 printable ASCII characters, or 64 hex
 * digits that are the PMK itself. `undefined` for anything else, and for an SSID of more than 32 octets.
 *
 * Slow on purpose, so ask once and remember.
 *
 * @since 0.2.0
 */
export const passphraseToPmk = (crypto: Crypto, passphrase: Uint8Array, ssid: Uint8Array): Uint8Array | undefined => {
  if (ssid.length > LONGEST_SSID) return undefined;
  if (passphrase.length === 2 * PSK_OCTETS) return fromHex(asciiOf(passphrase));
  return isPassphrase(passphrase) ? crypto.pbkdf2('sha1', passphrase, ssid, ITERATIONS, PSK_OCTETS) : undefined;
};
