import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { Credential } from '../../../operators/core/index.js';
import { Secret } from '../../../streams/events/index.js';

const MIN_SIZE = 8;
const MAX_SIZE = 63;
const MAX_SSID_SIZE = 32;

/** IEEE 802.11-2020 J.4.1: 8 to 63 printable characters of ASCII. Wireshark takes any octets, access points do not. */
const passphraseFault = (bytes: Uint8Array): string | undefined => {
  if (bytes.length < MIN_SIZE || bytes.length > MAX_SIZE) {
    return `passphrase: expected ${MIN_SIZE} to ${MAX_SIZE} characters, found ${bytes.length}`;
  }
  const at = bytes.findIndex((octet) => octet < 0x20 || octet > 0x7e);
  return at < 0 ? undefined : `passphrase: expected printable ASCII characters, found something else as character ${at + 1}`;
};

/** An SSID, which may be missing or empty: then the credential is for any network. */
export const ssidFor = (ssid: Uint8Array | undefined): Either<string, { readonly ssid?: Uint8Array }> => {
  if (ssid === undefined || ssid.length === 0) return right({});
  return ssid.length > MAX_SSID_SIZE
    ? left(`SSID: expected at most ${MAX_SSID_SIZE} octets, found ${ssid.length}`)
    : right({ ssid });
};

export const passphraseCredential = (passphrase: Uint8Array, ssid?: Uint8Array): Either<string, Credential> => {
  const fault = passphraseFault(passphrase);
  if (fault !== undefined) return left(fault);
  const network = ssidFor(ssid);
  if (network._tag === 'Left') return network;
  return right({ kind: 'passphrase', passphrase: Secret.of(passphrase), ...network.right });
};
