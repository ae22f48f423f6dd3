import { Secret } from '../../../../streams/events/index.js';
import type { Hexdump } from '../Hexdump.js';
import type { LogLine } from '../LogLine.js';

/** A secret that a log shows, as a credential. */
export type LogCredential =
  | { readonly kind: 'passphrase'; readonly passphrase: Secret; readonly ssid?: Uint8Array }
  | { readonly kind: 'pmk'; readonly pmk: Secret; readonly ssid?: Uint8Array }
  | { readonly kind: 'msk'; readonly msk: Secret }
  | { readonly kind: 'tk'; readonly tk: Secret };

/** Looks for secrets in what passes by. */
export interface ReadKeys {
  line(line: LogLine): void;
  /** Whether the dump was a secret. */
  dump(dump: Hexdump): boolean;
}

const PMKS: ReadonlySet<string> = new Set([
  ...['PSK (from passphrase)', 'PSK (set in config)', 'PSK'],
  ...['PMK', 'WPA: PMK', 'WPA: PSK', 'SAE: PMK', 'WPA: PMK from EAPOL state machines'],
  ...['WPA: Set PMK based on external data', 'WPA: Set PMK based on current PMKSA', 'RSN: PMK from PMKSA cache'],
]);
const PMK_LENGTHS: ReadonlyArray<number> = [32, 48, 64];
const TK_LENGTHS: ReadonlyArray<number> = [16, 32];
/** What an outer method exports; that of a method inside a tunnel goes by the same title and is no MSK of anybody's. */
const MSK =
  /^(?:MSK|EAP-(?:TLS|PEAP|TTLS|FAST|TEAP|PWD|SIM|AKA|IKEV2|GPSK|PAX|PSK|SAKE|EKE): (?:Derived key|MSK|keying material))$/;
const MSK_LENGTH = 64;
const MOST = 1024;
const SSID_LENGTH = 32;

const secretOf = (credential: LogCredential): Secret => {
  switch (credential.kind) {
    case 'passphrase':
      return credential.passphrase;
    case 'pmk':
      return credential.pmk;
    case 'msk':
      return credential.msk;
    case 'tk':
      return credential.tk;
  }
};

const credentialOf = ({ title, bytes }: Hexdump, ssid: Uint8Array | undefined): LogCredential | undefined => {
  if (title === 'PSK (ASCII passphrase)') {
    return { kind: 'passphrase', passphrase: Secret.of(bytes), ...(ssid && { ssid }) };
  }
  if (PMKS.has(title) && PMK_LENGTHS.includes(bytes.length)) return { kind: 'pmk', pmk: Secret.of(bytes) };
  if (MSK.test(title) && bytes.length >= MSK_LENGTH) return { kind: 'msk', msk: Secret.of(bytes, 0, MSK_LENGTH) };
  if (title === 'WPA: TK' && TK_LENGTHS.includes(bytes.length)) return { kind: 'tk', tk: Secret.of(bytes) };
  return undefined;
};

/** Tells each secret of a log once, as a credential; its bytes in the dump are cleared. */
export const createReadKeys = (tell: (credential: LogCredential) => void): ReadKeys => {
  const told: LogCredential[] = [];
  let ssid: Uint8Array | undefined;

  const isNew = (credential: LogCredential): boolean =>
    told.length < MOST && !told.some((each) => each.kind === credential.kind && secretOf(each).equals(secretOf(credential)));

  return {
    line: ({ text }) => {
      // The blocks of a configuration come one after the other.
      if (text.includes('start of a new network block')) ssid = undefined;
    },
    dump: (dump) => {
      if (dump.title === 'ssid' || dump.title === 'SSID') ssid = dump.bytes.length <= SSID_LENGTH ? dump.bytes : undefined;
      const credential = credentialOf(dump, ssid);
      if (credential === undefined) return false;
      dump.bytes.fill(0);
      if (isNew(credential)) {
        told.push(credential);
        tell(credential);
      }
      return true;
    },
  };
};
