import { fromHex } from '../../../streams/events/index.js';

/** Bytes as a person writes them, with spaces and line breaks where they help. */
export const hex = (text: string): Uint8Array => {
  const bytes = fromHex(text.replaceAll(/\s+/g, ''));
  if (bytes === undefined) throw new Error(`not hex: ${text}`);
  return bytes;
};

export const changed = (bytes: Uint8Array, at: number, ...octets: ReadonlyArray<number>): Uint8Array => {
  const copy = bytes.slice();
  copy.set(octets, at);
  return copy;
};
