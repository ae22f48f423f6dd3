import type { Crypto } from '../../../../operators/core/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { Finding } from '../../target.js';

interface Born {
  readonly secret: Secret;
  readonly by: string;
}

let born: Born[] = [];
let isTraced = false;
let isPaused = false;

/** Whoever makes a secret while `fuzz` runs is noted, so that none is forgotten. */
const noted = (secret: Secret): Secret => {
  if (!isPaused) born.push({ secret, by: isTraced ? (new Error('it was made here').stack ?? '') : '' });
  return secret;
};
const { of } = Secret;
const { copy } = Secret.prototype;
Secret.of = (...bytes) => noted(of.apply(Secret, bytes));
Secret.prototype.copy = function () {
  return noted(copy.call(this));
};

/** What the other side of the air makes is nothing the code under test could destroy. */
export const elsewhere = <A>(make: () => A): A => {
  const wasPaused = isPaused;
  isPaused = true;
  const made = make();
  isPaused = wasPaused;
  return made;
};

const isZero = (bytes: Uint8Array): boolean => bytes.every((octet) => octet === 0);

const BLOB = 0xb1;

/** A blob as the host protects keys: its copies are nobody's secret. */
export const protectedBlob = (clear: Uint8Array): Secret => Secret.of(Uint8Array.of(BLOB, BLOB, BLOB, BLOB, ...clear));
export const unprotected = (blob: Secret): Secret => Secret.of(blob.reveal().subarray(4));
const isProtected = (secret: Secret): boolean =>
  secret.length >= 4 &&
  secret
    .reveal()
    .subarray(0, 4)
    .every((octet) => octet === BLOB);

/** Runs what makes secrets and is to destroy them all. What is found is looked at a second time, to tell where it came from. */
export const leavingNoSecret = (run: () => void): void => {
  born = [];
  isPaused = false;
  isTraced = false;
  run();
  const readable = (): Born | undefined => born.find(({ secret }) => !isZero(secret.reveal()) && !isProtected(secret));
  if (readable() === undefined) return;
  isTraced = true;
  born = [];
  run();
  isTraced = false;
  const left = readable();
  const stack = left?.by
    .split('\n')
    .filter((line) => !/Secret|noted/.test(line))
    .slice(1, 6)
    .join('\n');
  throw new Finding(`a secret of ${left?.secret.length} octets is readable after the end; it was made\n${stack}`);
};

/** Cryptography that remembers the key bytes it gave away, to see that they were wiped. */
export const watchedCrypto = (inner: Crypto): { readonly crypto: Crypto; readonly wiped: () => boolean } => {
  let given: Uint8Array[] = [];
  const watch = <A extends Uint8Array | undefined>(bytes: A): A => {
    if (bytes !== undefined) given.push(bytes);
    return bytes;
  };
  const crypto: Crypto = {
    ...inner,
    hmacs: (...args) => watch(inner.hmacs(...args)),
    aesUnwrap: (...args) => watch(inner.aesUnwrap(...args)),
    aesSivOpen: (...args) => watch(inner.aesSivOpen(...args)),
    rc4: (...args) => watch(inner.rc4(...args)),
  };
  const wiped = (): boolean => {
    const all = given.every(isZero);
    given = [];
    return all;
  };
  return { crypto, wiped };
};
