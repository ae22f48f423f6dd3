import type { EapPeerMethod } from '../../operators/core/index.js';

/** The same method, whose user has given no password beforehand. */
export const passwordless = <S>(method: EapPeerMethod<S>): EapPeerMethod<S> => ({
  ...method,
  begin: ({ password: _, ...context }) => method.begin(context),
});
