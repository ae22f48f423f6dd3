// The Jacobi symbol, which modulo a prime tells the squares from the rest (Legendre), in a time that depends on the value.
//
// Two numbers f, odd, and g become (f, g/2), (f, (g + f)/2) or (g, (f + g)/2), by rules that look at their last bits and at a counter
// alone (Bernstein and Yang, "Fast constant-time gcd computation and modular inversion", with sums in place of differences, so that
// nothing is ever negative). So 24 steps are taken on the last 32 bits, and then done to the whole numbers at once.

const LIMB_BITS = 24;
const LIMB = 2 ** LIMB_BITS;
const PAIR_BITS = BigInt(2 * LIMB_BITS);

/** Two limbs at a time: it takes as long to take two off a big integer as one. */
const limbsOf = (value: bigint, count: number): Float64Array => {
  const limbs = new Float64Array(count);
  let rest = value;
  for (let at = 0; at < count; at += 2) {
    const pair = Number(BigInt.asUintN(2 * LIMB_BITS, rest));
    const high = Math.floor(pair / LIMB);
    limbs[at] = pair - high * LIMB;
    if (at + 1 < count) limbs[at + 1] = high;
    rest >>= PAIR_BITS;
  }
  return limbs;
};

/** What 24 steps make of f and g: uf + vg and qf + rg, over 2^24. */
interface Batch {
  u: number;
  v: number;
  q: number;
  r: number;
  /** The counter that says when f and g change places. */
  eta: number;
  /** Its last bit: whether the symbol has changed its sign. */
  sign: number;
}

/** Bits past the 24 of a batch are there for the signs, which go by a number modulo 8. Without an allocation, not even of a pair that is taken apart at once: it is most of the time. */
const step24 = (batch: Batch, lowF: number, lowG: number): void => {
  let { eta, sign } = batch;
  let u = 1;
  let v = 0;
  let q = 0;
  let r = 1;
  let f = lowF;
  let g = lowG;
  for (let left = LIMB_BITS; ; ) {
    const stopped = g | (1 << left);
    const zeros = 31 - Math.clz32(stopped & -stopped);
    g >>>= zeros;
    u <<= zeros;
    v <<= zeros;
    eta -= zeros;
    left -= zeros;
    sign ^= zeros & ((f >>> 1) ^ (f >>> 2));
    if (left === 0) break;
    if (eta < 0) {
      const oldF = f;
      const oldU = u;
      const oldV = v;
      eta = -eta;
      f = g;
      g = oldF;
      u = q;
      q = oldU;
      v = r;
      r = oldV;
      sign ^= (f & g) >>> 1;
    }
    g = (g + f) | 0;
    q += u;
    r += v;
  }
  batch.u = u;
  batch.v = v;
  batch.q = q;
  batch.r = r;
  batch.eta = eta;
  batch.sign = sign;
};

/** Products of 24 bits and 24, two of them and what is carried, which a double holds exactly. */
const advance = (f: Float64Array, g: Float64Array, count: number, { u, v, q, r }: Batch): void => {
  let carryF = 0;
  let carryG = 0;
  for (let at = 0; at < count; at++) {
    const a = f[at] ?? 0;
    const b = g[at] ?? 0;
    const sumF = u * a + v * b + carryF;
    const sumG = q * a + r * b + carryG;
    carryF = Math.floor(sumF / LIMB);
    carryG = Math.floor(sumG / LIMB);
    if (at === 0) continue;
    f[at - 1] = sumF - carryF * LIMB;
    g[at - 1] = sumG - carryG * LIMB;
  }
  f[count - 1] = carryF;
  g[count - 1] = carryG;
};

const lowOf = (limbs: Float64Array): number => (limbs[0] ?? 0) | ((limbs[1] ?? 0) << LIMB_BITS) | 0;

const isOne = (limbs: Float64Array, count: number): boolean => {
  if (limbs[0] !== 1) return false;
  for (let at = 1; at < count; at++) if (limbs[at] !== 0) return false;
  return true;
};

/** Numbers without a common factor come to f = 1 within about 3 steps a bit; the rest never do. */
const BATCHES_A_LIMB = 8;

/** Both are used up. */
const symbolOf = (f: Float64Array, g: Float64Array): -1 | 0 | 1 => {
  let count = f.length;
  const batch: Batch = { u: 1, v: 0, q: 0, r: 1, eta: -1, sign: 0 };
  for (let batches = BATCHES_A_LIMB * count; batches >= 0; batches--) {
    if (isOne(f, count)) return (batch.sign & 1) === 1 ? -1 : 1;
    step24(batch, lowOf(f), lowOf(g));
    advance(f, g, count, batch);
    while (count > 2 && f[count - 1] === 0 && g[count - 1] === 0) count--;
  }
  return 0;
};

/**
 * By a modulus, which is odd: 1 for a square that is not zero, -1 for what is no square, 0 for what has a factor in common with it. Of
 * numbers from zero up to the modulus.
 */
export const jacobiBy = (modulus: bigint): ((value: bigint) => -1 | 0 | 1) => {
  const limbs = limbsOf(modulus, Math.ceil(modulus.toString(16).length / (LIMB_BITS / 4)));
  return (value) => symbolOf(limbs.slice(), limbsOf(value, limbs.length));
};
