/** What of RFC 3394 the key handshakes use: AES-128 and AES-256. */
export const isKek = ({ length }: Uint8Array): boolean => length === 16 || length === 32;

/** At least two blocks of 64 bits, RFC 3394 2. */
export const isWrappable = ({ length }: Uint8Array): boolean => length >= 16 && length % 8 === 0;

export const isWrapped = ({ length }: Uint8Array): boolean => length >= 24 && length % 8 === 0;
