import type { Akm } from '../akm.js';
import type { CipherRow } from '../cipherSuite.js';
import type { PmkR0 } from '../keys/ft.js';
import type { HandshakeAddresses } from '../keys/ptk.js';

/**
 * What a station brings to another access point of its mobility domain.
 *
 * @since 0.2.0
 */
export interface FtSetup {
  readonly akm: Akm;
  /** Pairwise. */
  readonly cipher: CipherRow;
  readonly addresses: HandshakeAddresses;
  /** Our RSNE, whole; the names of keys are put into it here. */
  readonly rsne: Uint8Array;
  /** Our RSNXE, whole, where we have one. */
  readonly rsnxe?: Uint8Array;
  /** The MDE, whole, as that access point announces it. */
  readonly mobilityDomain: Uint8Array;
  /** Of the first association in the domain, as is the name of its holder. */
  readonly r0: PmkR0;
  readonly r0KeyHolder: Uint8Array;
  /** 32 octets that were drawn for this exchange alone. */
  readonly snonce: Uint8Array;
}
