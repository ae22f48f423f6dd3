import { randomBytes } from 'node:crypto';
import {
  akmOf,
  cipherOf,
  type FtError,
  type FtRequest,
  type FtSetup,
  ftAuthentication,
  ftReassociation,
  type PmkR0,
} from '../../../operators/core/index.js';
import { type MacAddress, macToBytes } from '../../../streams/events/index.js';
import { nodeCrypto } from '../../crypto/index.js';
import type { AuthenticationExchange, AuthenticationFault } from './AuthenticationExchange.js';
import type { Candidate } from './chooseBss.js';

/** What an association in a mobility domain leaves behind for the next. */
export interface MobilityKeys {
  readonly r0: PmkR0;
  readonly r0KeyHolder: Uint8Array;
}

export interface FtWorld {
  readonly own: MacAddress;
  /** Sends the body of an Authentication frame. */
  readonly transmit: (body: Uint8Array) => void;
  /** What the reassociation request says; the key in it is the receiver's. */
  readonly accepted: (request: FtRequest) => void;
  readonly failed: (fault: AuthenticationFault) => void;
}

const NONCE = 32;

const setupFor = ({ bss, security }: Candidate, own: MacAddress, { r0, r0KeyHolder }: MobilityKeys): FtSetup | undefined => {
  const [akm, cipher] = [security && akmOf(security.akm), security && cipherOf(security.pairwise)];
  if (security?.mobilityDomain === undefined || akm === undefined || cipher === undefined) return undefined;
  const { element: rsne, mobilityDomain, extension } = security;
  return {
    ...{ akm, cipher, rsne, mobilityDomain, r0, r0KeyHolder },
    ...(extension && { rsnxe: extension }),
    addresses: { authenticator: macToBytes(bss.bssid), supplicant: macToBytes(own) },
    snonce: randomBytes(NONCE),
  };
};

/** A fast transition over the air to another access point of the mobility domain, up to its reassociation (IEEE 802.11-2020 13.5.2). */
export class FtExchange implements AuthenticationExchange {
  readonly #world: FtWorld;
  readonly #setup: FtSetup | undefined;
  readonly #keys: MobilityKeys;
  #isAwaited = false;

  /** The keys are its own from now on. */
  constructor(world: FtWorld, candidate: Candidate, keys: MobilityKeys) {
    this.#world = world;
    this.#keys = keys;
    this.#setup = setupFor(candidate, world.own, keys);
  }

  start(): void {
    const body = this.#setup && ftAuthentication(this.#setup);
    if (body?._tag === 'Right') {
      this.#isAwaited = true;
      this.#world.transmit(body.right);
    } else this.#fail(body?.left);
  }

  hear(body: Uint8Array | undefined): void {
    if (!this.#isAwaited || this.#setup === undefined) return;
    this.#isAwaited = false;
    const request = body && ftReassociation(nodeCrypto, this.#setup, body);
    this.#release();
    if (request?._tag === 'Right') this.#world.accepted(request.right);
    else this.#fail(request?.left);
  }

  cancel(): void {
    this.#isAwaited = false;
    this.#release();
  }

  #fail(fault: FtError | undefined): void {
    this.#release();
    const why = fault?.detail ?? 'the access point did not answer the fast transition';
    this.#world.failed({ why, isSilence: fault === undefined });
  }

  #release(): void {
    this.#keys.r0.pmkR0.zeroise();
    this.#setup?.snonce.fill(0);
  }
}
