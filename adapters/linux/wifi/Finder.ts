import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { equalBytes, type MacAddress } from '../../../streams/events/index.js';
import { AkmSuite } from '../../../streams/frames/index.js';
import type { LinuxFault } from '../LinuxFault.js';
import type { Bss } from '../nl80211/Bss.js';
import { type Candidate, chooseBss, type WantedNetwork } from './chooseBss.js';
import type { Radio } from './Radio.js';

/** Why there is no access point to go to. */
export interface NotFound {
  readonly why: string;
  /** Other names are to be asked for first. */
  readonly asksAgain: boolean;
}

/** Whoever listens can invent them, and a driver asks for few names at a time. */
const MOST_HIDDEN = 2;

/** Looks for access points of a network. */
export class Finder {
  readonly #radio: Radio;
  /** Names that are asked for beside it. */
  #hidden: ReadonlyArray<Uint8Array> = [];
  /** It was found encrypted without a secret: in the open it is somebody else's from now on. */
  #isEncrypted = false;

  constructor(radio: Radio) {
    this.#radio = radio;
  }

  /** On all channels, if not on some, or on the only one that is wanted. */
  scan({ ssid, frequency }: WantedNetwork, known: ReadonlyArray<number> = []): Either<LinuxFault, void> {
    const frequencies = frequency === undefined ? known : [frequency];
    return this.#radio.scan({ ssids: [ssid, ...this.#hidden], ...(frequencies.length > 0 && { frequencies }) });
  }

  /** Where others of the network than the own one were heard lately. */
  channelsOfOthers(network: WantedNetwork): ReadonlyArray<number> {
    const heard = this.#radio.heard();
    if (heard._tag === 'Left') return [];
    const others = heard.right.filter(({ isOurs, ssid }) => !isOurs && equalBytes(ssid, network.ssid));
    return [...new Set(others.map(({ frequency }) => frequency))];
  }

  choose(network: WantedNetwork): Either<NotFound, Candidate> {
    return this.#choose(network, () => true);
  }

  /** Another than the present one. */
  chooseOther(network: WantedNetwork, present: MacAddress | undefined): Either<NotFound, Candidate> {
    return this.#choose(network, ({ bssid }) => bssid !== present);
  }

  #choose(network: WantedNetwork, isMeant: (bss: Bss) => boolean): Either<NotFound, Candidate> {
    const heard = this.#radio.heard();
    if (heard._tag === 'Left') return left({ why: heard.left.message, asksAgain: false });
    const wanted: WantedNetwork = this.#isEncrypted ? { ...network, security: 'owe' } : network;
    const chosen = chooseBss(heard.right.filter(isMeant), wanted, this.#radio.wiphy);
    if (chosen._tag === 'Right') {
      this.#isEncrypted ||= chosen.right.security?.akm === AkmSuite.codes.OWE;
      return right(chosen.right);
    }
    return left({ why: chosen.left.message, asksAgain: this.#isNews(chosen.left.hidden) });
  }

  /** Encrypted networks that open ones name are hidden: they answer to their names only. */
  #isNews(hidden: ReadonlyArray<Uint8Array>): boolean {
    const fresh = hidden.filter((ssid) => this.#hidden.every((known) => !equalBytes(known, ssid)));
    this.#hidden = [...this.#hidden, ...fresh].slice(-MOST_HIDDEN);
    return fresh.length > 0;
  }
}
