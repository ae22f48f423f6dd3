import type { SaePt } from '../../../operators/core/index.js';
import type { MacAddress } from '../../../streams/events/index.js';
import { Attempt, type AttemptWorld } from './Attempt.js';
import type { Candidate } from './chooseBss.js';
import { OweGroups } from './OweGroups.js';
import { type Plan, planOf } from './planOf.js';
import { prepareSae } from './SaeExchange.js';

const comingFrom = (candidate: Candidate, from: MacAddress | undefined): Candidate =>
  from === undefined || from === candidate.bss.bssid ? candidate : { ...candidate, from };

/** Makes attempts, and keeps what outlasts one of them. */
export class Attempts {
  readonly #world: Omit<AttemptWorld, 'oweGroup' | 'points'>;
  /** What of the password was computed for SAE. */
  #pts: ReadonlyArray<SaePt> | undefined;
  readonly #oweGroups = new OweGroups();

  constructor(world: Omit<AttemptWorld, 'oweGroup' | 'points'>) {
    this.#world = world;
  }

  /** To another access point than the one the station is associated with. */
  roaming(candidate: Candidate, from: MacAddress | undefined): Plan {
    return planOf(comingFrom(candidate, from), this.#world.known);
  }

  /** From an access point that was lost there is a fast transition to another, or nothing short. */
  returning(candidate: Candidate, lost: MacAddress | undefined): Plan {
    const plan = this.roaming(candidate, lost);
    return plan.way === 'fastTransition' ? plan : planOf(candidate, this.#world.known);
  }

  attempt(plan: Plan): Attempt {
    const { password, identifier } = this.#world;
    const points = (ssid: Uint8Array): ReadonlyArray<SaePt> => {
      this.#pts ??= password === undefined ? [] : prepareSae(ssid, password, identifier);
      return this.#pts;
    };
    return new Attempt({ ...this.#world, oweGroup: this.#oweGroups.of(plan.candidate.bss.bssid), points }, plan);
  }

  /** Whether there is another group of OWE to propose to an access point that did not take the last. */
  hasOtherGroup({ plan, usesOwe }: Attempt): boolean {
    return usesOwe && this.#oweGroups.refused(plan.candidate.bss.bssid);
  }

  clear(): void {
    for (const { element } of this.#pts ?? []) element.zeroise();
  }
}
