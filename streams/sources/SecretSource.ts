import type { HostEvent, Secret, SecretRequest } from '../events/index.js';

/**
 * Where randomness, credentials and the clear text of protected blobs come from. The engine has no other way to any of
 * them; `undefined` says there is none to give.
 *
 * @example
 * const secrets: SecretSource = (request) =>
 *   request.want === 'entropy' ? Secret.of(randomBytes(request.length)) : undefined;
 *
 * @since 0.1.0
 */
export type SecretSource = (request: SecretRequest) => Secret | undefined;

/** Tells a recorder what was supplied, so that a replay can supply the same. */
export const reportingSecrets =
  (source: SecretSource, tell: (event: HostEvent) => void): SecretSource =>
  (request) => {
    const secret = source(request);
    tell(secret === undefined ? { kind: 'secretSupplied', request } : { kind: 'secretSupplied', request, secret });
    return secret;
  };
