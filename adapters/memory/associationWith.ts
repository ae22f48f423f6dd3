import { type AssociationCompletion, AuthAlgorithm, Cipher, DsInfo, type MacAddress } from '../../streams/events/index.js';

const nothing = new Uint8Array(0);

/** What a miniport reports of an association with a WPA2-PSK network, but for the changes. */
export const associationWith = (peer: MacAddress, changes: Partial<AssociationCompletion> = {}): AssociationCompletion => ({
  peer,
  status: 0,
  reassociationRequest: false,
  reassociationResponse: false,
  request: nothing,
  response: nothing,
  beacon: nothing,
  ihvData: nothing,
  authAlgorithm: AuthAlgorithm.codes.RSNA_PSK,
  unicastCipher: Cipher.codes.CCMP,
  multicastCipher: Cipher.codes.CCMP,
  activePhys: [0],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 0,
  dsInfo: DsInfo.codes.UNKNOWN,
  encapsulation: [],
  managementCipher: Cipher.codes.NONE,
  comebackTime: 0,
  ...changes,
});
