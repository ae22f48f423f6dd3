import { codeSpace } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { pack, u16 } from './pack.js';
import { decode } from './Reader.js';

/** Authentication algorithm numbers (IEEE 802.11-2020 9.4.1.1). Windows numbers its algorithms otherwise: see `AuthAlgorithm`. */
export const AuthenticationAlgorithm = codeSpace(
  'authentication algorithm number',
  { OPEN: 0, SHARED_KEY: 1, FAST_TRANSITION: 2, SAE: 3, FILS: 4, FILS_PFS: 5, FILS_PUBLIC_KEY: 6, PASN: 7 },
  [],
  4,
);

/**
 * The body of an Authentication frame (9.3.3.11), cut where the algorithm's own fields begin.
 *
 * @since 0.2.0
 */
export interface AuthenticationFrame {
  readonly algorithm: number;
  readonly transaction: number;
  readonly status: number;
  readonly rest: Uint8Array;
}

/**
 * Splits the body of an Authentication frame.
 *
 * @since 0.2.0
 */
export const readAuthenticationFrame = (body: Uint8Array): Decoded<AuthenticationFrame> =>
  decode('Authentication', body, (reader) => ({
    algorithm: reader.u16('Authentication Algorithm Number'),
    transaction: reader.u16('Authentication Transaction Sequence Number'),
    status: reader.u16('Status Code'),
    rest: reader.rest('fields of the algorithm'),
  }));

/**
 * The body of an Authentication frame.
 *
 * @since 0.2.0
 */
export const writeAuthenticationFrame = ({ algorithm, transaction, status, rest }: AuthenticationFrame): Uint8Array =>
  pack(u16(algorithm), u16(transaction), u16(status), rest);
