import fc from 'fast-check';
import type { Decoded } from '../../../streams/frames/index.js';
import * as frames from '../../../streams/frames/index.js';
import * as arbitrary from './arbitraries.js';
import { decoded, expectBytes, expectSame, written } from './expectations.js';

/** Reading what was written gives the value back, and writing that gives the bytes back. */
const roundTrips = <A>(
  values: fc.Arbitrary<A>,
  write: (value: A) => Uint8Array,
  read: (bytes: Uint8Array) => Decoded<A>,
): void => {
  fc.assert(
    fc.property(values, (value) => {
      const bytes = write(value);
      const back = decoded(read(bytes));
      expectSame(back, value);
      expectBytes(write(back), bytes);
    }),
  );
};

const { u8, u16, u32, mac, ssid, block } = arbitrary;

describe('bytes and values, there and back', () => {
  it('R35: association completion, both layouts', () => {
    roundTrips(arbitrary.association, frames.writeAssociationCompletion, frames.readAssociationCompletion);
    const revision1 = (value: Parameters<typeof frames.writeAssociationCompletion>[0]) =>
      frames.writeAssociationCompletion(value, 1);
    roundTrips(arbitrary.oldAssociation, revision1, frames.readAssociationCompletion);
  });

  it('R42: association frame bodies', () => {
    const fixed = { capabilities: u16, listenInterval: u16, elements: block };
    const plain = (bytes: Uint8Array) => frames.readAssociationRequest(bytes, false);
    const again = (bytes: Uint8Array) => frames.readAssociationRequest(bytes, true);
    const response = fc.record({
      capabilities: u16,
      status: u16,
      associationId: fc.integer({ min: 0, max: 0x3fff }),
      elements: block,
    });
    const beacon = fc.record({ timestamp: arbitrary.octets(8), interval: u16, capabilities: u16, elements: block });
    roundTrips(fc.record(fixed), frames.writeAssociationRequest, plain);
    roundTrips(fc.record({ ...fixed, currentAp: mac }), frames.writeAssociationRequest, again);
    roundTrips(response, frames.writeAssociationResponse, frames.readAssociationResponse);
    roundTrips(beacon, frames.writeBeaconBody, frames.readBeaconBody);
  });

  it('R120: key mapping keys, alone and in a list', () => {
    roundTrips(arbitrary.keyMappingKey, (key) => written(frames.writeKeyMappingKey(key)), frames.readKeyMappingKey);
    const list: fc.Arbitrary<ReadonlyArray<frames.KeyMappingKey>> = fc.array(arbitrary.keyMappingKey, { maxLength: 5 });
    roundTrips(list, (keys) => written(frames.writeKeyMappingKeys(keys)), frames.readKeyMappingKeys);
  });

  it('R121: default keys', () => {
    roundTrips(arbitrary.defaultKey, (key) => written(frames.writeDefaultKey(key)), frames.readDefaultKey);
  });

  it('R61: EtherTypes, exemptions and encapsulations', () => {
    const exemption = fc.record({ etherType: u16, action: u16, packets: u16 });
    const exemptions: fc.Arbitrary<ReadonlyArray<typeof exemption extends fc.Arbitrary<infer E> ? E : never>> =
      fc.array(exemption);
    const etherTypes: fc.Arbitrary<ReadonlyArray<number>> = fc.array(u16);
    roundTrips(etherTypes, frames.writeEtherTypes, frames.readEtherTypes);
    roundTrips(exemption, frames.writePrivacyExemption, frames.readPrivacyExemption);
    roundTrips(exemptions, frames.writePrivacyExemptions, frames.readPrivacyExemptions);
    roundTrips(arbitrary.encapsulationEntry, frames.writeEncapsulationEntry, frames.readEncapsulationEntry);
  });

  it('R77: packets in both forms', () => {
    roundTrips(arbitrary.packet, frames.writeSecurityPacket, frames.readSecurityPacket);
    roundTrips(arbitrary.dataFrame, frames.writeDataFrame, frames.readDataFrame);
  });

  it('R244: virtual station AP properties', () => {
    const write = (value: frames.VirtualStationApProperty) => written(frames.writeVirtualStationApProperty(value));
    roundTrips(arbitrary.apProperty, write, frames.readVirtualStationApProperty);
  });

  it('the structures of the miniport', () => {
    const state = fc.record({ peer: mac, sessionId: u32, controlled: fc.boolean(), authorized: fc.boolean() });
    const start = fc.record({ peer: mac, ssid, ihvData: block });
    const roam = fc.record({ bssid: mac, ssid, reason: u32 });
    const link: fc.Arbitrary<frames.LinkQuality> = fc.record({ links: fc.array(fc.record({ peer: mac, quality: u8 })) });
    const candidate = fc.record({ bssid: mac, preauthentication: fc.boolean() });
    const candidates: fc.Arbitrary<frames.PmkidCandidates> = fc.record({ candidates: fc.array(candidate) });
    const failure = fc.record({ peer: mac, defaultKey: fc.boolean(), keyIndex: u32 });
    const phy = fc.record({ phy: u32, hardwareOn: fc.boolean(), softwareOn: fc.boolean() });
    roundTrips(state, frames.writePortState, frames.readPortState);
    roundTrips(start, (value) => written(frames.writeAssociationStart(value)), frames.readAssociationStart);
    roundTrips(fc.record({ peer: mac, reason: u32, ihvData: block }), frames.writeDisassociation, frames.readDisassociation);
    roundTrips(roam, (value) => written(frames.writeRoamingStart(value)), frames.readRoamingStart);
    roundTrips(fc.record({ status: u32 }), frames.writeCompletion, frames.readConnectionCompletion);
    roundTrips(fc.record({ peer: mac, open: fc.boolean() }), frames.writePortStateNotification, frames.readPortStateNotification);
    roundTrips(ssid, (value) => written(frames.writeSsid(value)), frames.readSsid);
    roundTrips(link, frames.writeLinkQuality, frames.readLinkQuality);
    roundTrips(candidates, frames.writePmkidCandidates, frames.readPmkidCandidates);
    roundTrips(failure, frames.writeTkipMicFailure, frames.readTkipMicFailure);
    roundTrips(phy, frames.writePhyState, frames.readPhyState);
  });
});
