import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { equalBytes, type MacAddress } from '../../../streams/events/index.js';
import { AkmSuite } from '../../../streams/frames/index.js';
import type { LinuxFault } from '../LinuxFault.js';
import type { Bss } from '../nl80211/Bss.js';
import { type Candidate, chooseBss, type WantedNetwork } from './chooseBss.js';
import type { Radio } from './Radio.js';
import { ALL, counts, isEnough, type Search, type Stretch, stretchesOf } from './stretches.js';

/** Why there is no access point to go to. */
export interface NotFound {
  readonly why: string;
  /** Another scan has to follow: of other channels, or for other names. */
  readonly goesOn: boolean;
}

/** Whoever listens can invent them, and a driver asks for few names at a time. */
const MOST_HIDDEN = 2;
/** Whoever listens can invent these too. */
const MOST_HOMES = 16;
/** Those refuse the next stretch as well. */
const LASTING_REFUSALS: ReadonlySet<string> = new Set(['EPERM', 'EBUSY']);

/** Looks for access points of a network. */
export class Finder {
  readonly #radio: Radio;
  /** Names that are asked for beside it. */
  #hidden: ReadonlyArray<Uint8Array> = [];
  /** It was found encrypted without a secret: in the open it is somebody else's from now on. */
  #isEncrypted = false;
  /** What is to be listened to still, from the present stretch on. */
  #stretches: ReadonlyArray<Stretch> = [];
  /** Where access points of the network were heard. */
  readonly #heardOn = new Map<MacAddress, number>();

  constructor(radio: Radio) {
    this.#radio = radio;
  }

  /** Begins a search; `home` is the channel of the last connection. */
  begin(search: Search, network: WantedNetwork, home?: number): void {
    const lately = [...new Set(this.#heardOn.values())];
    const whereabouts = { channels: this.#radio.wiphy.channels, lately, ...(home !== undefined && { home }) };
    this.#stretches = stretchesOf(search, network, whereabouts);
  }

  /** Scans the present stretch, or the next that can be scanned; the answer is where it listens. */
  scan(network: WantedNetwork): Either<LinuxFault, ReadonlyArray<number>> {
    const [{ frequencies } = ALL, ...rest] = this.#stretches;
    const scanned = this.listen(network, frequencies);
    if (scanned._tag === 'Right') return right(frequencies);
    if (rest.length === 0 || LASTING_REFUSALS.has(scanned.left.code)) return scanned;
    this.#stretches = rest;
    return this.scan(network);
  }

  /** On some channels, or on all. */
  listen({ ssid }: WantedNetwork, frequencies: ReadonlyArray<number>): Either<LinuxFault, void> {
    return this.#radio.scan({ ssids: [ssid, ...this.#hidden], ...(frequencies.length > 0 && { frequencies }) });
  }

  /** Where others of the network than the own one were heard lately, or the only channel that is wanted. */
  channelsOfOthers(network: WantedNetwork): ReadonlyArray<number> {
    if (network.frequency !== undefined) return [network.frequency];
    const heard = this.#radio.heard();
    if (heard._tag === 'Left') return [];
    const others = heard.right.filter(({ isOurs, ssid }) => !isOurs && equalBytes(ssid, network.ssid));
    return [...new Set(others.map(({ frequency }) => frequency))];
  }

  /** Whom the search has found, rather another than the one that is not to be gone back to. */
  choose(network: WantedNetwork, shunned?: MacAddress): Either<NotFound, Candidate> {
    const [stretch = ALL, ...rest] = this.#stretches;
    const isMeant = (bss: Bss): boolean => counts(stretch, bss);
    const other = this.#choose(network, (bss) => isMeant(bss) && bss.bssid !== shunned);
    const isSettled = shunned === undefined || other._tag === 'Right' || other.left.goesOn;
    const chosen = isSettled ? other : this.#choose(network, isMeant);
    if (chosen._tag === 'Left' && chosen.left.goesOn) {
      if (rest.length === 0) this.begin('all', network);
      return chosen;
    }
    if (rest.length === 0) return chosen;
    if (chosen._tag === 'Right' && isEnough(stretch, network, chosen.right)) return chosen;
    this.#stretches = rest;
    const why = chosen._tag === 'Left' ? chosen.left.why : 'there may be a better access point';
    return left({ why, goesOn: true });
  }

  /** It is not where it was heard any more. */
  moved(bssid: MacAddress, frequency: number): void {
    this.#heardOn.set(bssid, frequency);
  }

  /** Another than the present one. */
  chooseOther(network: WantedNetwork, present: MacAddress | undefined): Either<NotFound, Candidate> {
    return this.#choose(network, ({ bssid }) => bssid !== present);
  }

  #choose(network: WantedNetwork, isMeant: (bss: Bss) => boolean): Either<NotFound, Candidate> {
    const heard = this.#radio.heard();
    if (heard._tag === 'Left') return left({ why: heard.left.message, goesOn: false });
    this.#remember(heard.right.filter(({ ssid }) => equalBytes(ssid, network.ssid)));
    const wanted: WantedNetwork = this.#isEncrypted ? { ...network, security: 'owe' } : network;
    const chosen = chooseBss(heard.right.filter(isMeant), wanted, this.#radio.wiphy);
    if (chosen._tag === 'Right') {
      this.#isEncrypted ||= chosen.right.security?.akm === AkmSuite.codes.OWE;
      return right(chosen.right);
    }
    return left({ why: chosen.left.message, goesOn: this.#isNews(chosen.left.hidden) });
  }

  #remember(heard: ReadonlyArray<Bss>): void {
    for (const { bssid, frequency } of heard) {
      this.#heardOn.delete(bssid);
      this.#heardOn.set(bssid, frequency);
    }
    for (const bssid of [...this.#heardOn.keys()].slice(0, -MOST_HOMES)) this.#heardOn.delete(bssid);
  }

  /** Encrypted networks that open ones name are hidden: they answer to their names only. */
  #isNews(hidden: ReadonlyArray<Uint8Array>): boolean {
    const fresh = hidden.filter((ssid) => this.#hidden.every((known) => !equalBytes(known, ssid)));
    this.#hidden = [...this.#hidden, ...fresh].slice(-MOST_HIDDEN);
    return fresh.length > 0;
  }
}
