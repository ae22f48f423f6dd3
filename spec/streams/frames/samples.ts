import { Cipher, type MacAddress, Secret } from '../../../streams/events/index.js';
import type { DefaultKey, KeyMappingKey } from '../../../streams/frames/index.js';
import { hex } from './hex.js';

export const AP = '02:00:00:00:01:00' as MacAddress;
export const STATION = '02:00:00:00:00:05' as MacAddress;

/** Revision 2 with every block: fixed part 0..95, then the blocks at 96, 100, 104, 108, 112 and 120. */
export const FULL_ASSOCIATION = hex(`
  80 02 60 00  02 00 00 00 01 00  00 00  00 00 00 00  01 01  00 00
  60 00 00 00  03 00 00 00
  64 00 00 00  04 00 00 00
  68 00 00 00  02 00 00 00
  6c 00 00 00  01 00 00 00
  07 00 00 00  04 00 00 00  02 00 00 00
  70 00 00 00  08 00 00 00
  01 01 02 00  02 00 00 00
  78 00 00 00  04 00 00 00
  06 00 00 00  e8 03 00 00
  aa bb cc 00
  d0 d1 d2 d3
  e0 e1 00 00
  f0 00 00 00
  04 00 00 00  07 00 00 00
  88 8e 01 00
`);

export const FULL_ASSOCIATION_VALUE = {
  peer: AP,
  status: 0,
  reassociationRequest: true,
  reassociationResponse: true,
  request: hex('aa bb cc'),
  response: hex('d0 d1 d2 d3'),
  beacon: hex('e0 e1'),
  ihvData: hex('f0'),
  authAlgorithm: 7,
  unicastCipher: 4,
  multicastCipher: 2,
  activePhys: [4, 7],
  fourAddress: true,
  portAuthorized: true,
  qosProtocol: 2,
  dsInfo: 2,
  encapsulation: [{ etherType: 0x888e, encapsulation: 1 }],
  managementCipher: 6,
  comebackTime: 1000,
};

/** Revision 1 without any block. */
export const SHORT_ASSOCIATION = hex(`
  80 01 58 00  02 00 00 00 01 00  00 00  00 00 00 00  00 00  00 00
  00 00 00 00  00 00 00 00
  00 00 00 00  00 00 00 00
  00 00 00 00  00 00 00 00
  00 00 00 00  00 00 00 00
  01 00 00 00  00 00 00 00  00 00 00 00
  00 00 00 00  00 00 00 00
  00 00 00 00  00 00 00 00
  00 00 00 00  00 00 00 00
`);

export const SHORT_ASSOCIATION_VALUE = {
  ...FULL_ASSOCIATION_VALUE,
  reassociationRequest: false,
  reassociationResponse: false,
  request: hex(''),
  response: hex(''),
  beacon: hex(''),
  ihvData: hex(''),
  authAlgorithm: 1,
  unicastCipher: 0,
  multicastCipher: 0,
  activePhys: [],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 0,
  dsInfo: 0,
  encapsulation: [],
  managementCipher: Cipher.codes.NONE,
  comebackTime: 0,
};

export const KEY_16 = hex('000102030405060708090a0b0c0d0e0f');
export const COUNTER = hex('010000000000');

export const CCMP_PAIRWISE: KeyMappingKey = {
  peer: AP,
  algorithm: Cipher.codes.CCMP,
  direction: 3,
  delete: false,
  static: false,
  material: { form: 'ccmp', counter: hex('000000000000'), key: Secret.of(KEY_16) },
};

export const CCMP_PAIRWISE_BYTES = hex(`
  02 00 00 00 01 00  00 00  04 00 00 00  03 00 00 00  00 00  1c 00
  00 00 00 00 00 00  00 00  10 00 00 00  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
`);

export const CCMP_GROUP: DefaultKey = {
  keyIndex: 1,
  algorithm: Cipher.codes.CCMP,
  peer: AP,
  delete: false,
  static: false,
  material: { form: 'ccmp', counter: COUNTER, key: Secret.of(KEY_16) },
};

export const CCMP_GROUP_BYTES = hex(`
  80 01 18 00  01 00 00 00  04 00 00 00  02 00 00 00 01 00  00 00  1c 00
  01 00 00 00 00 00  00 00  10 00 00 00  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
`);
