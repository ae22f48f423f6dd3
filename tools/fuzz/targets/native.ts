import { macFromBytes } from '../../../streams/events/index.js';
import * as frames from '../../../streams/frames/index.js';
import type { Target } from '../target.js';
import { oneOf, reads, roundTrips, seedOf } from './readers.js';

const full = frames.fullPackets(macFromBytes(Uint8Array.of(2, 0, 0, 0, 0, 2)));

const readings = [
  reads('object header', frames.readObjectHeader),
  roundTrips('port state', frames.readPortState, frames.writePortState),
  roundTrips('association completion', frames.readAssociationCompletion, (value) => frames.writeAssociationCompletion(value)),
  roundTrips('association start', frames.readAssociationStart, frames.writeAssociationStart),
  roundTrips('SSID', frames.readSsid, frames.writeSsid),
  roundTrips('disassociation', frames.readDisassociation, frames.writeDisassociation),
  roundTrips('roaming start', frames.readRoamingStart, frames.writeRoamingStart),
  roundTrips('roaming completion', frames.readRoamingCompletion, frames.writeCompletion),
  roundTrips('connection completion', frames.readConnectionCompletion, frames.writeCompletion),
  roundTrips('key mapping key', frames.readKeyMappingKey, frames.writeKeyMappingKey),
  roundTrips('key mapping keys', frames.readKeyMappingKeys, frames.writeKeyMappingKeys),
  roundTrips('default key', frames.readDefaultKey, frames.writeDefaultKey),
  roundTrips('privacy exemption', frames.readPrivacyExemption, frames.writePrivacyExemption),
  roundTrips('privacy exemptions', frames.readPrivacyExemptions, frames.writePrivacyExemptions),
  roundTrips('encapsulation entry', frames.readEncapsulationEntry, frames.writeEncapsulationEntry),
  roundTrips('EtherTypes', frames.readEtherTypes, frames.writeEtherTypes),
  roundTrips('port state notification', frames.readPortStateNotification, frames.writePortStateNotification),
  roundTrips('TKIP MIC failure', frames.readTkipMicFailure, frames.writeTkipMicFailure),
  roundTrips('PMKID candidates', frames.readPmkidCandidates, frames.writePmkidCandidates),
  roundTrips('PHY state', frames.readPhyState, frames.writePhyState),
  roundTrips('link quality', frames.readLinkQuality, frames.writeLinkQuality),
  roundTrips('virtual station AP property', frames.readVirtualStationApProperty, frames.writeVirtualStationApProperty),
  roundTrips('security packet', frames.readSecurityPacket, frames.writeSecurityPacket),
  roundTrips('data frame', frames.readDataFrame, frames.writeDataFrame),
  reads('full packet', full.read),
];

export const fuzz = oneOf(readings);

const header = (revision: number, size: number): ReadonlyArray<number> => [0x80, revision, size & 0xff, size >> 8];

/** Everything as zeros of a plausible size behind an object header: the fuzzer fills in the rest. */
const seeds = (): ReadonlyArray<Uint8Array> => {
  const peer = macFromBytes(Uint8Array.of(2, 0, 0, 0, 0, 1));
  const written = [
    frames.writeDisassociation({ peer, reason: 1, ihvData: Uint8Array.of(1) }),
    frames.writePmkidCandidates({ candidates: [{ bssid: peer, preauthentication: true }] }),
    frames.writeLinkQuality({ links: [{ peer, quality: 50 }] }),
    frames.writePhyState({ phy: 1, hardwareOn: true, softwareOn: true }),
    frames.writeTkipMicFailure({ peer, defaultKey: true, keyIndex: 1 }),
    frames.writePortStateNotification({ peer, open: true }),
  ];
  const zeros = [1, 2].flatMap((revision) =>
    [16, 24, 48, 60, 88, 96].map((size) => Uint8Array.of(...header(revision, size), ...new Uint8Array(size - 4))),
  );
  return readings.flatMap((_, index) => [...written, ...zeros, new Uint8Array(40)].map((bytes) => seedOf(index, bytes)));
};

export const native: Target = { name: 'native', slice: 5000, fuzz, seeds };
