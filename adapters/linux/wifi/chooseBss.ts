import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { equalBytes, type MacAddress } from '../../../streams/events/index.js';
import type { OweTransition } from '../../../streams/frames/index.js';
import type { Bss } from '../nl80211/Bss.js';
import type { LinkSecurity } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import { chooseSecurity } from './chooseSecurity.js';
import type { Demands } from './Demands.js';
import { namedBy, offersOwe } from './oweBeside.js';

/** The network that is wanted. */
export interface WantedNetwork extends Demands {
  readonly ssid: Uint8Array;
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
  /** The access point the station comes from, to which it is or was associated. */
  readonly from?: MacAddress;
}

export interface NoCandidate {
  /** Nobody of that name was heard; or somebody was, and will not do. */
  readonly kind: 'unheard' | 'unfit';
  readonly message: string;
  /** The names of encrypted networks that open ones name, and that answer to their names only. */
  readonly hidden: ReadonlyArray<Uint8Array>;
}

/** What was not heard for so long is gone. */
const STALE_MS = 30_000;
const INAUDIBLE = -20_000;
const BESIDE = 'it is open, and its network can be encrypted (OWE)';

const isThere = ({ frequency }: WantedNetwork, bss: Bss): boolean =>
  bss.seenMsAgo < STALE_MS && (frequency === undefined || frequency === bss.frequency);

const isNamed = (named: OweTransition | undefined, bss: Bss): boolean =>
  named !== undefined && named.bssid === bss.bssid && equalBytes(named.ssid, bss.ssid);

/** Access points that answer, and those that they name instead of themselves. */
interface Heard {
  readonly named: ReadonlyArray<OweTransition>;
  readonly bsses: ReadonlyArray<Bss>;
}

const heardOf = (heard: ReadonlyArray<Bss>, wanted: WantedNetwork): Heard => {
  const there = heard.filter((bss) => isThere(wanted, bss));
  const ours = there.filter((bss) => equalBytes(bss.ssid, wanted.ssid));
  const named = wanted.credentials === 'none' ? ours.flatMap((bss) => namedBy(bss) ?? []) : [];
  const beside = there.filter((bss) => !ours.includes(bss) && named.some((each) => isNamed(each, bss)));
  const { bssid } = wanted;
  // Whoever wants one access point that is open gets the encrypted one it names.
  const isMeant = (bss: Bss): boolean =>
    bssid === undefined || bss.bssid === bssid || ours.some((one) => one.bssid === bssid && isNamed(namedBy(one), bss));
  const bsses = [...ours, ...beside].filter(isMeant).toSorted((a, b) => (b.signal ?? INAUDIBLE) - (a.signal ?? INAUDIBLE));
  return { named, bsses };
};

/** A network that offers opportunistic encryption anywhere is joined by nothing less: whoever comes in the open may be somebody else. */
const demandsOf = ({ named, bsses }: Heard, wanted: WantedNetwork): Demands =>
  wanted.credentials === 'none' && (named.length > 0 || bsses.some(offersOwe)) ? { ...wanted, security: 'owe' } : wanted;

/** The loudest access point that will do. */
export const chooseBss = (heard: ReadonlyArray<Bss>, wanted: WantedNetwork, wiphy: Wiphy): Either<NoCandidate, Candidate> => {
  const ours = heardOf(heard, wanted);
  const demands = demandsOf(ours, wanted);
  const objections: string[] = [];
  for (const bss of ours.bsses) {
    const security = chooseSecurity(bss, demands, wiphy);
    if (security._tag === 'Right') return right({ bss, ...(security.right && { security: security.right }) });
    const isBeside = demands !== wanted && !offersOwe(bss);
    objections.push(`${bss.bssid}: ${isBeside ? BESIDE : security.left}`);
  }
  const hidden = ours.named.map(({ ssid }) => ssid).filter((ssid) => ssid.length > 0);
  if (objections.length > 0) return left({ kind: 'unfit', message: objections.join('; '), hidden });
  const others = heard.length === 1 ? 'one access point' : `${heard.length} access points`;
  return left({ kind: 'unheard', message: `no access point of that name was heard, among ${others}`, hidden });
};
