import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { equalBytes, type MacAddress } from '../../../streams/events/index.js';
import type { Bss } from '../nl80211/Bss.js';
import type { LinkSecurity } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import { type Credentials, chooseSecurity } from './chooseSecurity.js';

/** The network that is wanted. */
export interface WantedNetwork {
  readonly ssid: Uint8Array;
  readonly credentials: Credentials;
  /** Only this access point. */
  readonly bssid?: MacAddress;
  /** Only this channel, in MHz. */
  readonly frequency?: number;
}

/** An access point, and what to agree on with it. */
export interface Candidate {
  readonly bss: Bss;
  /** Nothing for an open network. */
  readonly security?: LinkSecurity;
}

export interface NoCandidate {
  /** Nobody of that name was heard; or somebody was, and will not do. */
  readonly kind: 'unheard' | 'unfit';
  readonly message: string;
}

/** What was not heard for so long is gone. */
const STALE_MS = 30_000;
const INAUDIBLE = -20_000;

const isWanted = ({ ssid, bssid, frequency }: WantedNetwork, bss: Bss): boolean =>
  equalBytes(bss.ssid, ssid) &&
  bss.seenMsAgo < STALE_MS &&
  (bssid === undefined || bssid === bss.bssid) &&
  (frequency === undefined || frequency === bss.frequency);

/** The loudest access point that will do. */
export const chooseBss = (heard: ReadonlyArray<Bss>, wanted: WantedNetwork, wiphy: Wiphy): Either<NoCandidate, Candidate> => {
  const ours = heard.filter((bss) => isWanted(wanted, bss)).toSorted((a, b) => (b.signal ?? INAUDIBLE) - (a.signal ?? INAUDIBLE));
  const objections: string[] = [];
  for (const bss of ours) {
    const security = chooseSecurity(bss, wanted.credentials, wiphy);
    if (security._tag === 'Right') return right({ bss, ...(security.right && { security: security.right }) });
    objections.push(`${bss.bssid}: ${security.left}`);
  }
  if (objections.length > 0) return left({ kind: 'unfit', message: objections.join('; ') });
  const others = heard.length === 1 ? 'one access point' : `${heard.length} access points`;
  return left({ kind: 'unheard', message: `no access point of that name was heard, among ${others}` });
};
