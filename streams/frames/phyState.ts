import type { Decoded } from './DecodeError.js';
import type { IndicationPayload } from './indicationPayload.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { flag, pack, u32, zeros } from './pack.js';
import { decode } from './Reader.js';

export type PhyState = IndicationPayload<'phyState'>;

const PHY_STATE_SIZE = 12;

/** DOT11_PHY_STATE_PARAMETERS */
export const readPhyState = (bytes: Uint8Array): Decoded<PhyState> =>
  decode('DOT11_PHY_STATE_PARAMETERS', bytes, (reader) => {
    reader.need(PHY_STATE_SIZE);
    objectHeader(reader, PHY_STATE_SIZE);
    return {
      phy: reader.u32('uPhyId'),
      hardwareOn: reader.flag('bHardwarePhyState'),
      softwareOn: reader.flag('bSoftwarePhyState'),
    };
  });

export const writePhyState = ({ phy, hardwareOn, softwareOn }: PhyState): Uint8Array =>
  pack(defaultHeader(PHY_STATE_SIZE), u32(phy), flag(hardwareOn), flag(softwareOn), zeros(2));
