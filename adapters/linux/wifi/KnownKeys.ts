import { type Akm, akmOf, ftMicLength, pmkid } from '../../../operators/core/index.js';
import {
  type AssociationCompletion,
  type EffectOf,
  equalBytes,
  type MacAddress,
  macToBytes,
  type PmkEntry,
  type Secret,
  type SecretRequest,
  toHex,
} from '../../../streams/events/index.js';
import {
  ElementId,
  findElement,
  leadingElements,
  readAssociationResponse,
  readFastTransition,
  readMobilityDomain,
} from '../../../streams/frames/index.js';
import { type PmkStore, pmkStore } from '../../../streams/sources/index.js';
import { nodeCrypto } from '../../crypto/index.js';
import type { PmkName } from '../nl80211/requests.js';
import type { Candidate } from './chooseBss.js';
import type { PmkNews } from './DriverPmks.js';
import type { MobilityKeys } from './FtExchange.js';

export interface KnownKeysOptions {
  readonly own: MacAddress;
  /** In milliseconds. */
  readonly now: () => number;
  /** A PMK of 802.1X is offered to other access points of its network too. */
  readonly isOpportunistic: boolean;
  /** Takes the names of those that are known from now on, or no more. */
  readonly told?: (news: PmkNews) => void;
}

/** A PMK and its name, as an exchange before the association has made it. */
export interface NamedPmk {
  readonly pmk: Secret;
  readonly pmkid: Uint8Array;
}

/** Who holds the PMK-R0 of a mobility domain, as the response to its first association says. */
interface Holder {
  readonly domain: Uint8Array;
  readonly r0KeyHolder: Uint8Array;
}

/** Where the PMK-R0 is to be found in the store. */
interface Domain extends Holder {
  readonly peer: MacAddress;
  readonly pmkR0Name: Uint8Array;
}

/** Of a PMK that SAE or OWE made, in seconds: dot11RSNAConfigPMKLifetime. */
const LIFETIME = 43_200;
const NOTHING = new Uint8Array(0);

const isOfDomain = (akm: number): boolean => akmOf(akm)?.fastTransition === true;

const holderIn = (response: Uint8Array, akm: Akm, keyLength: number): Holder | undefined => {
  const read = readAssociationResponse(response);
  const all = leadingElements(read._tag === 'Right' ? read.right.elements : NOTHING);
  const [mde, fte] = [ElementId.codes.MOBILITY_DOMAIN, ElementId.codes.FAST_TRANSITION].map((id) => findElement(all, id));
  const domain = mde && readMobilityDomain(mde.body);
  const transition = fte && readFastTransition(fte.body, ftMicLength(akm, keyLength));
  if (domain?._tag !== 'Right' || transition?._tag !== 'Right') return undefined;
  const { r0KeyHolder } = transition.right;
  return r0KeyHolder && { domain: domain.right.domain, r0KeyHolder };
};

/**
 * The keys that outlive an association: PMKs by name, the PMK-R0 of a mobility domain, and what an exchange has made for the
 * association that follows it. They are in memory, for their lifetimes, and nowhere else.
 */
export class KnownKeys {
  readonly #options: KnownKeysOptions;
  readonly #pmks: PmkStore;
  #fresh: Secret | undefined;
  #response: Uint8Array = NOTHING;
  #domain: Domain | undefined;
  #named: ReadonlyMap<string, PmkName> = new Map();

  constructor(options: KnownKeysOptions) {
    this.#options = options;
    this.#pmks = pmkStore(options.now);
  }

  /** Answers `want: 'pmk'`: what was made for this association goes before what is older. */
  readonly secrets = (request: SecretRequest): Secret | undefined =>
    request.want === 'pmk' ? (this.#fresh?.copy() ?? this.#pmks.secrets(request)) : undefined;

  /** As the engine wants it. */
  carryOut(effect: EffectOf<'rememberPmk' | 'forgetPmk'>): number {
    if (effect.kind === 'rememberPmk') this.#noteDomain(effect.entry);
    const answer = this.#pmks.carryOut(effect);
    this.#tell();
    return answer;
  }

  /** An association begins: what was made for another is of no use. */
  begin(): void {
    this.#fresh?.zeroise();
    this.#fresh = undefined;
  }

  /** Keeps the key that an exchange before the association has made; it is the host's from now on. */
  keep(pmk: Secret): void {
    this.begin();
    this.#fresh = pmk;
  }

  associated({ response }: AssociationCompletion): void {
    this.#response = response;
  }

  /** The name of a PMK to offer to this access point. */
  nameFor(candidate: Candidate): Uint8Array | undefined {
    const { bss, security } = candidate;
    if (security === undefined || isOfDomain(security.akm)) return undefined;
    // Some may have come to the end of their lifetimes.
    this.#tell();
    const ours = this.#pmks.entries().filter(({ akm, ssid }) => akm === security.akm && equalBytes(ssid, bss.ssid));
    const own = ours.findLast(({ peer }) => peer === bss.bssid);
    return own?.pmkid ?? (this.#options.isOpportunistic ? this.#opportune(ours.at(-1), bss.bssid) : undefined);
  }

  /** A PMK that was made with this access point. */
  remember({ bss, security }: Candidate, { pmk, pmkid: name }: NamedPmk): void {
    if (security === undefined) return;
    this.#pmks.remember({ peer: bss.bssid, ssid: bss.ssid, akm: security.akm, pmkid: name, pmk, lifetime: LIFETIME });
    this.#tell();
  }

  forget({ bss }: Candidate, name: Uint8Array): void {
    this.#pmks.forget(bss.bssid, name);
    this.#tell();
  }

  /** What a fast transition to this access point begins with; the keys in it are the receiver's. */
  transitionTo({ bss, security }: Candidate): MobilityKeys | undefined {
    const known = this.#domain;
    const announced = security?.mobilityDomain && readMobilityDomain(security.mobilityDomain.subarray(2));
    if (known === undefined || announced?._tag !== 'Right' || !equalBytes(announced.right.domain, known.domain)) return undefined;
    const entry = this.#pmks.entries().find(({ peer, pmkid: name }) => peer === known.peer && equalBytes(name, known.pmkR0Name));
    if (entry === undefined || entry.akm !== security?.akm || !equalBytes(entry.ssid, bss.ssid)) return undefined;
    return { r0: { pmkR0: entry.pmk.copy(), name: entry.pmkid }, r0KeyHolder: known.r0KeyHolder };
  }

  clear(): void {
    this.begin();
    this.#domain = undefined;
    this.#pmks.clear();
  }

  /** The same PMK under the name it would have there (IEEE 802.11-2020 12.6.10.3, opportunistic key caching). */
  #opportune(entry: PmkEntry | undefined, peer: MacAddress): Uint8Array | undefined {
    const akm = entry && akmOf(entry.akm);
    if (entry === undefined || akm?.source !== 'oneX') return undefined;
    const addresses = { authenticator: macToBytes(peer), supplicant: macToBytes(this.#options.own) };
    const name = pmkid(nodeCrypto, akm, { pmk: entry.pmk.reveal(), addresses });
    if (name !== undefined) this.#pmks.remember({ ...entry, peer, pmkid: name });
    this.#tell();
    return name;
  }

  /** Those of a mobility domain are for fast transitions, and for nobody else. */
  #tell(): void {
    const { told = () => {} } = this.#options;
    const before = this.#named;
    const names = this.#pmks.entries().filter(({ akm }) => !isOfDomain(akm));
    this.#named = new Map(names.map(({ peer, pmkid: name }) => [`${peer} ${toHex(name)}`, { peer, pmkid: name }]));
    for (const [key, name] of before) if (!this.#named.has(key)) told({ kind: 'forgotten', ...name });
    for (const [key, name] of this.#named) if (!before.has(key)) told({ kind: 'known', ...name });
  }

  #noteDomain({ akm: selector, peer, pmkid: pmkR0Name, pmk }: PmkEntry): void {
    const akm = akmOf(selector);
    const holder = akm?.fastTransition === true ? holderIn(this.#response, akm, pmk.length) : undefined;
    if (holder !== undefined) this.#domain = { ...holder, peer, pmkR0Name };
  }
}
