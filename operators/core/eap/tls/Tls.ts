import type { EapFault } from '../EapFault.js';
import type { CertificateSummary } from '../EapNote.js';

/** Key material to be taken out of a session (RFC 5705, RFC 8446 7.5). Without a context there is none, which is not an empty one. */
export interface TlsExport {
  readonly label: string;
  readonly context?: Uint8Array;
  readonly octets: number;
}

/** What is to be exported once a session stands, by names of the method's own; TLS 1.3 has labels of its own (RFC 9190 2.3). */
export interface TlsExports {
  readonly upTo12: Readonly<Record<string, TlsExport>>;
  readonly from13: Readonly<Record<string, TlsExport>>;
}

/**
 * What a method wants of a TLS session, in which it is the client. Every command is answered with one turn, and none is given before
 * the one before is answered.
 *
 * @since 0.2.0
 */
export type TlsCommand =
  /** Begins the handshake: the turn brings the ClientHello. Whom to trust and which certificate to show is the adapter's to know. */
  | { readonly do: 'open'; readonly presentsCertificate: boolean; readonly exports: TlsExports }
  /** What the server sent, whole: all fragments of one message. */
  | { readonly do: 'receive'; readonly records: Uint8Array }
  /** Octets for the tunnel, which stands. */
  | { readonly do: 'write'; readonly plain: Uint8Array };

/** A session whose handshake is over. */
export interface TlsEstablished {
  /** `TLSv1.2`, `TLSv1.3`. */
  readonly version: string;
  readonly cipher: string;
  readonly isResumed: boolean;
  readonly certificate?: CertificateSummary;
  /** By the names of `TlsExports`; the method's to zeroise. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

/** What came of a command. */
export interface TlsTurn {
  /** For the server; empty when there is nothing to say. With a fault, the alert that tells the server of it. */
  readonly records: Uint8Array;
  /** What the server said inside of the tunnel. */
  readonly plain: Uint8Array;
  /** On the turn that ended the handshake. */
  readonly established?: TlsEstablished;
  /** The session is over. */
  readonly fault?: EapFault;
  /** The server closed the tunnel (close_notify). */
  readonly isClosed?: boolean;
}

/** A TLS session somebody runs: the edge of the machines that use TLS. */
export interface TlsSession {
  turn(command: TlsCommand): Promise<TlsTurn>;
  /**
   * All has been proven, inside of the tunnel too: from now on the session may be resumed. Whoever resumes proves nothing anew, so
   * that a session which ends without this is never resumed again.
   */
  keep(): void;
  /** Ends it at once; a turn under way never comes to anything. */
  close(): void;
}

/** Opens a session by its name: `tls` is that of the method, `inner.tls` that of a method inside of its tunnel. */
export type OpenTls = (name: string) => TlsSession;
