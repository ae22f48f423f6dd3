import { AkmSuite } from '../../../../streams/frames/index.js';
import { akmOf } from '../../rsn/index.js';
import type { Connection } from '../../shadow/Connection.js';

/** Where the keys of a network come from, which decides what can be said about a passphrase. */
export type NetworkKind = 'psk' | 'sae' | 'oneX' | 'owe' | 'fils' | 'open' | 'unknown';

const SAE = 3;

const byAkm = (akm: number): NetworkKind => akmOf(akm)?.source ?? (akm === AkmSuite.codes.FT_PSK_SHA384 ? 'psk' : 'unknown');

/** By what was agreed, and without that by what was said. */
export const networkKind = ({ security, eap, authentications }: Connection): NetworkKind => {
  if (security?.akm !== undefined) return byAkm(security.akm);
  if (eap !== undefined) return 'oneX';
  if (authentications.some(({ algorithm }) => algorithm === SAE)) return 'sae';
  return security?.proto === 'open' || security?.proto === 'WEP' ? 'open' : 'unknown';
};
