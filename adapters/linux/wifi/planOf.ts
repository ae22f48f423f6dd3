import { withPmkids } from '../../../streams/frames/index.js';
import type { Candidate } from './chooseBss.js';
import type { MobilityKeys } from './FtExchange.js';
import type { KnownKeys } from './KnownKeys.js';

/** A way that is shorter by what is known from before. */
export type ShortPlan =
  /** A PMK is offered by its name, and there is neither SAE nor 802.1X if the access point has it too. */
  | { readonly way: 'cached'; readonly candidate: Candidate; readonly offered: Candidate; readonly pmkid: Uint8Array }
  /** Keys of the mobility domain, and no 4-way handshake. */
  | { readonly way: 'fastTransition'; readonly candidate: Candidate; readonly keys: MobilityKeys };

/** How an access point is to be connected to: with all that belongs to it, or shorter. */
export type Plan = ShortPlan | { readonly way: 'full'; readonly candidate: Candidate };

/** The shortest way there is. Whoever comes from nowhere has no fast transition. */
export const planOf = (candidate: Candidate, known: KnownKeys): Plan => {
  const { from, security } = candidate;
  const keys = from === undefined ? undefined : known.transitionTo(candidate);
  if (keys !== undefined) return { way: 'fastTransition', candidate, keys };
  const pmkid = known.nameFor(candidate);
  if (pmkid === undefined || security === undefined) return { way: 'full', candidate };
  const element = withPmkids(security.element, [pmkid]);
  return { way: 'cached', candidate, offered: { ...candidate, security: { ...security, element } }, pmkid };
};
