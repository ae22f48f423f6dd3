import { randomBytes } from 'node:crypto';
import { beginOwe, finishOwe, type OweState, oweRandomOctets, releaseOwe } from '../../../operators/core/index.js';
import type { Secret } from '../../../streams/events/index.js';
import { nodeCrypto } from '../../crypto/index.js';

/** P-256, which every access point has (RFC 8110 4.1). */
const GROUP = 19;

/** Our half of opportunistic wireless encryption: an element for the association request, and what makes a key of the answer to it. */
export class OweExchange {
  /** The Diffie-Hellman Parameter element, for the association request. */
  readonly element: Uint8Array;
  readonly #state: OweState;

  private constructor(element: Uint8Array, state: OweState) {
    this.element = element;
    this.#state = state;
  }

  static begin(): OweExchange | undefined {
    const random = randomBytes(oweRandomOctets(nodeCrypto, GROUP) ?? 0);
    const begun = beginOwe(nodeCrypto, GROUP, random);
    random.fill(0);
    return begun._tag === 'Left' ? undefined : new OweExchange(begun.right.element, begun.right.state);
  }

  /** The PMK; nothing where the access point did not take part. It serves once. */
  finish(responseElements: Uint8Array): Secret | undefined {
    const keys = finishOwe(nodeCrypto, this.#state, responseElements);
    return keys._tag === 'Left' ? undefined : keys.right.pmk;
  }

  cancel(): void {
    releaseOwe(this.#state);
  }
}
