import type { Crypto, Curve, CurvePoint } from '../../crypto/index.js';
import { choose, isOdd, ySquared } from './field.js';
import { integerOf } from './octets.js';

/** How often is hunted at least, wherever the element is found: the number must not tell of the password. */
const ITERATIONS = 40;
/** One octet counts, and a password that fits nowhere in it does not exist. */
const LIMIT = 255;

/** Octets of randomness one hunt is blinded with: a key of AES-256. */
export const BLINDING_OCTETS = 32;

/** What a protocol hunts with: SAE and EAP-pwd differ in nothing else (RFC 7664 3.2.1). */
export interface Hunt {
  readonly password: Uint8Array;
  /** What a counter makes of the password; its last bit chooses y. */
  seed(password: Uint8Array, counter: number): Uint8Array;
  /** At least as many pseudorandom octets as a coordinate has. */
  stretch(seed: Uint8Array): Uint8Array;
}

interface Blinding {
  /** Takes the place of the password in the rounds after the element was found. */
  readonly password: Uint8Array;
  /** One factor a round: more bits than the prime has, so that their remainders are as good as uniform. */
  readonly factors: ReadonlyArray<bigint>;
}

/** Zeros encrypted are the key stream itself. */
const FIRST_BLOCK = new Uint8Array(16);

/** All of it from one key stream; nothing where the seed is no key. */
const blindingOf = (crypto: Crypto, { length }: Curve, seed: Uint8Array, passwordOctets: number): Blinding | undefined => {
  const wide = length + 8;
  const stream = crypto.aesCounter(seed, FIRST_BLOCK, new Uint8Array(passwordOctets + ITERATIONS * wide));
  if (stream === undefined) return undefined;
  const factorAt = (at: number): bigint => integerOf(stream.subarray(at, at + wide));
  const blinding = {
    password: stream.slice(0, passwordOctets),
    factors: Array.from({ length: ITERATIONS }, (_, round) => factorAt(passwordOctets + round * wide)),
  };
  stream.fill(0);
  return blinding;
};

/**
 * Whether a value is a square, asked of a blinded one (IEEE 802.11-2020 12.4.4.2.2): times the square of a random factor it is any square,
 * or any of the rest, and the negative of that is the other of the two, because −1 is no square modulo a prime that is 3 mod 4, as those
 * of groups 19, 20 and 21 are. Which of them is asked for, a bit of the factor says.
 */
const isSquare = (curve: Curve, value: bigint, factor: bigint): boolean => {
  const { prime } = curve;
  const isNegated = isOdd(factor);
  const blinded = (value * ((factor * factor) % prime)) % prime;
  return curve.isSquare(choose(isNegated, prime - blinded, blinded)) !== isNegated;
};

/** As many bits as the prime has, which for group 21 is no multiple of eight. */
const candidateOf = (bits: number, hunt: Hunt, seed: Uint8Array): bigint => {
  const value = hunt.stretch(seed);
  const candidate = integerOf(value) >> BigInt(value.length * 8 - bits);
  value.fill(0);
  return candidate;
};

/** Octet by octet, without a branch on which of the two it is. */
const select = (second: boolean, one: Uint8Array, other: Uint8Array): Uint8Array => {
  const mask = -Number(second);
  return one.map((octet, at) => (octet & ~mask) | ((other[at] ?? 0) & mask));
};

/**
 * A point of the curve by hunting and pecking (RFC 7664 3.2.1): the first x that the password and a counter give and that lies on the
 * curve. The random octets blind the search. `undefined` when no counter gives one, which is not to be expected.
 */
export const huntFor = (crypto: Crypto, curve: Curve, hunt: Hunt, random: Uint8Array): CurvePoint | undefined => {
  const { password } = hunt;
  const bits = curve.prime.toString(2).length;
  const blinding = blindingOf(crypto, curve, random, password.length);
  if (blinding === undefined) return undefined;
  let [found, x, odd] = [false, 0n, false];
  for (let counter = 1; counter <= ITERATIONS || (!found && counter <= LIMIT); counter++) {
    const base = select(found, password, blinding.password);
    const seed = hunt.seed(base, counter);
    const candidate = candidateOf(bits, hunt, seed);
    const factor = blinding.factors[(counter - 1) % ITERATIONS] ?? 1n;
    const fits = isSquare(curve, ySquared(curve, candidate), factor);
    x = choose(found, x, candidate);
    odd = Boolean(choose(found, BigInt(odd), BigInt(seed.at(-1) ?? 0) & 1n));
    found = Boolean(Number(found) | (Number(fits) & Number(candidate < curve.prime)));
    base.fill(0);
    seed.fill(0);
  }
  blinding.password.fill(0);
  const y = curve.squareRoot(ySquared(curve, x));
  if (!found || y === undefined) return undefined;
  return { x, y: choose(isOdd(y) === odd, y, curve.prime - y) };
};
