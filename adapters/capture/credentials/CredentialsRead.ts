import type { Credential } from '../../../operators/core/index.js';

/**
 * What a text gave: the credentials in it, and a sentence about each line that was no use. No sentence quotes a line, because
 * whatever is wrong with it may be a secret.
 *
 * @since 0.2.0
 */
export interface CredentialsRead {
  readonly credentials: ReadonlyArray<Credential>;
  readonly faults: ReadonlyArray<string>;
}
