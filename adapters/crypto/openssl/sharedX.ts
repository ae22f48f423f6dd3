// The x of a point times a scalar is what ECDH agrees on (SEC 1 3.3.1), so OpenSSL computes it, in constant time.

import { createECDH, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';

/** x of scalar times point, in octets; the point is uncompressed. Throws where OpenSSL refuses. */
export type SharedX = (point: Buffer) => (scalar: Buffer) => Buffer;

/** For P-256, where taking keys in is what takes time: OpenSSL also computes the public key and checks that the two belong together. */
export const sharedXByEcdh =
  (name: string): SharedX =>
  (point) => {
    const ecdh = createECDH(name);
    return (scalar) => {
      ecdh.setPrivateKey(scalar);
      return ecdh.computeSecret(point);
    };
  };

const DerTag = { INTEGER: 0x02, BIT_STRING: 0x03, OCTET_STRING: 0x04, SEQUENCE: 0x30, HELD_0: 0xa0, HELD_1: 0xa1 } as const;

const der = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Buffer => {
  const content = Buffer.concat(parts);
  const length = content.length < 0x80 ? [content.length] : [0x82, content.length >>> 8, content.length & 0xff];
  const whole = Buffer.concat([Uint8Array.of(tag, ...length), content]);
  content.fill(0);
  return whole;
};

const EC_PUBLIC_KEY = Buffer.from('06072a8648ce3d0201', 'hex');
const VERSION_1 = der(DerTag.INTEGER, Uint8Array.of(1));
const NO_SPARE_BITS = Uint8Array.of(0);

/**
 * For the larger curves, where a multiplication takes a millisecond: half as many of them as `createECDH` needs. The private key says
 * that its public key is the generator (RFC 5915), so that OpenSSL need not compute the one that nobody wants.
 */
export const sharedXByKeys = (curve: Uint8Array, generator: Uint8Array): SharedX => {
  const publicPart = der(DerTag.HELD_1, der(DerTag.BIT_STRING, NO_SPARE_BITS, generator));
  const privateKeyOf = (scalar: Buffer) => {
    const key = der(DerTag.SEQUENCE, VERSION_1, der(DerTag.OCTET_STRING, scalar), der(DerTag.HELD_0, curve), publicPart);
    try {
      return createPrivateKey({ key, format: 'der', type: 'sec1' });
    } finally {
      key.fill(0);
    }
  };
  return (point) => {
    const key = der(DerTag.SEQUENCE, der(DerTag.SEQUENCE, EC_PUBLIC_KEY, curve), der(DerTag.BIT_STRING, NO_SPARE_BITS, point));
    const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
    return (scalar) => diffieHellman({ privateKey: privateKeyOf(scalar), publicKey });
  };
};
