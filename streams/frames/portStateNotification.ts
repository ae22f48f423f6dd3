import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { flag, pack, zeros } from './pack.js';
import { decode } from './Reader.js';

/** What the host, never the engine, tells the miniport after authorisation (R57). */
export interface PortStateNotification {
  readonly peer: MacAddress;
  readonly open: boolean;
}

const PORT_STATE_NOTIFICATION_SIZE = 12;

/** DOT11_PORT_STATE_NOTIFICATION */
export const readPortStateNotification = (bytes: Uint8Array): Decoded<PortStateNotification> =>
  decode('DOT11_PORT_STATE_NOTIFICATION', bytes, (reader) => {
    reader.need(PORT_STATE_NOTIFICATION_SIZE);
    objectHeader(reader, PORT_STATE_NOTIFICATION_SIZE);
    return { peer: reader.mac('PeerMac'), open: reader.flag('bOpen') };
  });

export const writePortStateNotification = ({ peer, open }: PortStateNotification): Uint8Array =>
  pack(defaultHeader(PORT_STATE_NOTIFICATION_SIZE), macToBytes(peer), flag(open), zeros(1));
