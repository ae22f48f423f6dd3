import { expect } from 'chai';
import fc from 'fast-check';
import { Secret } from '../../../streams/events/index.js';
import type { Decoded } from '../../../streams/frames/index.js';
import * as frames from '../../../streams/frames/index.js';
import { refusal, written } from './expectations.js';
import { hex } from './hex.js';
import {
  AP,
  CCMP_GROUP_BYTES,
  CCMP_PAIRWISE,
  CCMP_PAIRWISE_BYTES,
  FULL_ASSOCIATION,
  SHORT_ASSOCIATION,
  STATION,
} from './samples.js';

type Read = (bytes: Uint8Array) => Decoded<unknown>;

/** A reader and a sample of which every byte is wanted. */
const whole: Readonly<Record<string, readonly [Read, Uint8Array]>> = {
  'object header': [frames.readObjectHeader, hex('80 01 04 00')],
  'port state': [frames.readPortState, new Uint8Array(20)],
  'association completion, 96 bytes': [frames.readAssociationCompletion, FULL_ASSOCIATION],
  'association completion, 88 bytes': [frames.readAssociationCompletion, SHORT_ASSOCIATION],
  'association start': [
    frames.readAssociationStart,
    written(frames.writeAssociationStart({ peer: AP, ssid: hex('74657374'), ihvData: hex('01 02 03') })),
  ],
  SSID: [frames.readSsid, written(frames.writeSsid(hex('74 65')))],
  disassociation: [frames.readDisassociation, frames.writeDisassociation({ peer: AP, reason: 1, ihvData: hex('01') })],
  'roaming start': [frames.readRoamingStart, written(frames.writeRoamingStart({ bssid: AP, ssid: hex('74'), reason: 11 }))],
  'roaming completion': [frames.readRoamingCompletion, frames.writeCompletion({ status: 0 })],
  'connection completion': [frames.readConnectionCompletion, frames.writeCompletion({ status: 0 })],
  'key mapping key': [frames.readKeyMappingKey, CCMP_PAIRWISE_BYTES],
  'key mapping keys': [frames.readKeyMappingKeys, written(frames.writeKeyMappingKeys([CCMP_PAIRWISE, CCMP_PAIRWISE]))],
  'default key': [frames.readDefaultKey, CCMP_GROUP_BYTES],
  'privacy exemption': [frames.readPrivacyExemption, hex('88 8e 02 00 03 00')],
  'privacy exemptions': [
    frames.readPrivacyExemptions,
    frames.writePrivacyExemptions([{ etherType: 0x888e, action: 2, packets: 3 }]),
  ],
  'encapsulation entry': [frames.readEncapsulationEntry, hex('88 8e 01 00')],
  'port state notification': [frames.readPortStateNotification, frames.writePortStateNotification({ peer: AP, open: true })],
  'TKIP MIC failure': [frames.readTkipMicFailure, frames.writeTkipMicFailure({ peer: AP, defaultKey: true, keyIndex: 1 })],
  'PMKID candidates': [
    frames.readPmkidCandidates,
    frames.writePmkidCandidates({ candidates: [{ bssid: AP, preauthentication: true }] }),
  ],
  'PHY state': [frames.readPhyState, frames.writePhyState({ phy: 1, hardwareOn: true, softwareOn: true })],
  'link quality': [frames.readLinkQuality, frames.writeLinkQuality({ links: [{ peer: AP, quality: 50 }] })],
  'virtual station AP property': [
    frames.readVirtualStationApProperty,
    written(
      frames.writeVirtualStationApProperty({
        ssid: hex('74'),
        authAlgorithm: 7,
        cipher: 4,
        isPassphrase: false,
        key: Secret.of(new Uint8Array(32)),
      }),
    ),
  ],
};

/** A reader, a sample, and how much of it has to be there: the rest is a payload of any length. */
const open: Readonly<Record<string, readonly [Read, Uint8Array, number]>> = {
  'security packet': [frames.readSecurityPacket, hex('020000000100 888e 0103'), 8],
  'data frame': [
    frames.readDataFrame,
    frames.writeDataFrame({ peer: AP, station: STATION, direction: 'toAp', etherType: 0x888e, payload: hex('01 03') }),
    32,
  ],
  'association request': [(bytes) => frames.readAssociationRequest(bytes, false), new Uint8Array(8), 4],
  'reassociation request': [(bytes) => frames.readAssociationRequest(bytes, true), new Uint8Array(14), 10],
  'association response': [frames.readAssociationResponse, new Uint8Array(10), 6],
  beacon: [frames.readBeaconBody, new Uint8Array(16), 12],
};

const readers = [...Object.entries(whole), ...Object.entries(open)].map(([name, [read, sample]]) => ({ name, read, sample }));

const expectRefusedInside = (read: Read, bytes: Uint8Array): void => {
  const error = refusal(read(bytes));
  expect(error.offset).to.be.within(0, bytes.length);
  expect(error.message).to.include(`${error.structure}.${error.field} at byte ${error.offset}: expected`);
};

describe('truncated buffers', () => {
  for (const [name, [read, sample]] of Object.entries(whole)) {
    it(`R34: ${name} is refused at every shorter length, at an offset inside it`, () => {
      expect(read(sample)._tag).to.equal('Right');
      for (let length = 0; length < sample.length; length++) expectRefusedInside(read, sample.subarray(0, length));
    });
  }

  for (const [name, [read, sample, minimum]] of Object.entries(open)) {
    it(`R90: ${name} is refused below ${minimum} bytes, at an offset inside it`, () => {
      for (let length = 0; length < minimum; length++) expectRefusedInside(read, sample.subarray(0, length));
      expect(read(sample.subarray(0, minimum))._tag).to.equal('Right');
      expect(read(sample)._tag).to.equal('Right');
    });
  }
});

describe('hostile buffers', () => {
  const harmless = (read: Read, bytes: Uint8Array): void => {
    const result = read(bytes);
    if (result._tag === 'Left') expect(result.left.offset).to.be.within(0, bytes.length);
  };

  for (const { name, read, sample } of readers) {
    it(`R90: random bytes read as ${name} are a value or an error inside the buffer`, () => {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => harmless(read, bytes)));
    });

    it(`R90: ${name} with some bytes changed is a value or an error inside the buffer`, () => {
      const change = fc.tuple(fc.nat(sample.length - 1), fc.integer({ min: 0, max: 0xff }));
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
          const bytes = sample.slice();
          for (const [at, octet] of changes) bytes[at] = octet;
          harmless(read, bytes);
        }),
      );
    });
  }

  it('R34: reads a window of a larger buffer without looking past it', () => {
    const larger = new Uint8Array(FULL_ASSOCIATION.length + 64).fill(0xee);
    larger.set(FULL_ASSOCIATION, 32);
    const view = larger.subarray(32, 32 + FULL_ASSOCIATION.length);
    expect(frames.readAssociationCompletion(view)._tag).to.equal('Right');
    expectRefusedInside(frames.readAssociationCompletion, view.subarray(0, -1));
  });
});
