import type { CertificateSummary, EapFaultCode } from '../../../operators/core/index.js';
import type { KeyComparison } from './keyComparison.js';

/**
 * What an authentication came to.
 *
 * @since 0.2.0
 */
export type VerdictKind =
  | 'authenticated'
  /** The server does not know the user, or the realm. */
  | 'rejectedIdentity'
  | 'wrongPassword'
  /** The user or the password: this method does not let the server say which. */
  | 'rejectedCredentials'
  | 'accountRestricted'
  | 'badServerCertificate'
  | 'tlsAlert'
  | 'tlsFailed'
  | 'noAnswer'
  | 'wrongSecret'
  | 'methodRefused'
  | 'keysDiffer'
  /** Refused for a reason nobody told. */
  | 'rejected'
  | 'noCredential'
  | 'serverUnproven'
  | 'protocolError';

export interface Verdict {
  readonly kind: VerdictKind;
  /** What happened, in a sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
  readonly fault?: EapFaultCode;
  readonly method?: string;
  readonly keys?: KeyComparison;
  /** Of a server whose certificate is not acceptable. */
  readonly certificate?: CertificateSummary;
  readonly certificateError?: string;
  /** By its name in the registry of TLS. */
  readonly alert?: string;
  readonly serverCode?: number;
}
