import type { Crypto } from '../../crypto/index.js';

const ITERATIONS = 4096;
const PSK_OCTETS = 32;
const LONGEST_SSID = 32;

const CASE = 0x20;
const [ZERO, NINE, A, F] = [0x30, 0x39, 0x61, 0x66];

/** The value of a hex digit, or a number that spoils every sum it is in. */
const digitOf = (character = 0): number => {
  if (character >= ZERO && character <= NINE) return character - ZERO;
  const lower = character | CASE;
  return lower >= A && lower <= F ? lower - A + 10 : Number.NaN;
};

/** Digits as they are, octets of ASCII: no string of them is made, which nobody could erase. */
const rawKey = (digits: Uint8Array): Uint8Array | undefined => {
  const key = new Uint8Array(PSK_OCTETS);
  for (let i = 0; i < PSK_OCTETS; i++) {
    const octet = digitOf(digits[2 * i]) * 16 + digitOf(digits[2 * i + 1]);
    if (Number.isNaN(octet)) return undefined;
    key[i] = octet;
  }
  return key;
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
  if (passphrase.length === 2 * PSK_OCTETS) return rawKey(passphrase);
  return isPassphrase(passphrase) ? crypto.pbkdf2('sha1', passphrase, ssid, ITERATIONS, PSK_OCTETS) : undefined;
};
