import { randomBytes } from 'node:crypto';
import { type SchedulerLike, Subscription } from 'rxjs';
import {
  beginSae,
  derivePt,
  releaseSae,
  type SaeFailure,
  type SaeInput,
  type SaeOutput,
  type SaePt,
  type SaeSetup,
  type SaeState,
  type SaeStep,
  stepSae,
} from '../../../operators/core/index.js';
import { type MacAddress, macToBytes, type Secret } from '../../../streams/events/index.js';
import { AkmSuite } from '../../../streams/frames/index.js';
import { nodeCrypto } from '../../crypto/index.js';
import type { AuthenticationExchange } from './AuthenticationExchange.js';
import type { Candidate } from './chooseBss.js';

export interface SaeWorld {
  readonly own: MacAddress;
  readonly password: Secret;
  /** Names it among several. */
  readonly identifier?: Uint8Array;
  readonly scheduler: SchedulerLike;
  /** Sends the body of an Authentication frame. */
  readonly transmit: (body: Uint8Array) => void;
  /** The key is the receiver's; the other is its name. */
  readonly accepted: (pmk: Secret, pmkid: Uint8Array) => void;
  readonly failed: (failure: SaeFailure) => void;
}

/** P-256, which every access point has as a rule, and for those that want more P-384 and P-521. */
const GROUPS = [19, 20, 21];
/** The kernel sends a frame three times before it gives up; only after that is it our turn. */
const TIMING = { retransmitMs: 2_000, sync: 3 };

/** What of a password can be computed before an access point is known. Another group than the first is seldom asked for. */
export const prepareSae = (ssid: Uint8Array, password: Secret, identifier?: Uint8Array): ReadonlyArray<SaePt> => {
  const pt = derivePt(nodeCrypto, GROUPS[0] ?? 0, { ssid, password: password.reveal(), ...(identifier && { identifier }) });
  return pt === undefined ? [] : [pt];
};

/** SAE with one access point. */
export class SaeExchange implements AuthenticationExchange {
  readonly #world: SaeWorld;
  readonly #setup: SaeSetup;
  readonly #timer = { running: new Subscription() };
  #state: SaeState = { phase: 'nothing' };

  constructor(world: SaeWorld, { bss, security }: Candidate, pts: ReadonlyArray<SaePt>) {
    this.#world = world;
    const { identifier } = world;
    this.#setup = {
      ...{ crypto: nodeCrypto, role: 'station', akm: security?.akm ?? AkmSuite.codes.SAE, groups: GROUPS, timing: TIMING },
      addresses: { own: macToBytes(world.own), peer: macToBytes(bss.bssid) },
      credential: { ssid: bss.ssid, password: world.password, pts, ...(identifier && { identifier }) },
      methods: [security?.extension === undefined ? 'huntingAndPecking' : 'hashToElement'],
    };
  }

  start(): void {
    this.#take(beginSae(this.#setup));
  }

  /** It has a timer of its own for an access point that does not answer. */
  hear(body: Uint8Array | undefined): void {
    if (body !== undefined) this.#input({ kind: 'frame', body });
  }

  cancel(): void {
    this.#timer.running.unsubscribe();
    releaseSae(this.#state);
    this.#state = { phase: 'nothing' };
  }

  #input(input: SaeInput): void {
    this.#take(stepSae(this.#setup)(this.#state, input));
  }

  #take({ state, effects }: SaeStep): void {
    this.#state = state;
    for (const output of effects) this.#act(output);
  }

  #act(output: SaeOutput): void {
    switch (output.do) {
      case 'needRandom': {
        const octets = randomBytes(output.octets);
        this.#input({ kind: 'random', octets });
        octets.fill(0);
        break;
      }
      case 'send':
        this.#world.transmit(output.body);
        break;
      case 'setTimer':
        this.#timer.running.unsubscribe();
        this.#timer.running = this.#world.scheduler.schedule(() => this.#input({ kind: 'timer' }), output.ms);
        break;
      case 'clearTimer':
        this.#timer.running.unsubscribe();
        break;
      case 'accepted':
        this.#world.accepted(output.pmk, output.pmkid);
        break;
      case 'failed':
        this.#world.failed(output.failure);
        break;
      case 'report':
    }
  }
}
