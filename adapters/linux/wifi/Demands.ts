import { AkmSuite } from '../../../streams/frames/index.js';

/** What a station has to show. */
export type Credentials = 'none' | 'passphrase' | 'eap';

/** The least a network may be, by the names that a profile has for it. */
export type WifiSecurity =
  | 'open'
  | 'owe'
  | 'wpa2-personal'
  | 'wpa3-personal'
  | 'wpa2-enterprise'
  | 'wpa3-enterprise'
  | 'wpa3-enterprise-192';

/** What a network has to be for us to go there. */
export interface Demands {
  readonly credentials: Credentials;
  /** Nothing weaker than this; else whatever serves the credentials. */
  readonly security?: WifiSecurity;
  /** Not without protected management frames. */
  readonly requiresPmf?: boolean;
  /** WPA of the first kind and TKIP, which can be broken, where there is nothing better. */
  readonly insecureWpa1?: boolean;
  /** Names the password among several (IEEE 802.11-2020 12.4.3); only SAE by hash-to-element has a place for it. */
  readonly passwordIdentifier?: Uint8Array;
}

const { FT_802_1X, FT_PSK, FT_SAE, IEEE_802_1X, IEEE_802_1X_SHA256, OWE, PSK, PSK_SHA256, SAE, SUITE_B_192 } = AkmSuite.codes;
const PERSONAL = [FT_SAE, SAE, FT_PSK, PSK_SHA256, PSK];
const ENTERPRISE = [FT_802_1X, IEEE_802_1X_SHA256, IEEE_802_1X];

const BY_CREDENTIALS: Readonly<Record<Credentials, ReadonlyArray<number>>> = {
  none: [OWE],
  passphrase: PERSONAL,
  eap: ENTERPRISE,
};

const BY_SECURITY: Readonly<Record<WifiSecurity, ReadonlyArray<number>>> = {
  open: [OWE],
  owe: [OWE],
  'wpa2-personal': PERSONAL,
  'wpa3-personal': [FT_SAE, SAE],
  'wpa2-enterprise': ENTERPRISE,
  'wpa3-enterprise': [FT_802_1X, IEEE_802_1X_SHA256],
  'wpa3-enterprise-192': [SUITE_B_192],
};

const ALWAYS_PROTECTED: ReadonlySet<number> = new Set([OWE, FT_SAE, SAE, SUITE_B_192]);

/** The suites that will do, the strongest first. */
export const wantedAkms = ({ credentials, security, passwordIdentifier }: Demands): ReadonlyArray<number> => {
  if (passwordIdentifier !== undefined) return [FT_SAE, SAE];
  return security === undefined ? BY_CREDENTIALS[credentials] : BY_SECURITY[security];
};

/** Nothing is to be shown, and nobody said that it has to be encrypted. */
export const allowsOpen = ({ credentials, security = 'open' }: Demands): boolean => credentials === 'none' && security === 'open';

/** Whether it was said that management frames have to be protected. */
export const demandsPmf = ({ requiresPmf: isAsked = false, security = 'open' }: Demands): boolean =>
  isAsked || security.startsWith('wpa3');

/** WPA3 and OWE take protected management frames (WPA3 Specification 2.3, RFC 8110 4.2), whoever demands them. */
export const requiresPmf = (demands: Demands, akm: number): boolean => demandsPmf(demands) || ALWAYS_PROTECTED.has(akm);
