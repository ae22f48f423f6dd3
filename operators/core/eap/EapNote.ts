/** What a person may want to know of a certificate. */
export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256 of the certificate, in hex. */
  readonly fingerprint: string;
  readonly names: ReadonlyArray<string>;
}

/**
 * A remark on how an authentication goes on, for a timeline. It changes nothing, and never holds a secret or an identity.
 *
 * @since 0.2.0
 */
export type EapNote =
  /** The server asks for a method; one that is not allowed is answered with those that are. */
  | {
      readonly kind: 'method';
      readonly type: number;
      readonly name: string;
      readonly isInner: boolean;
      readonly isAllowed: boolean;
    }
  | { readonly kind: 'notification'; readonly text: string }
  | {
      readonly kind: 'tls';
      readonly isInner: boolean;
      readonly version: string;
      readonly cipher: string;
      readonly isResumed: boolean;
      readonly certificate?: CertificateSummary;
    }
  /** A packet that was not answered, and why. */
  | { readonly kind: 'discarded'; readonly why: string }
  /** The EAP-Success or -Failure of the server. */
  | { readonly kind: 'result'; readonly isSuccess: boolean; readonly isBelieved: boolean };
