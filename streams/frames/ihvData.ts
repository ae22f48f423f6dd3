import { u32 } from './pack.js';
import type { Reader } from './Reader.js';

/** The opaque block several indications end with: `uIHVDataOffset`, `uIHVDataSize`. */
export const ihvData = (reader: Reader): Uint8Array =>
  reader.block(reader.located('uIHVDataOffset'), reader.located('uIHVDataSize')).rest('uIHVData');

/** The two fields and the block behind them, for a structure whose fixed part ends here at `fixedSize`. */
export const writeIhvData = (fixedSize: number, data: Uint8Array): ReadonlyArray<Uint8Array> => [
  u32(data.length === 0 ? 0 : fixedSize),
  u32(data.length),
  data,
];
