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
export {
  AuthenticationAlgorithm,
  type AuthenticationFrame,
  readAuthenticationFrame,
  writeAuthenticationFrame,
} from './authenticationFrame.js';
export { type Completion, readConnectionCompletion, readRoamingCompletion, writeCompletion } from './completion.js';
export type { Decoded, DecodeError, DecodeErrorCode, Encoded, EncodeError, Located } from './DecodeError.js';
export { type DataFrame, readDataFrame, writeDataFrame } from './dataFrame.js';
export { type DefaultKey, readDefaultKey, writeDefaultKey } from './defaultKey.js';
export { type Disassociation, readDisassociation, writeDisassociation } from './disassociation.js';
export { EapCode, type EapPacket, readEap, writeEap } from './eap.js';
export { type EapIdentity, eapRealm, readEapIdentity } from './eapIdentity.js';
export { EAP_VENDOR_IETF, EAP_VENDOR_WFA, EapMethod, type EapVendorType, eapMethodName } from './eapMethods.js';
export { type EapWish, isEapNak, readEapNak, writeEapNak } from './eapNak.js';
export { type Eapol, EapolType, readEapol, writeEapol } from './eapol.js';
export {
  type EapolKey,
  KeyDescriptor,
  MIC_AT,
  type MicLength,
  readEapolKey,
  withMic,
  withZeroedMic,
  writeEapolKey,
} from './eapolKey.js';
export { type EapTlsPacket, fragmentEapTls, isTlsMethod, readEapTls, writeEapTls } from './eapTls.js';
export {
  type Element,
  ElementExtension,
  ElementId,
  findElement,
  isVendorElement,
  isWpaElement,
  leadingElements,
  readElements,
  writeElement,
  writeExtensionElement,
} from './element.js';
export {
  beaconElements,
  copyElement,
  copyExtensionElement,
  copyWpaElement,
  type ElementRange,
  elementsIn,
  requestElements,
  responseElements,
} from './elementRange.js';
export { type EncapsulationEntry, readEncapsulationEntry, writeEncapsulationEntry } from './encapsulationEntry.js';
export { readEtherTypes, writeEtherTypes } from './etherTypes.js';
export {
  announcedFtMicLength,
  type FastTransition,
  FT_MIC_AT,
  FT_RSNXE_USED,
  type FtMicLength,
  readFastTransition,
  withFtMic,
  writeFastTransition,
} from './fastTransition.js';
export {
  type FilsAuthentication,
  type FilsKeyShare,
  readFilsAuthentication,
  writeFilsAuthentication,
} from './filsAuthentication.js';
export {
  FILS_NONCE_SIZE,
  FILS_SESSION_SIZE,
  readFilsKeyConfirmation,
  readFilsNonce,
  readFilsSession,
  writeFilsKeyConfirmation,
  writeFilsNonce,
  writeFilsSession,
  writeFilsWrappedData,
} from './filsElements.js';
export { type FilsHlpContainer, readFilsHlpContainer, writeFilsHlpContainer } from './filsHlpContainer.js';
export { type FilsPublicKey, readFilsPublicKey, writeFilsPublicKey } from './filsPublicKey.js';
export type { FtGroupKey, FtIntegrityKey } from './ftKeys.js';
export type { FtSubelements } from './ftSubelements.js';
export type { IndicationPayload } from './indicationPayload.js';
export { padKeyData, readKeyData, writeKeyData } from './keyData.js';
export { type ItemOf, KdeSelector, type KeyDataItem, type KeyDataKind } from './keyDataItem.js';
export { type KeyDelivery, readKeyDelivery, writeKeyDelivery } from './keyDelivery.js';
export { type KeyInformation, readKeyInformation, writeKeyInformation } from './keyInformation.js';
export { type KeyMappingKey, readKeyMappingKey, writeKeyMappingKey } from './keyMappingKey.js';
export { readKeyMappingKeys, writeKeyMappingKeys } from './keyMappingKeyList.js';
export { materialForm } from './keyMaterial.js';
export { type LinkQuality, readLinkQuality, writeLinkQuality } from './linkQuality.js';
export { copyExtensionBody, endOfExtension } from './longExtension.js';
export { type MobilityDomain, readMobilityDomain, writeMobilityDomain } from './mobilityDomain.js';
export { findMultiLink, type MultiLink, readMultiLink, writeMultiLink } from './multiLink.js';
export { type ObjectHeader, readObjectHeader, writeObjectHeader } from './objectHeader.js';
export { type OweDiffieHellman, readOweDiffieHellman, writeOweDiffieHellman } from './oweDiffieHellman.js';
export { isOweTransition, type OweTransition, readOweTransition, writeOweTransition } from './oweTransition.js';
export { fullPackets, type PacketCodec, shortPackets } from './packetCodec.js';
export type { PerStationProfile } from './perStationProfile.js';
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
export {
  type EffectiveRsn,
  effectiveRsn,
  RsnCapability,
  type RsnElement,
  readRsnElement,
  withPmkids,
  writeRsnElement,
} from './rsnElement.js';
export { isRsnOverride, type RsnOverride, readRsnOverride, writeRsnOverride } from './rsnOverride.js';
export {
  hasRsnxCapability,
  RsnxCapability,
  type RsnxElement,
  readRsnxElement,
  rsnxWith,
  writeRsnxElement,
} from './rsnxElement.js';
export type { SaeElements } from './saeElements.js';
export {
  readSaeCommit,
  readSaeConfirm,
  readSaeGroup,
  type SaeCommit,
  type SaeConfirm,
  writeSaeCommit,
  writeSaeConfirm,
} from './saeFrames.js';
export { type SaeGroupSizes, saeGroupSizes } from './saeGroups.js';
export { readSaeTokenRequest, type SaeTokenRequest, writeSaeTokenRequest } from './saeTokenRequest.js';
export { readSecurityPacket, type SecurityPacket, writeSecurityPacket } from './securityPacket.js';
export { readSsid, writeSsid } from './ssid.js';
export { StatusCode } from './statusCodes.js';
export { AkmSuite, CipherSuite } from './suites.js';
export { readTimeoutInterval, TIMEOUT_INTERVAL, type TimeoutInterval, writeTimeoutInterval } from './timeoutInterval.js';
export { readTkipMicFailure, type TkipMicFailure, writeTkipMicFailure } from './tkipMicFailure.js';
export { TlsAlert, TlsAlertLevel } from './tlsAlerts.js';
export type { TlsHandshakeItem } from './tlsHandshake.js';
export { type ClientHello, readClientHello, readServerHello, type ServerHello, TlsVersion, tlsVersionName } from './tlsHello.js';
export { createTlsWalker, TlsContentType, type TlsItem, type TlsWalker } from './tlsRecord.js';
export {
  readVirtualStationApProperty,
  type VirtualStationApProperty,
  writeVirtualStationApProperty,
} from './virtualStationApProperty.js';
export { effectiveWpa, readWpaElement, type WpaElement, writeWpaElement } from './wpaElement.js';
