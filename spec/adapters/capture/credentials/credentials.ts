import type { Credential } from '../../../../operators/core/shadow/Credential.js';
import { toHex } from '../../../../streams/events/index.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A credential in one line that a test can compare: `passphrase 12345678 for Harkonen`. */
export const shown = (credential: Credential): string => {
  if (credential.kind === 'tls') return 'tls';
  if (credential.kind === 'tk') return `tk ${toHex(credential.tk.reveal())}`;
  if (credential.kind === 'msk') return `msk ${toHex(credential.msk.reveal())}`;
  const { ssid } = credential;
  const secret = credential.kind === 'pmk' ? toHex(credential.pmk.reveal()) : text(credential.passphrase.reveal());
  return `${credential.kind} ${secret}${ssid === undefined ? '' : ` for ${text(ssid)}`}`;
};
