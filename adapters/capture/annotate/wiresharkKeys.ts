import type { Credential } from '../../../operators/core/index.js';
import { type Secret, toHex } from '../../../streams/events/index.js';

const UNRESERVED = /[\w.~-]/;

/** Octets as Wireshark reads a passphrase or an SSID: what could end or separate them is percent-encoded. */
const encoded = (bytes: Uint8Array): string =>
  [...bytes]
    .map((octet) => {
      const character = String.fromCharCode(octet);
      return UNRESERVED.test(character) ? character : `%${octet.toString(16).padStart(2, '0')}`;
    })
    .join('');

const line = (kind: string, value: string): ReadonlyArray<string> => [`"${kind}","${value}"`];

const inHex = (kind: string, key: Secret): ReadonlyArray<string> => line(kind, toHex(key.reveal()));

const linesOf = (credential: Credential): ReadonlyArray<string> => {
  switch (credential.kind) {
    case 'passphrase': {
      const ssid = credential.ssid === undefined ? '' : `:${encoded(credential.ssid)}`;
      return line('wpa-pwd', `${encoded(credential.passphrase.reveal())}${ssid}`);
    }
    case 'pmk':
      return inHex('wpa-psk', credential.pmk);
    case 'msk':
      return inHex('msk', credential.msk);
    case 'tk':
      return inHex('tk', credential.tk);
    case 'tls':
      return [];
  }
};

/**
 * Credentials in the form in which Wireshark 4 takes keys of 802.11, which it reads from no capture: the lines of the file
 * `80211_keys` of a profile. tshark takes one as `-o 'uat:80211_keys:LINE'`; both want `-o wlan.enable_decryption:TRUE`, or the
 * preference. The secrets of TLS sessions are not among them: those belong in a decryption secrets block.
 *
 * The lines are secrets in plain sight.
 *
 * @example
 * wiresharkKeys([{ kind: 'passphrase', passphrase: Secret.of(new TextEncoder().encode('Induction')) }]);
 * // ['"wpa-pwd","Induction"']
 *
 * @since 0.2.0
 */
export const wiresharkKeys = (credentials: ReadonlyArray<Credential>): ReadonlyArray<string> => credentials.flatMap(linesOf);
