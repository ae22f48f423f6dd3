import type { Curve } from '../../crypto/index.js';

// Arithmetic of the prime field. BigInt gives no promise about time: what can be had is that no branch is taken on a value.

export const modulo = (value: bigint, prime: bigint): bigint => {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
};

/** Square and multiply; the exponents are public. */
const power = (base: bigint, exponent: bigint, prime: bigint): bigint => {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % prime;
    if (bit === '1') result = (result * base) % prime;
  }
  return result;
};

/** By Fermat, which makes the inverse of zero zero, as IEEE 802.11-2020 12.4.4.2.3 wants it. */
export const inverse = (value: bigint, prime: bigint): bigint => power(value, prime - 2n, prime);

/** The right side of the curve's equation. */
export const ySquared = ({ a, b, prime }: Curve, x: bigint): bigint => modulo((x * x + a) * x + b, prime);

/** CSEL of 12.4.4.1: the first when the condition holds. */
export const choose = (condition: boolean, first: bigint, second: bigint): bigint =>
  first * BigInt(condition) + second * BigInt(!condition);

export const isOdd = (value: bigint): boolean => (value & 1n) === 1n;
