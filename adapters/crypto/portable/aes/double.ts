/** RFC 4493 2.3 and RFC 5297 2.3: a block times x in GF(2^128), in place, without asking for the bit that falls out. */
export const double = (block: Uint8Array): void => {
  const carry = -((block[0] as number) >>> 7);
  for (let i = 0; i < 16; i++) block[i] = ((block[i] as number) << 1) | ((block[i + 1] ?? 0) >>> 7);
  block[15] = (block[15] as number) ^ (carry & 0x87);
};
