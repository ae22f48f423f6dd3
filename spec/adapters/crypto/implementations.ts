import { bulkCrypto, busyCrypto, nodeCrypto, portableCrypto } from '../../../adapters/crypto/index.js';
import type { Crypto } from '../../../operators/core/crypto/index.js';

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/\s/g, ''), 'hex'));
export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
export const hexOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
export const repeated = (octet: number, times: number): Uint8Array => new Uint8Array(times).fill(octet);

const implementations: Readonly<Record<string, Crypto>> = { portableCrypto, nodeCrypto, bulkCrypto, busyCrypto };

/** The same tests for each implementation. */
export const eachCrypto = (tests: (crypto: Crypto) => void): void => {
  for (const [name, crypto] of Object.entries(implementations)) describe(name, () => tests(crypto));
};
