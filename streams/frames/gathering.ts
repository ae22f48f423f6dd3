/** Octets that arrive in pieces, until there are as many as were asked for. */
export interface Gathering {
  /** Takes from a piece what is missing, and tells how many octets it took. */
  take(piece: Uint8Array, at: number): number;
  readonly isComplete: boolean;
  readonly bytes: Uint8Array;
}

const FIRST_ROOM = 64;

/** Room grows with what has arrived, not with what was announced. */
export const gather = (wanted: number): Gathering => {
  let bytes = new Uint8Array(Math.min(wanted, FIRST_ROOM));
  let have = 0;
  const grow = (needed: number): void => {
    if (needed <= bytes.length) return;
    const larger = new Uint8Array(Math.min(wanted, Math.max(needed, 2 * bytes.length)));
    larger.set(bytes);
    bytes = larger;
  };
  return {
    take: (piece, at) => {
      const size = Math.min(wanted - have, piece.length - at);
      grow(have + size);
      bytes.set(piece.subarray(at, at + size), have);
      have += size;
      return size;
    },
    get isComplete() {
      return have === wanted;
    },
    get bytes() {
      return bytes.subarray(0, have);
    },
  };
};
