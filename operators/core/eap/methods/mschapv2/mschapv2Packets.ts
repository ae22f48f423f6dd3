import { type Decoded, decode } from '../../../../../streams/frames/index.js';
import { joined } from '../../../rsn/keys/joined.js';

/** The packets of MSCHAPv2 inside of EAP (draft-kamath-pppext-eap-mschapv2-02 2). */
export const OpCode = { CHALLENGE: 1, RESPONSE: 2, SUCCESS: 3, FAILURE: 4 } as const;

/** What a server says. */
export type Mschapv2Request =
  | { readonly op: 'challenge'; readonly id: number; readonly challenge: Uint8Array }
  | { readonly op: 'success'; readonly message: Uint8Array }
  | { readonly op: 'failure'; readonly id: number; readonly message: Uint8Array };

const CHALLENGE_OCTETS = 16;
/** A challenge, eight zeros, a response, and flags that are none. */
const RESPONSE_OCTETS = 49;
const HEADER_OCTETS = 4;

/**
 * Reads a request. Its MS-Length is not believed: servers in use leave its own header out of it, and the length of the EAP packet
 * tells the same.
 */
export const readMschapv2Request = (data: Uint8Array): Decoded<Mschapv2Request> =>
  decode('EAP-MSCHAPv2', data, (reader): Mschapv2Request => {
    const code = { field: 'OpCode', at: reader.at, value: reader.u8('OpCode') };
    const isKnown = code.value === OpCode.CHALLENGE || code.value === OpCode.SUCCESS || code.value === OpCode.FAILURE;
    reader.check(isKnown, 'VALUE', code, '1, 3 or 4');
    const id = reader.u8('MS-CHAPv2-ID');
    reader.skip(2, 'MS-Length');
    if (code.value === OpCode.SUCCESS) return { op: 'success', message: reader.rest('Message') };
    if (code.value === OpCode.FAILURE) return { op: 'failure', id, message: reader.rest('Message') };
    const size = { field: 'Value-Size', at: reader.at, value: reader.u8('Value-Size') };
    reader.check(size.value === CHALLENGE_OCTETS, 'VALUE', size, `${CHALLENGE_OCTETS}`);
    return { op: 'challenge', id, challenge: reader.bytes('Challenge', CHALLENGE_OCTETS) };
  });

/** What a peer answers a challenge with. */
export interface Mschapv2Response {
  readonly id: number;
  readonly peerChallenge: Uint8Array;
  readonly ntResponse: Uint8Array;
  readonly name: Uint8Array;
}

export const writeMschapv2Response = ({ id, peerChallenge, ntResponse, name }: Mschapv2Response): Uint8Array => {
  const length = HEADER_OCTETS + 1 + RESPONSE_OCTETS + name.length;
  const header = Uint8Array.of(OpCode.RESPONSE, id, length >>> 8, length & 0xff, RESPONSE_OCTETS);
  return joined(header, peerChallenge, new Uint8Array(8), ntResponse, Uint8Array.of(0), name);
};
