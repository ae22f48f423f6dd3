/** Which way a packet goes. */
export type Way = 'toServer' | 'toStation';

/** What happens to the nth packet of a way; the first is number 1. */
export interface Rule {
  readonly way: Way;
  readonly nth: number;
  readonly does:
    | 'drop'
    | 'duplicate'
    /** It passes behind the next one. */
    | 'delay'
    /** Neither this packet nor any after it passes, whichever way it goes. */
    | 'freeze';
}

/** Packets that pass by number, whatever the time: the same each time it is played. */
export class Traffic {
  readonly #rules: ReadonlyArray<Rule>;
  readonly #counts: Record<Way, number> = { toServer: 0, toStation: 0 };
  readonly #delayed: Record<Way, Uint8Array[]> = { toServer: [], toStation: [] };
  #isFrozen = false;

  constructor(rules: ReadonlyArray<Rule>) {
    this.#rules = rules;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** What goes on of a packet. */
  pass(way: Way, packet: Uint8Array): ReadonlyArray<Uint8Array> {
    this.#counts[way] += 1;
    const nth = this.#counts[way];
    const rule = this.#rules.find((one) => one.way === way && one.nth === nth);
    if (rule?.does === 'freeze') this.#isFrozen = true;
    if (this.#isFrozen || rule?.does === 'drop') return [];
    if (rule?.does === 'delay') {
      this.#delayed[way].push(packet);
      return [];
    }
    const late = this.#delayed[way].splice(0);
    return rule?.does === 'duplicate' ? [packet, packet, ...late] : [packet, ...late];
  }

  words(way: Way, packet: Uint8Array, passed: number): string {
    const fate = passed === 1 ? '' : passed === 0 ? ', which stays here' : `, and ${passed} go on`;
    return `${way} ${this.#counts[way]}: ${packet.length} octets${fate}`;
  }
}

/** The rules of a relay as its one argument. */
export const rulesIn = ([text = '[]']: ReadonlyArray<string>): ReadonlyArray<Rule> => {
  const isRule = (u: unknown): u is Rule => typeof u === 'object' && u !== null && 'way' in u && 'nth' in u && 'does' in u;
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter(isRule) : [];
};
