/** A key data frames are protected with: of 128 or of 256 bits. */
export const isDataKey = ({ length }: Uint8Array): boolean => length === 16 || length === 32;
