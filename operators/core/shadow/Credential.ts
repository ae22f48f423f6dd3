import type { Secret } from '../../../streams/events/index.js';

/** The secrets of TLS sessions, as a key log file has them, by the client random of their session. */
export interface TlsSecrets {
  /** The secret of a label such as `CLIENT_RANDOM` (the master secret of TLS 1.2) or `EXPORTER_SECRET` (TLS 1.3). */
  find(label: string, clientRandom: Uint8Array): Secret | undefined;
}

/**
 * Something secret that is known of a network or a connection, and what for.
 *
 * @since 0.2.0
 */
export type Credential =
  /** For any network where no SSID is given. */
  | { readonly kind: 'passphrase'; readonly passphrase: Secret; readonly ssid?: Uint8Array }
  | { readonly kind: 'pmk'; readonly pmk: Secret; readonly ssid?: Uint8Array }
  | { readonly kind: 'msk'; readonly msk: Secret }
  | { readonly kind: 'tk'; readonly tk: Secret }
  | { readonly kind: 'tls'; readonly secrets: TlsSecrets };
