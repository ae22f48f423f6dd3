import type { HashName } from '../../crypto/index.js';

const isWithin = (suite: number, first: number, last: number): boolean => suite >= first && suite <= last;

/**
 * Whether a cipher suite is one of SHA-384, by the registry of IANA: those of AES, NULL and ARIA or Camellia come in pairs, of
 * which the one with the longer key has the longer hash.
 */
const isOfSha384 = (suite: number): boolean => {
  const isOdd = suite % 2 === 1;
  if (isWithin(suite, 0x009c, 0x00b9) || isWithin(suite, 0xc03b, 0xc09b)) return isOdd;
  if (isWithin(suite, 0xc023, 0xc032)) return !isOdd;
  return suite === 0xc038 || suite === 0xc0b1 || suite === 0xc0b3 || suite === 0xd002 || suite === 0x1302;
};

/** The hash of the key schedule: of the PRF of TLS 1.2 (RFC 5246 5), and of HKDF in TLS 1.3 (RFC 8446 7.1). */
export const cipherSuiteHash = (suite: number): HashName => (isOfSha384(suite) ? 'sha384' : 'sha256');
