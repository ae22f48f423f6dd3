import { macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import type { IndicationPayload } from './indicationPayload.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { flag, pack, u32, zeros } from './pack.js';
import { decode } from './Reader.js';

export type TkipMicFailure = IndicationPayload<'tkipMicFailure'>;

const TKIP_MIC_FAILURE_SIZE = 20;

/** DOT11_TKIPMIC_FAILURE_PARAMETERS */
export const readTkipMicFailure = (bytes: Uint8Array): Decoded<TkipMicFailure> =>
  decode('DOT11_TKIPMIC_FAILURE_PARAMETERS', bytes, (reader) => {
    reader.need(TKIP_MIC_FAILURE_SIZE);
    objectHeader(reader, TKIP_MIC_FAILURE_SIZE);
    const defaultKey = reader.flag('bDefaultKeyFailure');
    reader.skip(3);
    return { defaultKey, keyIndex: reader.u32('uKeyIndex'), peer: reader.mac('PeerMac') };
  });

export const writeTkipMicFailure = ({ peer, defaultKey, keyIndex }: TkipMicFailure): Uint8Array =>
  pack(defaultHeader(TKIP_MIC_FAILURE_SIZE), flag(defaultKey), zeros(3), u32(keyIndex), macToBytes(peer), zeros(2));
