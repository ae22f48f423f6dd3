import { expect } from 'chai';
import {
  readAssociationRequest,
  readAssociationResponse,
  readBeaconBody,
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal } from './expectations.js';
import { hex } from './hex.js';
import { AP } from './samples.js';

const ELEMENTS = '00 04 74 65 73 74';
const REQUEST = hex(`31 04  0a 00  ${ELEMENTS}`);
const REASSOCIATION = hex(`31 04  0a 00  02 00 00 00 01 00  ${ELEMENTS}`);
const RESPONSE = hex(`31 04  00 00  05 c0  ${ELEMENTS}`);
const BEACON = hex(`01 02 03 04 05 06 07 08  64 00  31 04  ${ELEMENTS}`);

describe('association frame bodies', () => {
  it('R42: splits an association request after 4 bytes', () => {
    const request = { capabilities: 0x0431, listenInterval: 10, elements: hex(ELEMENTS) };
    expectSame(decoded(readAssociationRequest(REQUEST, false)), request);
    expectBytes(writeAssociationRequest(request), REQUEST);
  });

  it('R42: splits a reassociation request 6 bytes later, behind the current AP', () => {
    const request = { capabilities: 0x0431, listenInterval: 10, currentAp: AP, elements: hex(ELEMENTS) };
    expectSame(decoded(readAssociationRequest(REASSOCIATION, true)), request);
    expectBytes(writeAssociationRequest(request), REASSOCIATION);
  });

  it('R42: splits a response after 6 bytes and takes the mark off the AID', () => {
    const response = { capabilities: 0x0431, status: 0, associationId: 5, elements: hex(ELEMENTS) };
    expectSame(decoded(readAssociationResponse(RESPONSE)), response);
    expectBytes(writeAssociationResponse(response), RESPONSE);
  });

  it('R42: splits a beacon after 12 bytes', () => {
    const beacon = { timestamp: hex('0102030405060708'), interval: 100, capabilities: 0x0431, elements: hex(ELEMENTS) };
    expectSame(decoded(readBeaconBody(BEACON)), beacon);
    expectBytes(writeBeaconBody(beacon), BEACON);
  });

  it('R42: names the fixed field a short block ends in', () => {
    expect(refusal(readAssociationRequest(REQUEST.subarray(0, 3), false))).to.include({ field: 'Listen Interval', offset: 2 });
    expect(refusal(readAssociationRequest(REASSOCIATION.subarray(0, 9), true))).to.include({
      field: 'Current AP Address',
      offset: 4,
    });
    expect(refusal(readAssociationResponse(RESPONSE.subarray(0, 5)))).to.include({ field: 'AID', offset: 4 });
    expect(refusal(readBeaconBody(BEACON.subarray(0, 11)))).to.include({ field: 'Capability Information', offset: 10 });
  });
});
