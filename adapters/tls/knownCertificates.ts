import { X509Certificate } from 'node:crypto';
import type { CertificateSummary } from '../../operators/core/index.js';
import { type CertificateFields, certificateFields } from './certificateFields.js';
import { certificateSummary } from './certificateSummary.js';

/** Certificates as they were read before: a server shows the same ones each time, and reading them takes longer than a handshake. */
export interface KnownCertificates {
  /** By the SHA-256 of its octets. */
  of(fingerprint: string, der: Uint8Array): X509Certificate;
  /** The latest chain that began with it. */
  chain(fingerprint: string): ReadonlyArray<X509Certificate> | undefined;
  keepChain(fingerprint: string, chain: ReadonlyArray<X509Certificate>): void;
}

/** More than a server and its chain have. */
const MAX_KNOWN = 64;

export const knownCertificates = (): KnownCertificates => {
  const known = new Map<string, X509Certificate>();
  const chains = new Map<string, ReadonlyArray<X509Certificate>>();
  return {
    of: (fingerprint, der) => {
      const before = known.get(fingerprint);
      if (before !== undefined) return before;
      const certificate = new X509Certificate(der);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(fingerprint, certificate);
      return certificate;
    },
    chain: (fingerprint) => chains.get(fingerprint),
    keepChain: (fingerprint, chain) => {
      if (chains.size >= MAX_KNOWN) chains.clear();
      chains.set(fingerprint, chain);
    },
  };
};

const issuers = new WeakMap<X509Certificate, X509Certificate>();

/** Whether one has signed the other. node:tls goes by names, and a server can send what it likes: only a signature shows it. */
export const isSignedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  if (issuers.get(certificate) === issuer) return true;
  try {
    const isSigned = certificate.verify(issuer.publicKey);
    if (isSigned) issuers.set(certificate, issuer);
    return isSigned;
  } catch {
    return false;
  }
};

/** What is read of a certificate, read once. */
const readOnce = <A>(read: (certificate: X509Certificate) => A): ((certificate: X509Certificate) => A) => {
  const known = new WeakMap<X509Certificate, { readonly value: A }>();
  return (certificate) => {
    const before = known.get(certificate);
    if (before !== undefined) return before.value;
    const value = read(certificate);
    known.set(certificate, { value });
    return value;
  };
};

export const fieldsOf = readOnce((certificate): CertificateFields | undefined => certificateFields(certificate.raw));

/** From when until when it is valid, in milliseconds since 1970. */
export const validityOf = readOnce(({ validFrom, validTo }): readonly [from: number, to: number] => [
  Date.parse(validFrom),
  Date.parse(validTo),
]);

export const summaryOf = readOnce((certificate): CertificateSummary => certificateSummary(certificate, fieldsOf(certificate)));
