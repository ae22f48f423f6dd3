import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { cipherOf, akmOf as suiteOf } from '../../../operators/core/index.js';
import {
  AkmSuite,
  CipherSuite,
  ElementId,
  type effectiveRsn,
  findElement,
  hasRsnxCapability,
  leadingElements,
  RsnCapability,
  RsnxCapability,
  readMobilityDomain,
  readRsnxElement,
  rsnxWith,
  writeRsnElement,
  writeRsnxElement,
} from '../../../streams/frames/index.js';
import type { Bss } from '../nl80211/Bss.js';
import { WpaVersion } from '../nl80211/names.js';
import type { LinkSecurity } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import { type Credentials, type Demands, demandsPmf, requiresPmf, wantedAkms } from './Demands.js';

/** What an access point offers by its RSN element. */
export type Rsn = ReturnType<typeof effectiveRsn>;

const { SUITE_B_192 } = AkmSuite.codes;
const { TKIP, CCMP, CCMP_256, GCMP, GCMP_256, BIP_CMAC_128, BIP_GMAC_256 } = CipherSuite.codes;
const PAIRWISE = [GCMP_256, CCMP_256, GCMP, CCMP];
const NOTHING = new Uint8Array(0);

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

/** The element of a mobility domain, whole, where the access point is in one and this radio can roam in it. */
const domainOf = ({ elements }: Bss, wiphy: Wiphy): Uint8Array | undefined => {
  const element = findElement(leadingElements(elements), ElementId.codes.MOBILITY_DOMAIN);
  return wiphy.fastTransition && element && readMobilityDomain(element.body)._tag === 'Right' ? element.bytes : undefined;
};

const isSae = (akm: number): boolean => suiteOf(akm)?.source === 'sae';
const isTransition = (akm: number): boolean => suiteOf(akm)?.fastTransition === true;

/** What there is to agree on a way of authentication with. */
interface Means {
  readonly management: number | undefined;
  readonly domain: Uint8Array | undefined;
}

const akmOf = (rsn: Rsn, demands: Demands, { management, domain }: Means, { sae }: Wiphy): Either<string, number> => {
  const canDo = (suite: number): boolean => (sae.byFrames || !isSae(suite)) && (domain !== undefined || !isTransition(suite));
  const common = wantedAkms(demands).filter((suite) => rsn.akms.includes(suite) && canDo(suite));
  const akm = common.find((suite) => management !== undefined || !requiresPmf(demands, suite));
  if (akm !== undefined) return right(akm);
  if (common.length > 0) return left('it has no protected management frames that this radio can do, and they are required here');
  const { security, credentials } = demands;
  const need = security === undefined ? NEEDS[credentials] : `is not the ${security} that is wanted`;
  return left(`it ${need}: it offers ${shown(rsn.akms)}`);
};

const pairwiseOf = (rsn: Rsn, akm: number, { insecureWpa1 }: Demands, wiphy: Wiphy): Either<string, number> => {
  const wanted = insecureWpa1 === true ? [...PAIRWISE, TKIP] : PAIRWISE;
  const found = (akm === SUITE_B_192 ? [GCMP_256] : wanted).find(
    (suite) => rsn.pairwise.includes(suite) && wiphy.ciphers.includes(suite),
  );
  if (found !== undefined) return right(found);
  const isTkip = rsn.pairwise.every((suite) => suite === TKIP);
  return left(
    isTkip
      ? 'it has TKIP only, which can be broken; insecureWpa1 of a profile, or --insecure-wpa1, would allow it'
      : 'it has no cipher for us: CCMP or GCMP, and one that this radio has',
  );
};

/** 192 bits are 192 bits throughout (WPA3 Specification 3.5). */
const isWeakened = (akm: number, { group }: Rsn, management: number | undefined): boolean =>
  akm === SUITE_B_192 && (group !== GCMP_256 || management !== BIP_GMAC_256);

/** Hash-to-element is used wherever the access point knows it (WPA3 3.4), and announced by an element of its own. */
const extensionOf = ({ elements }: Bss, akm: number): Uint8Array | undefined => {
  const element = isSae(akm) ? findElement(leadingElements(elements), ElementId.codes.RSNX) : undefined;
  const read = element && readRsnxElement(element.body);
  if (read?._tag !== 'Right' || !hasRsnxCapability(read.right, RsnxCapability.SAE_H2E)) return undefined;
  const own = writeRsnxElement(rsnxWith(RsnxCapability.SAE_H2E));
  return own._tag === 'Right' ? own.right : undefined;
};

interface Terms {
  readonly akm: number;
  readonly pairwise: number;
  readonly groupManagement: number | undefined;
}

/** Two pairwise keys at a time are for CCMP and GCMP (IEEE 802.11-2020 12.7.6.1). */
const capabilitiesOf = (rsn: Rsn, { pairwise, groupManagement }: Terms, demands: Demands, wiphy: Wiphy): number => {
  const isRequired = demandsPmf(demands) || (rsn.capabilities & RsnCapability.MFPR) !== 0;
  const protects = groupManagement === undefined ? 0 : RsnCapability.MFPC | (isRequired ? RsnCapability.MFPR : 0);
  const extended = wiphy.extendedKeyId && pairwise !== TKIP ? rsn.capabilities & RsnCapability.EXTENDED_KEY_ID : 0;
  return protects | extended;
};

const elementsOf = (bss: Bss, rsn: Rsn, terms: Terms, demands: Demands, wiphy: Wiphy): Either<string, LinkSecurity> => {
  const { akm, pairwise, groupManagement } = terms;
  const { group } = rsn;
  const element = writeRsnElement({
    ...{ version: 1, group, pairwise: [pairwise], akms: [akm] },
    capabilities: capabilitiesOf(rsn, terms, demands, wiphy),
    ...(groupManagement !== undefined && groupManagement !== BIP_CMAC_128 && { pmkids: [], groupManagement }),
    rest: NOTHING,
  });
  if (element._tag === 'Left') return left(element.left.message);
  const extension = extensionOf(bss, akm);
  const domain = isTransition(akm) ? domainOf(bss, wiphy) : undefined;
  if (demands.passwordIdentifier !== undefined && extension === undefined)
    return left('it has no hash-to-element, and the identifier of a password takes that');
  return right({
    ...(extension && { extension }),
    ...(domain && { mobilityDomain: domain }),
    ...{ element: element.right, wpaVersion: WpaVersion.WPA2, akm, pairwise, group },
    ...(groupManagement !== undefined && { groupManagement }),
  });
};

/** What we would agree on with an access point that has an RSN element. */
export const rsnSecurity = (bss: Bss, rsn: Rsn, demands: Demands, wiphy: Wiphy): Either<string, LinkSecurity> => {
  const management = managementOf(rsn, wiphy);
  if (management._tag === 'Left') return management;
  const groupManagement = management.right;
  const akm = akmOf(rsn, demands, { management: groupManagement, domain: domainOf(bss, wiphy) }, wiphy);
  if (akm._tag === 'Left') return akm;
  const pairwise = pairwiseOf(rsn, akm.right, demands, wiphy);
  if (pairwise._tag === 'Left') return pairwise;
  if (isWeakened(akm.right, rsn, groupManagement)) return left('its 192 bits are weakened by a group cipher of fewer');
  if (cipherOf(rsn.group)?.role !== 'data' || !wiphy.ciphers.includes(rsn.group))
    return left(`this radio has no group cipher ${CipherSuite.show(rsn.group)}`);
  return elementsOf(bss, rsn, { akm: akm.right, pairwise: pairwise.right, groupManagement }, demands, wiphy);
};
