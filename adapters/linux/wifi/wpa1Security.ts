import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { AkmSuite, CipherSuite, effectiveWpa, readWpaElement, writeWpaElement } from '../../../streams/frames/index.js';
import { WpaVersion } from '../nl80211/names.js';
import type { LinkSecurity } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import type { Credentials, Demands } from './Demands.js';

const { WPA_802_1X, WPA_PSK } = AkmSuite.codes;
const { WPA_CCMP, WPA_TKIP } = CipherSuite.codes;

const AKMS: Readonly<Partial<Record<Credentials, number>>> = { passphrase: WPA_PSK, eap: WPA_802_1X };
const PAIRWISE = [WPA_CCMP, WPA_TKIP];

/** The kernel calls ciphers by their RSN selectors, whoever announced them. */
const ofRsn = (suite: number): number => (suite === WPA_CCMP ? CipherSuite.codes.CCMP : CipherSuite.codes.TKIP);

const isServed = ({ security = 'open', insecureWpa1, requiresPmf }: Demands): boolean =>
  insecureWpa1 === true && requiresPmf !== true && !security.startsWith('wpa3');

/** What we would agree on with an access point that has WPA of the first kind and nothing newer. */
export const wpa1Security = (body: Uint8Array, demands: Demands, wiphy: Wiphy): Either<string, LinkSecurity> => {
  if (!isServed(demands))
    return left(
      'it has WPA of the first kind only, which can be broken; insecureWpa1 of a profile, or --insecure-wpa1, would allow it',
    );
  const read = readWpaElement(body);
  if (read._tag === 'Left') return left(`its WPA element is damaged: ${read.left.message}`);
  const offered = effectiveWpa(read.right);
  const akm = AKMS[demands.credentials];
  if (akm === undefined || !offered.akms.includes(akm)) return left('it takes other credentials');
  const pairwise = PAIRWISE.find((suite) => offered.pairwise.includes(suite) && wiphy.ciphers.includes(ofRsn(suite)));
  const { group } = offered;
  if (pairwise === undefined || !PAIRWISE.includes(group) || !wiphy.ciphers.includes(ofRsn(group)))
    return left('it has no cipher for us: TKIP or CCMP, and one that this radio has');
  const element = writeWpaElement({ version: 1, group, pairwise: [pairwise], akms: [akm] });
  if (element._tag === 'Left') return left(element.left.message);
  return right({ element: element.right, wpaVersion: WpaVersion.WPA1, akm, pairwise, group });
};
