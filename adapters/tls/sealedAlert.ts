import { createCipheriv, createHmac } from 'node:crypto';
import { TlsAlertLevel, TlsContentType } from '../../streams/frames/index.js';

/** What a client's handshake traffic secret seals with. */
export interface HandshakeProtection {
  readonly secret: Uint8Array;
  /** The name of the cipher suite at IANA. */
  readonly cipherSuite: string;
}

interface Sealing {
  readonly hash: 'sha256' | 'sha384';
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
  readonly keyOctets: number;
}

const SEALINGS: Readonly<Record<string, Sealing>> = {
  TLS_AES_128_GCM_SHA256: { hash: 'sha256', cipher: 'aes-128-gcm', keyOctets: 16 },
  TLS_AES_256_GCM_SHA384: { hash: 'sha384', cipher: 'aes-256-gcm', keyOctets: 32 },
  TLS_CHACHA20_POLY1305_SHA256: { hash: 'sha256', cipher: 'chacha20-poly1305', keyOctets: 32 },
};

const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;
const VERSION = [3, 3];

const { ALERT, APPLICATION_DATA } = TlsContentType.codes;

const recordHeader = (type: number, octets: number): Uint8Array => Uint8Array.of(type, ...VERSION, octets >> 8, octets & 0xff);

const fatal = (description: number): ReadonlyArray<number> => [TlsAlertLevel.codes.FATAL, description];

/** A fatal alert of a client that has not begun to encrypt. */
export const plainAlert = (description: number): Uint8Array => Uint8Array.of(...recordHeader(ALERT, 2), ...fatal(description));

/** HKDF-Expand-Label with no context (RFC 8446 7.1), for what one block of the hash holds. */
const expandLabel = (secret: Uint8Array, label: string, octets: number, hash: string): Uint8Array => {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  const information = Uint8Array.of(0, octets, name.length, ...name, 0, 1);
  return createHmac(hash, secret).update(information).digest().subarray(0, octets);
};

/**
 * A fatal alert in the first record a client of TLS 1.3 seals: under its handshake keys, with the number 0, whose nonce is the vector
 * itself (RFC 8446 5.2, 5.3).
 */
export const sealedAlert = (description: number, { secret, cipherSuite }: HandshakeProtection): Uint8Array | undefined => {
  const sealing = SEALINGS[cipherSuite];
  if (sealing === undefined) return undefined;
  const { hash, cipher, keyOctets } = sealing;
  const key = expandLabel(secret, 'key', keyOctets, hash);
  const nonce = expandLabel(secret, 'iv', NONCE_OCTETS, hash);
  const inner = Uint8Array.of(...fatal(description), ALERT);
  const header = recordHeader(APPLICATION_DATA, inner.length + TAG_OCTETS);
  // The typings name the modes one by one.
  const seal =
    cipher === 'chacha20-poly1305'
      ? createCipheriv(cipher, key, nonce, { authTagLength: TAG_OCTETS })
      : createCipheriv(cipher, key, nonce, { authTagLength: TAG_OCTETS });
  seal.setAAD(header, { plaintextLength: inner.length });
  const sealed = Buffer.concat([header, seal.update(inner), seal.final(), seal.getAuthTag()]);
  key.fill(0);
  return new Uint8Array(sealed);
};
