import { chain, type Either, left, map, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Credential } from '../../../operators/core/index.js';
import { hexKey } from './hexKey.js';
import { passphraseCredential, ssidFor } from './passphrase.js';
import { percentDecoded } from './percent.js';

type Reading = (value: string) => Either<string, Credential>;

/** Octets of a PMK: of most networks, of AKMs with SHA-384, and of SAE with the larger groups. */
const PMK_SIZES = [32, 48, 64];
const PSK_SIZES = [32];
const TK_SIZES = [16, 32];
const MSK_SIZES = [64, 128];

const decodedSsid = (text: string | undefined): Either<string, Uint8Array | undefined> =>
  text === undefined ? right(undefined) : percentDecoded('SSID', text);

const tooMany = (what: string): Either<string, never> =>
  left(`expected ${what} and at most an SSID behind it, found more colons; a colon inside of either is %3a`);

const readPassphrase: Reading = (value) => {
  const [passphrase = '', ssid, ...others] = value.split(':');
  if (others.length > 0) return tooMany('a passphrase');
  return pipe(
    percentDecoded('passphrase', passphrase),
    chain((bytes) =>
      pipe(
        decodedSsid(ssid),
        chain((network) => passphraseCredential(bytes, network)),
      ),
    ),
  );
};

const readPmk =
  (what: string, sizes: ReadonlyArray<number>): Reading =>
  (value) => {
    const [hex = '', ssid, ...others] = value.split(':');
    if (others.length > 0) return tooMany('hex digits');
    return pipe(
      hexKey(what, hex, sizes),
      chain((pmk) =>
        pipe(
          decodedSsid(ssid),
          chain(ssidFor),
          map((network) => ({ kind: 'pmk', pmk, ...network })),
        ),
      ),
    );
  };

const readings: Readonly<Record<string, Reading>> = {
  'wpa-pwd': readPassphrase,
  'wpa-psk': readPmk('wpa-psk', PSK_SIZES),
  pmk: readPmk('pmk', PMK_SIZES),
  tk: (value) =>
    pipe(
      hexKey('tk', value, TK_SIZES),
      map((tk) => ({ kind: 'tk', tk })),
    ),
  msk: (value) =>
    pipe(
      hexKey('msk', value, MSK_SIZES),
      map((msk) => ({ kind: 'msk', msk })),
    ),
  wep: () => left('a WEP key, which opens none of the networks this reads; it is not used'),
};

const KINDS = 'wpa-pwd:, wpa-psk:, pmk:, msk: or tk:';

/** A key by its type and its value, as Wireshark's table of keys has them in two columns. */
export const keyOfType = (type: string, value: string): Either<string, Credential> => {
  const name = type.trim().toLowerCase();
  const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
  return reading === undefined ? left(`expected ${KINDS} and a key, found no such beginning`) : reading(value);
};

/** Whether a text begins as a key does. */
export const isKeyText = (text: string): boolean => Object.hasOwn(readings, text.split(':', 1)[0]?.trim().toLowerCase() ?? '');

/**
 * Reads one key in Wireshark's syntax, `wpa-pwd:passphrase[:ssid]`, `wpa-psk:`, `tk:` or `msk:` and hex digits, and `pmk:` besides. In a
 * passphrase and an SSID `%` and two hex digits stand for an octet.
 *
 * @since 0.2.0
 */
export const readCredential = (argument: string): Either<string, Credential> => {
  const colon = argument.indexOf(':');
  return colon < 0 ? keyOfType('', '') : keyOfType(argument.slice(0, colon), argument.slice(colon + 1));
};
