import type { Crypto } from '../crypto/index.js';
import type { Attempt } from './Attempt.js';
import type { Security } from './Connection.js';
import type { EapWatch } from './eapWatch.js';
import type { KeyRing } from './KeyRing.js';
import type { KeyWatch, KeyWatchContext } from './KeyWatch.js';
import type { Register } from './Register.js';
import { securityOf } from './security.js';

/** What the parts of an observer share. */
export interface Scene {
  readonly register: Register;
  readonly crypto: Crypto;
  readonly keys: KeyRing;
  readonly watchKeys: (context: KeyWatchContext) => KeyWatch;
  readonly watchEap: () => EapWatch;
}

const SHARED_KEY = 1;

/** As far as the frames of the association and the announcement tell. */
export const securityOfAttempt = ({ asked, announced, authentications }: Attempt): Security | undefined =>
  securityOf(asked, announced?.offer, authentications[0]?.algorithm === SHARED_KEY);

export const ssidOf = ({ ssid, asked, announced }: Attempt): Uint8Array | undefined =>
  ssid ?? asked?.ssid ?? announced?.offer.ssid ?? announced?.hiddenName;
