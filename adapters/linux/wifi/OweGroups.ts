import type { MacAddress } from '../../../streams/events/index.js';
import { FIRST_GROUP, oweGroupAfter } from './OweExchange.js';

/** The groups of OWE for access points that did not take the first. */
export class OweGroups {
  readonly #groups = new Map<MacAddress, number>();

  of(bssid: MacAddress): number {
    return this.#groups.get(bssid) ?? FIRST_GROUP;
  }

  /** It does not take that group. Whether there is another to propose; if not, the next attempt begins anew. */
  refused(bssid: MacAddress): boolean {
    const next = oweGroupAfter(this.of(bssid));
    if (next === undefined) this.#groups.delete(bssid);
    else this.#groups.set(bssid, next);
    return next !== undefined;
  }
}
