export {
  ASSOCIATION_COMPLETION_SIZE,
  type AssociationRevision,
  readAssociationCompletion,
  writeAssociationCompletion,
} from './associationCompletion.js';
export {
  type AssociationRequest,
  type AssociationResponse,
  type BeaconBody,
  readAssociationRequest,
  readAssociationResponse,
  readBeaconBody,
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
} from './associationFrames.js';
export { type AssociationStart, readAssociationStart, writeAssociationStart } from './associationStart.js';
export { type Completion, readConnectionCompletion, readRoamingCompletion, writeCompletion } from './completion.js';
export type { Decoded, DecodeError, DecodeErrorCode, Encoded, EncodeError, Located } from './DecodeError.js';
export { type DataFrame, readDataFrame, writeDataFrame } from './dataFrame.js';
export { type DefaultKey, readDefaultKey, writeDefaultKey } from './defaultKey.js';
export { type Disassociation, readDisassociation, writeDisassociation } from './disassociation.js';
export { type EncapsulationEntry, readEncapsulationEntry, writeEncapsulationEntry } from './encapsulationEntry.js';
export { readEtherTypes, writeEtherTypes } from './etherTypes.js';
export type { IndicationPayload } from './indicationPayload.js';
export { type KeyMappingKey, readKeyMappingKey, writeKeyMappingKey } from './keyMappingKey.js';
export { readKeyMappingKeys, writeKeyMappingKeys } from './keyMappingKeyList.js';
export { materialForm } from './keyMaterial.js';
export { type LinkQuality, readLinkQuality, writeLinkQuality } from './linkQuality.js';
export { type ObjectHeader, readObjectHeader, writeObjectHeader } from './objectHeader.js';
export { fullPackets, type PacketCodec, shortPackets } from './packetCodec.js';
export { type PhyState, readPhyState, writePhyState } from './phyState.js';
export { type PmkidCandidates, readPmkidCandidates, writePmkidCandidates } from './pmkidCandidates.js';
export { PORT_STATE_SIZE, readPortState, writePortState } from './portState.js';
export { type PortStateNotification, readPortStateNotification, writePortStateNotification } from './portStateNotification.js';
export {
  readPrivacyExemption,
  readPrivacyExemptions,
  writePrivacyExemption,
  writePrivacyExemptions,
} from './privacyExemption.js';
export { decode, Reader } from './Reader.js';
export { type RoamingStart, readRoamingStart, writeRoamingStart } from './roamingStart.js';
export { readSecurityPacket, type SecurityPacket, writeSecurityPacket } from './securityPacket.js';
export { readSsid, writeSsid } from './ssid.js';
export { readTkipMicFailure, type TkipMicFailure, writeTkipMicFailure } from './tkipMicFailure.js';
export {
  readVirtualStationApProperty,
  type VirtualStationApProperty,
  writeVirtualStationApProperty,
} from './virtualStationApProperty.js';
