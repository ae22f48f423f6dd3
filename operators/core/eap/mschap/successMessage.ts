import { fromHex } from '../../../../streams/events/index.js';

const LENGTH = 42;

/** The proof in `S=<40 digits of hex> M=…` (RFC 2759 5); `undefined` where there is none. */
export const readMschapSuccess = (octets: Uint8Array): Uint8Array | undefined => {
  const text = String.fromCharCode(...octets.subarray(0, LENGTH));
  return text.startsWith('S=') && text.length === LENGTH ? fromHex(text.slice(2)) : undefined;
};
