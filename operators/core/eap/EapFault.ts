/**
 * Why an authentication did not succeed, as far as this side can tell.
 *
 * @since 0.2.0
 */
export type EapFaultCode =
  /** The server wants only methods that are not allowed here. */
  | 'noCommonMethod'
  /** A method needs a password or a certificate that nobody gave. */
  | 'noCredential'
  /** The method itself was told that the password is wrong. */
  | 'wrongPassword'
  /** The account is known and may not be used: expired, disabled, outside of its hours (RFC 2759 6). */
  | 'accountRestricted'
  /** An EAP-Failure, and nothing before it that says why. */
  | 'rejected'
  /** The server's certificate is not acceptable. */
  | 'certificate'
  /** The other side ended TLS by an alert. */
  | 'tlsAlert'
  /** TLS came to an end in another way. */
  | 'tls'
  /** The server did not prove that it knows what it should: a password's verifier, the keys of a tunnel. */
  | 'serverUnproven'
  | 'malformed'
  /** Something came that has no place there. */
  | 'outOfTurn'
  /** A Success or Failure at a time when no server sends one. */
  | 'forgedResult'
  | 'tooManyRounds'
  | 'tooLong'
  /** The server fell silent. */
  | 'noAnswer'
  /** It was stopped. */
  | 'cancelled';

/** An alert of TLS (RFC 8446 6), and which side sent it. */
export interface TlsAlertNotice {
  readonly description: number;
  readonly by: 'server' | 'peer';
}

export interface EapFault {
  readonly code: EapFaultCode;
  /** A sentence for a person. Never a secret nor an identity. */
  readonly message: string;
  /** The method in which it happened, e.g. `PEAP`. */
  readonly method?: string;
  readonly alert?: TlsAlertNotice;
  /** Of a certificate: OpenSSL's name of what is wrong with it, e.g. `CERT_HAS_EXPIRED`. */
  readonly certificateError?: string;
  /** What the server sent with its refusal, e.g. the error number of MSCHAPv2 (RFC 2759 6). */
  readonly serverCode?: number;
  /** Of a refusal: a password, or what proves that one is known, had been shown before it. */
  readonly isOfPassword?: boolean;
}

export const eapFault = (code: EapFaultCode, message: string, more: Omit<EapFault, 'code' | 'message'> = {}): EapFault => ({
  code,
  message,
  ...more,
});

/** Whether the same password, shown once more, may count against its account: some servers lock one after a few that are wrong. */
export const spendsPassword = ({ code, isOfPassword = false }: EapFault): boolean =>
  isOfPassword || code === 'wrongPassword' || code === 'accountRestricted';
