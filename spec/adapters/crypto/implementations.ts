import { bulkCrypto, busyCrypto, nodeCrypto, portableCrypto } from '../../../adapters/crypto/index.js';
import * as wrapAtOnce from '../../../adapters/crypto/openssl/keyWrapAtOnce.js';
import * as wrapByBlocks from '../../../adapters/crypto/openssl/keyWrapByBlocks.js';
import type { Crypto } from '../../../operators/core/crypto/index.js';

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/\s/g, ''), 'hex'));
export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
export const hexOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
export const repeated = (octet: number, times: number): Uint8Array => new Uint8Array(times).fill(octet);

const implementations: Readonly<Record<string, Crypto>> = { portableCrypto, nodeCrypto, bulkCrypto, busyCrypto };

type KeyWrap = Pick<Crypto, 'aesWrap' | 'aesUnwrap'>;

const eachOf = <A>(all: Readonly<Record<string, A>>, tests: (one: A) => void): void => {
  for (const [name, one] of Object.entries(all)) describe(name, () => tests(one));
};

/** The same tests for each implementation. */
export const eachCrypto = (tests: (crypto: Crypto) => void): void => eachOf(implementations, tests);

/** Of the two of OpenSSL `nodeCrypto` takes one, depending on the processor. */
export const eachKeyWrap = (tests: (keyWrap: KeyWrap) => void): void =>
  eachOf<KeyWrap>({ portableCrypto, nodeCrypto, wrapAtOnce, wrapByBlocks }, tests);
