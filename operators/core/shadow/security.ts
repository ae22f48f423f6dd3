import type { Security } from './Connection.js';
import { type Offer, type Suites, suitesOf } from './offer.js';

const only = (selectors: ReadonlyArray<number>): number | undefined => (selectors.length === 1 ? selectors[0] : undefined);

/** Both have to be capable; then either may require it. */
const pmfAgreed = (asked: Suites, offered: Suites | undefined): Security['pmf'] => {
  if (asked.pmf === 'none' || offered?.pmf === 'none') return 'none';
  return asked.pmf === 'required' || offered?.pmf === 'required' ? 'required' : 'capable';
};

const suited = (proto: 'WPA' | 'RSN', suites: Suites, pmf: Security['pmf']): Security => {
  const [akm, pairwise] = [only(suites.akms), only(suites.pairwise)];
  const { group, groupManagement } = suites;
  return {
    proto,
    ...(akm !== undefined && { akm }),
    ...(pairwise !== undefined && { pairwise }),
    group,
    ...(pmf !== 'none' && { groupManagement }),
    pmf,
  };
};

const unsuited = (proto: 'open' | 'WEP'): Security => ({ proto, pmf: 'none' });

const protoOf = (offer: Offer): 'WPA' | 'RSN' => (offer.rsn === undefined ? 'WPA' : 'RSN');

const chosenSecurity = (asked: Offer | undefined, offered: Offer | undefined): Security | undefined => {
  const chosen = asked && suitesOf(asked);
  if (asked !== undefined && chosen !== undefined) {
    const counterpart = asked.rsn === undefined ? offered?.wpa : offered?.rsn;
    return suited(protoOf(asked), chosen, pmfAgreed(chosen, counterpart));
  }
  const announced = offered && suitesOf(offered);
  const isSilent = asked === undefined || asked.isSetup;
  if (isSilent && offered !== undefined && announced !== undefined) return suited(protoOf(offered), announced, announced.pmf);
  if (asked === undefined && offered === undefined) return undefined;
  // A request without RSN or WPA to a network that has them is no WEP.
  const isWep = announced === undefined && (offered?.privacy ?? asked?.privacy) === true;
  return unsuited(isWep ? 'WEP' : 'open');
};

interface Chosen {
  readonly offered: Offer | undefined;
  readonly security: Security | undefined;
}

/** Stations of one make ask the same of one access point: what was said is the same object then. */
const lastChosen = new WeakMap<Offer, Chosen>();

/**
 * What a request chose, in the light of what was announced; without a request, as much as the announcement leaves open to no
 * doubt. Nothing is said where neither is known.
 */
export const securityOf = (asked: Offer | undefined, offered: Offer | undefined, isSharedKey: boolean): Security | undefined => {
  if (isSharedKey) return unsuited('WEP');
  if (asked === undefined) return chosenSecurity(asked, offered);
  const last = lastChosen.get(asked);
  if (last !== undefined && last.offered === offered) return last.security;
  const security = chosenSecurity(asked, offered);
  lastChosen.set(asked, { offered, security });
  return security;
};
