import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

const MAX_CHAIN = 16;

/** node:tls goes by names, and a server can send what it likes: only a signature shows that one comes from the other. */
const comesFrom = (certificate: X509Certificate | undefined, issuer: X509Certificate): boolean => {
  try {
    return certificate === undefined || certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
};

/**
 * The certificate of a server and those it comes from, whether it sent them or they are among the trusted ones. At the moment when it
 * has sent them, and long before the handshake is over. (Not by `getPeerX509Certificate`, which takes the first out of OpenSSL's list.)
 */
export const shownChain = (socket: TLSSocket): ReadonlyArray<X509Certificate> => {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | null | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined && !seen.has(next.fingerprint256) && chain.length < MAX_CHAIN) {
    seen.add(next.fingerprint256);
    const certificate = new X509Certificate(next.raw);
    if (!comesFrom(chain.at(-1), certificate)) break;
    chain.push(certificate);
    next = next.issuerCertificate;
  }
  return chain;
};

const nameIn = (error: unknown): string | undefined => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : error;
  return typeof code === 'string' ? code : undefined;
};

/**
 * What OpenSSL has against the chain, by its name. While the handshake is still going on, only node's own handle tells; where it should
 * not, the answer is there when the handshake is over.
 */
export const objectionOf = (socket: TLSSocket): string | undefined => {
  const handle: unknown = Reflect.get(socket, '_handle');
  const ask: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'verifyError') : undefined;
  if (typeof handle === 'object' && handle !== null && typeof ask === 'function') return nameIn(Reflect.apply(ask, handle, []));
  return socket.authorized ? undefined : nameIn(socket.authorizationError);
};
