import type { X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { isSignedBy, type KnownCertificates } from './knownCertificates.js';

const MAX_CHAIN = 16;

const read = (socket: TLSSocket, isDetailed: boolean): unknown =>
  Reflect.apply(TLSSocket.prototype.getPeerCertificate, socket, [isDetailed]);

interface Shown {
  readonly raw: Buffer;
  readonly fingerprint256: string;
  readonly issuerCertificate?: unknown;
}

const isShown = (certificate: unknown): certificate is Shown =>
  typeof certificate === 'object' && certificate !== null && 'raw' in certificate && 'fingerprint256' in certificate;

/**
 * The certificate of a server and those it comes from, whether it sent them or they are among the trusted ones. At the moment when it
 * has sent them, and long before the handshake is over. (Not by `getPeerX509Certificate`, which takes the first out of OpenSSL's list.)
 */
export const shownChain = (socket: TLSSocket, known: KnownCertificates): ReadonlyArray<X509Certificate> => {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  let next = read(socket, true);
  while (isShown(next) && !seen.has(next.fingerprint256) && chain.length < MAX_CHAIN) {
    seen.add(next.fingerprint256);
    const certificate = known.of(next.fingerprint256, next.raw);
    const before = chain.at(-1);
    if (before !== undefined && !isSignedBy(before, certificate)) break;
    chain.push(certificate);
    next = next.issuerCertificate;
  }
  const [first] = chain;
  if (first !== undefined) known.keepChain(first.fingerprint256, chain);
  return chain;
};

/**
 * What a server showed with this certificate before, if it did: to read all of a chain takes longer than the cryptography of a
 * handshake. Good enough to accept a server, since one has signed the other; a refusal is to be of what it shows now.
 */
export const shownBefore = (socket: TLSSocket, known: KnownCertificates): ReadonlyArray<X509Certificate> | undefined => {
  const first = read(socket, false);
  return isShown(first) ? known.chain(first.fingerprint256) : undefined;
};

/** When a handshake is over, node:tls reads the whole chain to compare names, which is done here. */
export const leaveChainUnread = (socket: TLSSocket): void => {
  Object.defineProperty(socket, 'getPeerCertificate', { value: () => ({}) });
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
