// The Jacobi symbol, which modulo a prime tells the squares from the rest (Legendre). By Euclid's algorithm, in a time that depends
// on the value.

const WORD = 32;

/** How many times two divides a number that is not zero. */
const twosOf = (value: bigint): number => {
  let twos = 0;
  let word = Number(BigInt.asUintN(WORD, value));
  for (; word === 0; twos += WORD) word = Number(BigInt.asUintN(WORD, value >> BigInt(twos + WORD)));
  return twos + 31 - Math.clz32(word & -word);
};

/** 1 for a square that is not zero, -1 for what is no square, 0 for what has a factor in common with the modulus, which is odd. */
export const jacobi = (value: bigint, modulus: bigint): -1 | 0 | 1 => {
  let [upper, lower] = [((value % modulus) + modulus) % modulus, modulus];
  let isNegative = false;
  while (upper !== 0n) {
    const twos = twosOf(upper);
    upper >>= BigInt(twos);
    const eighth = Number(lower & 7n);
    if (twos % 2 === 1 && (eighth === 3 || eighth === 5)) isNegative = !isNegative;
    if (eighth % 4 === 3 && (upper & 3n) === 3n) isNegative = !isNegative;
    [upper, lower] = [lower % upper, upper];
  }
  if (lower !== 1n) return 0;
  return isNegative ? -1 : 1;
};
