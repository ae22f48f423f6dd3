import type { WdiAssociationResult } from '../../../adapters/wdi/index.js';
import type { AdapterHandle, MacAddress } from '../../../streams/events/index.js';

export const ADAPTER = '0x1' as AdapterHandle;
export const AP = '02:00:00:00:01:00' as MacAddress;
export const OTHER_AP = '02:00:00:00:02:00' as MacAddress;

export const RESULT: WdiAssociationResult = {
  bssid: AP,
  status: 0,
  statusCode: 0,
  reassociation: false,
  request: Uint8Array.of(1),
  response: Uint8Array.of(2),
  beacon: Uint8Array.of(3),
  ihvData: new Uint8Array(0),
  authAlgorithm: 7,
  unicastCipher: 4,
  multicastCipher: 4,
  activePhys: [7],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 1,
  dsInfo: 0,
  encapsulation: [],
  managementCipher: 6,
  comebackTime: 0,
};
