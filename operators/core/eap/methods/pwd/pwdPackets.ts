import { type Decoded, decode } from '../../../../../streams/frames/index.js';
import { joined } from '../../../rsn/keys/joined.js';
import type { Commitment } from '../../../rsn/sae/ownCommit.js';

/** The exchanges of EAP-pwd (RFC 5931 3.1). */
export const Exchange = { ID: 1, COMMIT: 2, CONFIRM: 3 } as const;

/** EAP-pwd-ID of RFC 5931 3.2.1: what is proposed, and who proposes it. */
export interface PwdIdentity {
  /** By the registry of IKE. */
  readonly group: number;
  readonly randomFunction: number;
  readonly prf: number;
  readonly token: Uint8Array;
  readonly preparation: number;
  readonly identity: Uint8Array;
}

const TOKEN_OCTETS = 4;

export const readPwdIdentity = (data: Uint8Array): Decoded<PwdIdentity> =>
  decode('EAP-pwd-ID', data, (reader) => ({
    group: reader.u16be('Group Description'),
    randomFunction: reader.u8('Random Function'),
    prf: reader.u8('PRF'),
    token: reader.bytes('Token', TOKEN_OCTETS),
    preparation: reader.u8('Prep'),
    identity: reader.rest('Identity'),
  }));

/** The ciphersuite as the exchange is bound to it (RFC 5931 2.8.5.3). */
export const suiteOctets = ({ group, randomFunction, prf }: PwdIdentity): Uint8Array =>
  Uint8Array.of(group >>> 8, group & 0xff, randomFunction, prf);

export const writePwdIdentity = (identity: PwdIdentity): Uint8Array =>
  joined(suiteOctets(identity), identity.token, Uint8Array.of(identity.preparation), identity.identity);

/** EAP-pwd-Commit of RFC 5931 3.2.2, in a request with a salt in front where passwords are kept with one (RFC 8146 3.2). */
export interface PwdCommit extends Commitment {
  readonly salt: Uint8Array;
}

/** Reads a commit of a group whose coordinates have so many octets. */
export const readPwdCommit = (data: Uint8Array, length: number, isSalted: boolean): Decoded<PwdCommit> =>
  decode('EAP-pwd-Commit', data, (reader) => {
    const size = { field: 'Salt-len', at: reader.at, value: isSalted ? reader.u8('Salt-len') : 0 };
    reader.check(!isSalted || size.value > 0, 'VALUE', size, 'at least 1');
    const salt = reader.bytes('Salt', size.value);
    const element = reader.bytes('Element', 2 * length);
    const scalar = reader.bytes('Scalar', length);
    reader.check(
      reader.remaining === 0,
      'LENGTH',
      { field: 'Scalar', at: reader.at, value: reader.remaining },
      'nothing behind it',
    );
    return { salt, element, scalar };
  });

export const writePwdCommit = ({ element, scalar }: Commitment): Uint8Array => joined(element, scalar);
