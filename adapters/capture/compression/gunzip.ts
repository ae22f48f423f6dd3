import { Gunzip } from 'fflate';
import type { Unpacker } from './unpacking.js';

const sayingGzip = (act: () => void): void => {
  try {
    act();
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(`the gzip data are damaged: ${what}`, { cause: error });
  }
};

/** A header of ten octets, two of nothing compressed, a trailer of eight. */
const SHORTEST = 20;

/** gzip: any number of members, one after the other (RFC 1952 2.2). */
export const gunzipTo = (give: (piece: Uint8Array) => void): Unpacker => {
  const gunzip = new Gunzip((piece) => give(piece));
  let size = 0;
  return {
    feed: (packed) => {
      size += packed.length;
      sayingGzip(() => gunzip.push(packed, false));
    },
    hasMore: () => false,
    finish: () =>
      sayingGzip(() => {
        if (size < SHORTEST) throw new Error('unexpected EOF');
        gunzip.push(new Uint8Array(0), true);
      }),
  };
};
