import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { cipherOf } from '../../../operators/core/index.js';
import {
  AkmSuite,
  CipherSuite,
  ElementId,
  effectiveRsn,
  findElement,
  hasRsnxCapability,
  isWpaElement,
  leadingElements,
  RsnCapability,
  RsnxCapability,
  readRsnElement,
  readRsnxElement,
  rsnxWith,
  writeRsnElement,
  writeRsnxElement,
} from '../../../streams/frames/index.js';
import type { Bss } from '../nl80211/Bss.js';
import { WpaVersion } from '../nl80211/names.js';
import type { LinkSecurity } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';

/** What a station has to show. */
export type Credentials = 'none' | 'passphrase' | 'eap';

const { IEEE_802_1X, IEEE_802_1X_SHA256, OWE, PSK, PSK_SHA256, SAE } = AkmSuite.codes;
const { CCMP, CCMP_256, GCMP, GCMP_256, BIP_CMAC_128 } = CipherSuite.codes;

/** The strongest first. */
const AKMS: Readonly<Record<Credentials, ReadonlyArray<number>>> = {
  none: [OWE],
  passphrase: [SAE, PSK_SHA256, PSK],
  eap: [IEEE_802_1X_SHA256, IEEE_802_1X],
};
const PAIRWISE = [GCMP_256, CCMP_256, GCMP, CCMP];
const PRIVACY = 0x0010;
const NOTHING = new Uint8Array(0);

type Rsn = ReturnType<typeof effectiveRsn>;

const rsnOf = ({ elements }: Bss): Either<string, Rsn | undefined> => {
  const element = findElement(leadingElements(elements), ElementId.codes.RSN);
  if (element === undefined) return right(undefined);
  const read = readRsnElement(element.body);
  return read._tag === 'Left' ? left(`its RSN element is damaged: ${read.left.message}`) : right(effectiveRsn(read.right));
};

const shown = (suites: ReadonlyArray<number>): string =>
  suites.map((suite) => AkmSuite.nameOf(suite) ?? String(suite)).join(', ');

const NEEDS: Readonly<Record<Credentials, string>> = {
  none: 'is protected, and takes a passphrase or a profile',
  passphrase: 'takes no passphrase in a way this radio can',
  eap: 'takes no 802.1X',
};

/** Management frames are protected wherever both can (IEEE 802.11-2020 12.6.3). */
const managementOf = (rsn: Rsn, wiphy: Wiphy): Either<string, number | undefined> => {
  const [isCapable, isRequired] = [RsnCapability.MFPC, RsnCapability.MFPR].map((bit) => (rsn.capabilities & bit) !== 0);
  const suite = rsn.groupManagement ?? BIP_CMAC_128;
  if (isCapable === true && wiphy.protectsManagement && wiphy.ciphers.includes(suite)) return right(suite);
  return isRequired === true
    ? left('it requires protected management frames, and this radio cannot protect them')
    : right(undefined);
};

const bothHave = (offered: ReadonlyArray<number>, wiphy: Wiphy): number | undefined =>
  PAIRWISE.find((suite) => offered.includes(suite) && wiphy.ciphers.includes(suite));

/** SAE and OWE take protected management frames (WPA3 2.3, RFC 8110 4.2), and SAE a radio that sends our frames. */
const canDo = (akm: number, groupManagement: number | undefined, { sae }: Wiphy): boolean =>
  akm === OWE ? groupManagement !== undefined : akm !== SAE || (groupManagement !== undefined && sae.byFrames);

/** Hash-to-element is used wherever the access point knows it (WPA3 3.4), and announced by an element of its own. */
const extensionOf = ({ elements }: Bss, akm: number): Uint8Array | undefined => {
  const element = akm === SAE ? findElement(leadingElements(elements), ElementId.codes.RSNX) : undefined;
  const read = element && readRsnxElement(element.body);
  if (read?._tag !== 'Right' || !hasRsnxCapability(read.right, RsnxCapability.SAE_H2E)) return undefined;
  const own = writeRsnxElement(rsnxWith(RsnxCapability.SAE_H2E));
  return own._tag === 'Right' ? own.right : undefined;
};

const securityOf = (bss: Bss, rsn: Rsn, credentials: Credentials, wiphy: Wiphy): Either<string, LinkSecurity> => {
  const management = managementOf(rsn, wiphy);
  if (management._tag === 'Left') return management;
  const groupManagement = management.right;
  const akm = AKMS[credentials].find((suite) => rsn.akms.includes(suite) && canDo(suite, groupManagement, wiphy));
  if (akm === undefined) return left(`it ${NEEDS[credentials]}: it offers ${shown(rsn.akms)}`);
  const pairwise = bothHave(rsn.pairwise, wiphy);
  if (pairwise === undefined) return left('it has no cipher for us: CCMP or GCMP, and one that this radio has');
  const group = rsn.group;
  if (cipherOf(group)?.role !== 'data' || !wiphy.ciphers.includes(group))
    return left(`this radio has no group cipher ${CipherSuite.show(group)}`);
  const element = writeRsnElement({
    ...{ version: 1, group, pairwise: [pairwise], akms: [akm] },
    capabilities: groupManagement === undefined ? 0 : RsnCapability.MFPC | (rsn.capabilities & RsnCapability.MFPR),
    ...(groupManagement !== undefined && groupManagement !== BIP_CMAC_128 && { pmkids: [], groupManagement }),
    rest: NOTHING,
  });
  if (element._tag === 'Left') return left(element.left.message);
  const extension = extensionOf(bss, akm);
  return right({
    ...(extension && { extension }),
    ...{ element: element.right, wpaVersion: WpaVersion.WPA2, akm, pairwise, group },
    ...(groupManagement !== undefined && { groupManagement }),
  });
};

/** What we would agree on with an access point: nothing where it is open and nothing is to be shown, and why not where we cannot. */
export const chooseSecurity = (bss: Bss, credentials: Credentials, wiphy: Wiphy): Either<string, LinkSecurity | undefined> => {
  const rsn = rsnOf(bss);
  if (rsn._tag === 'Left') return rsn;
  if (rsn.right !== undefined) return securityOf(bss, rsn.right, credentials, wiphy);
  if (leadingElements(bss.elements).some(isWpaElement))
    return left('it has WPA of the first kind only, which is not served here');
  if ((bss.capabilities & PRIVACY) !== 0) return left('it has WEP, which protects nothing and is not served here');
  return credentials === 'none' ? right(undefined) : left('it is open, and a secret is not for an open network');
};
