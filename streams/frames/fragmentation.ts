import { pack, u8 } from './pack.js';

/** An element or subelement: an ID, a length octet, and that many octets. */
export interface Piece {
  readonly id: number;
  readonly body: Uint8Array;
  readonly bytes: Uint8Array;
}

/** The most a length octet counts. Only a piece that is full has fragments (IEEE 802.11-2020 10.28.11). */
const FULL = 255;
const HEADER_SIZE = 2;

const isFull = ({ bytes }: Piece): boolean => bytes.length === HEADER_SIZE + FULL;

/** Puts pieces together again that are followed by their fragments; a fragment of nothing stays what it is. */
export const joinFragments = <P extends Piece>(pieces: ReadonlyArray<P>, fragmentId: number): ReadonlyArray<P> => {
  if (pieces.every(({ id }) => id !== fragmentId)) return pieces;
  const groups: P[][] = [];
  for (const piece of pieces) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group !== undefined && previous !== undefined && piece.id === fragmentId && isFull(previous)) group.push(piece);
    else groups.push([piece]);
  }
  return groups.flatMap(([first, ...fragments]) => {
    if (first === undefined || fragments.length === 0) return first ?? [];
    const body = pack(first.body, ...fragments.map((fragment) => fragment.body));
    return { ...first, body, bytes: pack(first.bytes, ...fragments.map(({ bytes }) => bytes)) };
  });
};

/** A piece of any length as it goes on the air: what does not fit the first goes into fragments. */
export const writeFragmented = (id: number, fragmentId: number, content: Uint8Array): Uint8Array => {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < content.length; at += FULL) {
    const part = content.subarray(at, at + FULL);
    pieces.push(u8(at === 0 ? id : fragmentId), u8(part.length), part);
  }
  return pack(...pieces);
};
