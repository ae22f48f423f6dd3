import { expect } from 'chai';
import {
  type DataFrame,
  fullPackets,
  readDataFrame,
  readSecurityPacket,
  shortPackets,
  writeDataFrame,
  writeSecurityPacket,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal } from './expectations.js';
import { changed, hex } from './hex.js';
import { AP, STATION } from './samples.js';

const PACKET = { peer: AP, etherType: 0x888e, payload: hex('02 03 00 00') };
const SHORT = hex('02 00 00 00 01 00  88 8e  02 03 00 00');
const LLC = 'aa aa 03 00 00 00 88 8e';
const TO_AP = hex(`08 01  00 00  020000000100  020000000005  020000000100  00 00  ${LLC}  02 03 00 00`);
const FROM_AP = hex(`08 02  00 00  020000000005  020000000100  020000000100  00 00  ${LLC}  02 03 00 00`);
const SENT: DataFrame = { ...PACKET, station: STATION, direction: 'toAp', protected: false };
const RECEIVED: DataFrame = { ...PACKET, station: STATION, direction: 'fromAp', protected: false };

describe('security packet', () => {
  it('R77: the short form is address, big-endian EtherType, payload', () => {
    expectBytes(writeSecurityPacket(PACKET), SHORT);
    expectSame(decoded(readSecurityPacket(SHORT)), PACKET);
  });

  it('R77: an empty payload is a packet', () => {
    expectSame(decoded(readSecurityPacket(SHORT.subarray(0, 8))), { ...PACKET, payload: hex('') });
  });

  it('R77: the full form is a data frame with LLC/SNAP, To DS from the station and From DS from the AP', () => {
    expectBytes(writeDataFrame(SENT), TO_AP);
    expectBytes(writeDataFrame(RECEIVED), FROM_AP);
    expectSame(decoded(readDataFrame(TO_AP)), SENT);
    expectSame(decoded(readDataFrame(FROM_AP)), RECEIVED);
  });

  it('R77: both codecs read what they write, and the short one is the default', () => {
    const [short, full] = [shortPackets, fullPackets(STATION)];
    expectSame(decoded(short.read(short.write(PACKET))), PACKET);
    expectSame(decoded(full.read(full.write(PACKET))), { ...PACKET, protected: false });
    expectBytes(shortPackets.write(PACKET), SHORT);
    expectBytes(fullPackets(STATION).write(PACKET), TO_AP);
  });

  it('R76: the engine sets type, To DS and the addresses, and leaves the bits of the adapter zero', () => {
    const frame = writeDataFrame(SENT);
    expect(frame[0]).to.equal(0x08);
    expect(frame[1]).to.equal(0x01);
    expect([frame[2], frame[3]]).to.deep.equal([0, 0]);
    expect([frame[22], frame[23]]).to.deep.equal([0, 0]);
  });

  it('R76: reads a frame whatever the adapter put in its own fields', () => {
    const flags = { moreFragments: 0x04, retry: 0x08, powerManagement: 0x10, moreData: 0x20 };
    for (const bit of Object.values(flags)) expectSame(decoded(readDataFrame(changed(FROM_AP, 1, 0x02 | bit))), RECEIVED);
    expectSame(decoded(readDataFrame(changed(FROM_AP, 2, 0x3a, 0x01))), RECEIVED);
    expectSame(decoded(readDataFrame(changed(FROM_AP, 22, 0x10, 0x7f))), RECEIVED);
  });

  it('R76: says whether a frame was protected, and writes none that is', () => {
    const isProtected = { ...RECEIVED, protected: true };
    expectSame(decoded(readDataFrame(changed(FROM_AP, 1, 0x42))), isProtected);
    expectSame(decoded(fullPackets(STATION).read(changed(FROM_AP, 1, 0x42))), { ...PACKET, protected: true });
    expectBytes(writeDataFrame(isProtected), FROM_AP);
    expectBytes(fullPackets(STATION).write({ ...PACKET, protected: true }), TO_AP);
    expectBytes(shortPackets.write({ ...PACKET, protected: true }), SHORT);
  });

  it('R77: tolerates QoS data, with and without HT Control', () => {
    const qos = hex(`88 02  00 00  020000000005  020000000100  020000000100  00 00  06 00  ${LLC}  02 03 00 00`);
    const ht = hex(`88 82  00 00  020000000005  020000000100  020000000100  00 00  06 00  01 02 03 04  ${LLC}  02 03 00 00`);
    expectSame(decoded(readDataFrame(qos)), RECEIVED);
    expectSame(decoded(readDataFrame(ht)), RECEIVED);
  });

  it('R77: takes the AP, not the source behind it, as the peer', () => {
    expect(decoded(readDataFrame(changed(FROM_AP, 16, 0x02, 0xaa))).peer).to.equal(AP);
  });

  it('R90: refuses an A-MSDU', () => {
    const aggregate = hex(`88 02  00 00  020000000005  020000000100  020000000100  00 00  86 00  ${LLC}  02 03 00 00`);
    expect(refusal(readDataFrame(aggregate))).to.include({ code: 'VALUE', field: 'QoS Control', offset: 24 });
  });

  const wrong: Readonly<Record<string, readonly [Uint8Array, string, number]>> = {
    'a version other than 0': [changed(TO_AP, 0, 0x09), 'Frame Control', 0],
    'a management frame': [changed(TO_AP, 0, 0xb0), 'Frame Control', 0],
    'a control frame': [changed(TO_AP, 0, 0xd4), 'Frame Control', 0],
    'a null frame': [changed(TO_AP, 0, 0x48), 'Frame Control', 0],
    'neither To DS nor From DS': [changed(TO_AP, 1, 0x00), 'Frame Control', 1],
    'both To DS and From DS': [changed(TO_AP, 1, 0x03), 'Frame Control', 1],
    'another LLC': [changed(TO_AP, 24, 0xab), 'LLC/SNAP', 24],
    'another SNAP OUI': [changed(TO_AP, 29, 0xf8), 'LLC/SNAP', 29],
  };
  for (const [what, [bytes, field, offset]] of Object.entries(wrong)) {
    it(`R90: refuses ${what}`, () => {
      expect(refusal(readDataFrame(bytes))).to.include({ code: 'VALUE', field, offset });
    });
  }
});
