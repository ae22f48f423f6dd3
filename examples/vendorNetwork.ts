/** A network the example's method serves, as a host would report it. */
import { type AssociationCompletion, Cipher, DsInfo, type MacAddress, type PortState } from 'postassoc';
import { VENDOR_AUTH_ALGORITHM } from './vendorMethod.js';

const none = new Uint8Array(0);

/** What an association with this access point negotiated: the vendor's authentication, CCMP for everything. */
export const vendorAssociation = (peer: MacAddress): AssociationCompletion => ({
  peer,
  status: 0,
  reassociationRequest: false,
  reassociationResponse: false,
  request: none,
  response: none,
  beacon: none,
  ihvData: none,
  authAlgorithm: VENDOR_AUTH_ALGORITHM,
  unicastCipher: Cipher.codes.CCMP,
  multicastCipher: Cipher.codes.CCMP,
  activePhys: [0],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 1,
  dsInfo: DsInfo.codes.CHANGED,
  encapsulation: [],
  managementCipher: Cipher.codes.NONE,
  comebackTime: 0,
});

/** A port as the host creates it for an IHV method: controlled, and not authorised yet. */
export const vendorPort = (peer: MacAddress): PortState => ({ peer, sessionId: 1, controlled: true, authorized: false });
