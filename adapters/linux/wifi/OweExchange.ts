import { randomBytes } from 'node:crypto';
import { beginOwe, finishOwe, type OweKeys, type OweState, oweRandomOctets, releaseOwe } from '../../../operators/core/index.js';
import { nodeCrypto } from '../../crypto/index.js';

/** P-256 first, which every access point has (RFC 8110 4.1), then P-384 and P-521. */
const GROUPS = [19, 20, 21];

export const FIRST_GROUP = 19;

/** What to propose to an access point that does not take a group; nothing after the last. */
export const oweGroupAfter = (group: number): number | undefined => GROUPS[GROUPS.indexOf(group) + 1];

/** Our half of opportunistic wireless encryption: an element for the association request, and what makes a key of the answer to it. */
export class OweExchange {
  /** The Diffie-Hellman Parameter element, for the association request. */
  readonly element: Uint8Array;
  readonly #state: OweState;

  private constructor(element: Uint8Array, state: OweState) {
    this.element = element;
    this.#state = state;
  }

  static begin(group: number): OweExchange | undefined {
    const random = randomBytes(oweRandomOctets(nodeCrypto, group) ?? 0);
    const begun = beginOwe(nodeCrypto, group, random);
    random.fill(0);
    return begun._tag === 'Left' ? undefined : new OweExchange(begun.right.element, begun.right.state);
  }

  /** The PMK and its name; nothing where the access point did not take part. It serves once. */
  finish(responseElements: Uint8Array): OweKeys | undefined {
    const keys = finishOwe(nodeCrypto, this.#state, responseElements);
    return keys._tag === 'Left' ? undefined : keys.right;
  }

  cancel(): void {
    releaseOwe(this.#state);
  }
}
