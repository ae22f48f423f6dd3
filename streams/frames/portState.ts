import { macToBytes, type PortState } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { flag32, pack, u32, zeros } from './pack.js';
import { decode } from './Reader.js';

export const PORT_STATE_SIZE = 20;

/** DOT11_PORT_STATE, as the host hands it to the post-association operation (R50). */
export const readPortState = (bytes: Uint8Array): Decoded<PortState> =>
  decode('DOT11_PORT_STATE', bytes, (reader) => {
    const peer = reader.mac('PeerMacAddress');
    reader.skip(2);
    return {
      peer,
      sessionId: reader.u32('uSessionId'),
      controlled: reader.flag32('bPortControlled'),
      authorized: reader.flag32('bPortAuthorized'),
    };
  });

export const writePortState = ({ peer, sessionId, controlled, authorized }: PortState): Uint8Array =>
  pack(macToBytes(peer), zeros(2), u32(sessionId), flag32(controlled), flag32(authorized));
