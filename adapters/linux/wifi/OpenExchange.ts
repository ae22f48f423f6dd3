import {
  AuthenticationAlgorithm,
  readAuthenticationFrame,
  StatusCode,
  writeAuthenticationFrame,
} from '../../../streams/frames/index.js';
import type { AuthenticationExchange, AuthenticationFault } from './AuthenticationExchange.js';

export interface OpenWorld {
  /** Sends the body of an Authentication frame. */
  readonly transmit: (body: Uint8Array) => void;
  readonly accepted: () => void;
  readonly failed: (fault: AuthenticationFault) => void;
}

const { OPEN } = AuthenticationAlgorithm.codes;
const FIRST = 1;
const SECOND = 2;

/** Open authentication (IEEE 802.11-2020 12.3.3.2), which proves nothing: what follows the association does. */
export class OpenExchange implements AuthenticationExchange {
  readonly #world: OpenWorld;
  #isAwaited = false;

  constructor(world: OpenWorld) {
    this.#world = world;
  }

  start(): void {
    this.#isAwaited = true;
    const rest = new Uint8Array(0);
    this.#world.transmit(writeAuthenticationFrame({ algorithm: OPEN, transaction: FIRST, status: 0, rest }));
  }

  hear(body: Uint8Array | undefined): void {
    const frame = body && readAuthenticationFrame(body);
    if (!this.#isAwaited || frame?._tag === 'Left') return;
    if (frame !== undefined && (frame.right.algorithm !== OPEN || frame.right.transaction !== SECOND)) return;
    this.#isAwaited = false;
    if (frame === undefined) this.#world.failed({ why: 'the access point did not answer the authentication', isSilence: true });
    else if (frame.right.status === StatusCode.codes.SUCCESS) this.#world.accepted();
    else {
      const why = `the access point refused the authentication: ${StatusCode.show(frame.right.status)}`;
      this.#world.failed({ why, isSilence: false });
    }
  }

  cancel(): void {
    this.#isAwaited = false;
  }
}
