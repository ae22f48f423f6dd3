/** Little-endian pieces of a structure; `pack` lays them end to end. */
export const u8 = (value: number): Uint8Array => Uint8Array.of(value);
export const u16 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8);
export const u16be = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value);
export const u32 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);

/** BOOLEAN, one byte. */
export const flag = (value: boolean): Uint8Array => u8(value ? 1 : 0);

/** BOOL, four bytes. */
export const flag32 = (value: boolean): Uint8Array => u32(value ? 1 : 0);

export const zeros = (size: number): Uint8Array => new Uint8Array(Math.max(0, size));

export const pack = (...pieces: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

/** At least `size` bytes: what a caller that allocates `sizeof(struct)` hands over. */
export const atLeast = (size: number, bytes: Uint8Array): Uint8Array => pack(bytes, zeros(size - bytes.length));
