import type { EapolHeard } from '../../../streams/air/index.js';
import { equalBytes, type Secret } from '../../../streams/events/index.js';
import type { Crypto } from '../crypto/index.js';
import type { EapSeen } from './Connection.js';
import type { TlsSecrets } from './Credential.js';
import type { Conversation } from './eap/conversation.js';
import { eapMsk } from './eap/eapMsk.js';
import { beginProgress, factsOf, takeEapol } from './eap/progress.js';

/**
 * Follows the EAP conversation of one connection: EAPOL packets of EAP, starts and logoffs. Others are none of its business.
 *
 * @since 0.2.0
 */
export interface EapWatch {
  take(event: EapolHeard): void;
  facts(): EapSeen | undefined;
  /** The MSK of the TLS session that is through, once its secrets are known; another secret for another session. */
  readonly msk: Secret | undefined;
}

/** The session keys of a conversation, made once. */
const mskSource = (crypto: Crypto, tls: TlsSecrets | undefined): ((of: Conversation) => Secret | undefined) => {
  let made: { readonly client: Uint8Array; readonly msk: Secret } | undefined;
  return ({ tunnel, method, isThrough }) => {
    const { client, server, isEstablished } = tunnel ?? {};
    if (!isThrough && isEstablished !== true) return;
    if (tls === undefined || method === undefined || client === undefined || server === undefined) return;
    if (made !== undefined && equalBytes(made.client, client.random)) return made.msk;
    const msk = eapMsk(crypto, tls, { type: method.type, client, server });
    if (msk !== undefined) made = { client: client.random, msk };
    return msk;
  };
};

/**
 * Makes the watch of one connection. With the secrets of TLS sessions it gives the MSK of EAP-TLS and TTLS, and of PEAP unless that
 * binds its inner method to the tunnel.
 *
 * @since 0.2.0
 */
export const createEapWatch = (crypto: Crypto, tls: TlsSecrets | undefined): EapWatch => {
  const progress = beginProgress();
  const mskOf = mskSource(crypto, tls);
  return {
    take: (event) => takeEapol(progress, event),
    facts: () => {
      const facts = factsOf(progress);
      const msk = mskOf(progress.conversation);
      return facts === undefined || msk === undefined ? facts : { ...facts, msk };
    },
    get msk() {
      return mskOf(progress.conversation);
    },
  };
};
