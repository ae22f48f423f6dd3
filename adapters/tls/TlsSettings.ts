import type { Secret } from '../../streams/events/index.js';

/** A version of TLS, as node:tls names it. */
export type TlsVersionName = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** Whom a server's certificate has to come from. */
export type ServerTrust =
  /** From one of these roots, in PEM. */
  | { readonly kind: 'authorities'; readonly pem: string }
  /** From a root of the system. Every site of the web has such a certificate: without names this says next to nothing. */
  | { readonly kind: 'system' }
  /** It has to be one of the pinned certificates itself, whoever made it. */
  | { readonly kind: 'pinned' }
  /** From anybody. Whoever stands in the way can then be the server, and learns what the method tells it. */
  | { readonly kind: 'insecureNoVerify' };

/**
 * A name the certificate has to carry as a subject alternative name. `dns` is the whole name (a wildcard of the certificate stands for
 * one label), `suffix` a domain with all below it.
 */
export interface ServerName {
  readonly kind: 'dns' | 'suffix' | 'email' | 'uri' | 'ip';
  readonly value: string;
}

/** The certificate to show, with its key. */
export type ClientCredential =
  | { readonly kind: 'pem'; readonly certificates: string; readonly key: Secret; readonly passphrase?: Secret }
  | { readonly kind: 'pkcs12'; readonly bundle: Secret; readonly passphrase?: Secret };

/**
 * Whom to trust and what to show. Only `insecureNoVerify` leaves a server unchecked.
 *
 * @since 0.2.0
 */
export interface TlsSettings {
  readonly trust: ServerTrust;
  /** One of them is enough. */
  readonly names?: ReadonlyArray<ServerName>;
  /** Lets the common name count where the certificate has no DNS name at all (RFC 6125 6.4.4). */
  readonly acceptsCommonName?: boolean;
  /** SHA-256 of certificates in hex: the server's, or one its certificate comes from. One of them is enough. */
  readonly pins?: ReadonlyArray<string>;
  /** What a stapled response says of revocation (RFC 6066 8): not asked for, heeded if it comes, or wanted. `try` if not given. */
  readonly ocsp?: 'off' | 'try' | 'require';
  readonly client?: ClientCredential;
  /** `TLSv1.2` if not given. */
  readonly minVersion?: TlsVersionName;
  readonly maxVersion?: TlsVersionName;
  /** TLS 1.0 and 1.1 (RFC 8996 says not to), with the weak keys and hashes of their time. */
  readonly insecureObsoleteTls?: boolean;
  /** The suites, curves and key sizes of 192-bit security (WPA3 Enterprise). */
  readonly suiteB192?: boolean;
  /** Said in the ClientHello (RFC 6066 3). EAP has no name to say, so there is none if not given. */
  readonly serverName?: string;
  /** Whether sessions are kept and offered again. They are, if not given. */
  readonly resumes?: boolean;
  /** Milliseconds since 1970, for what is dated. */
  readonly now?: () => number;
}
