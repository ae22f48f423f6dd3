import { expect } from 'chai';
import {
  readAssociationStart,
  readConnectionCompletion,
  readDisassociation,
  readLinkQuality,
  readObjectHeader,
  readPhyState,
  readPmkidCandidates,
  readPortState,
  readPortStateNotification,
  readRoamingCompletion,
  readRoamingStart,
  readSsid,
  readTkipMicFailure,
  writeAssociationStart,
  writeCompletion,
  writeDisassociation,
  writeLinkQuality,
  writeObjectHeader,
  writePhyState,
  writePmkidCandidates,
  writePortState,
  writePortStateNotification,
  writeRoamingStart,
  writeSsid,
  writeTkipMicFailure,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { changed, hex } from './hex.js';
import { AP, STATION } from './samples.js';

const SSID = `04 00 00 00  74 65 73 74 ${'00'.repeat(28)}`;

describe('structures of the miniport', () => {
  it('NDIS object header: type, revision, size', () => {
    const header = { type: 0x80, revision: 2, size: 4 };
    expectBytes(writeObjectHeader(header), hex('80 02 04 00'));
    expectSame(decoded(readObjectHeader(hex('80 02 04 00'))), header);
  });

  it('R50: port state, 20 bytes', () => {
    const bytes = hex('02 00 00 00 01 00  00 00  2a 00 00 00  01 00 00 00  00 00 00 00');
    const state = { peer: AP, sessionId: 42, controlled: true, authorized: false };
    expectBytes(writePortState(state), bytes);
    expectSame(decoded(readPortState(bytes)), state);
  });

  it('R57: port state notification, 12 bytes', () => {
    const bytes = hex('80 01 0c 00  02 00 00 00 01 00  01 00');
    expectBytes(writePortStateNotification({ peer: AP, open: true }), bytes);
    expectSame(decoded(readPortStateNotification(bytes)), { peer: AP, open: true });
  });

  it('R210: association start, 56 bytes and the data behind them', () => {
    const bytes = hex(`80 01 38 00  02 00 00 00 01 00  00 00  ${SSID}  38 00 00 00  02 00 00 00  be ef`);
    const start = { peer: AP, ssid: hex('74657374'), ihvData: hex('be ef') };
    expect(bytes).to.have.lengthOf(58);
    expectBytes(written(writeAssociationStart(start)), bytes);
    expectSame(decoded(readAssociationStart(bytes)), start);
  });

  it('R213: disassociation, 24 bytes; FF..FF is every peer', () => {
    const bytes = hex('80 01 18 00  ff ff ff ff ff ff  00 00  06 00 01 00  00 00 00 00  00 00 00 00');
    const value = { peer: 'ff:ff:ff:ff:ff:ff' as typeof AP, reason: 0x10006, ihvData: hex('') };
    expectBytes(writeDisassociation(value), bytes);
    expectSame(decoded(readDisassociation(bytes)), value);
  });

  it('R213: refuses IHV data of a disassociation outside the buffer', () => {
    const bytes = hex('80 01 18 00  02 00 00 00 01 00  00 00  07 00 00 00  18 00 00 00  01 00 00 00');
    expect(refusal(readDisassociation(bytes))).to.include({ code: 'OFFSET', field: 'uIHVDataSize', offset: 20 });
  });

  it('R216: roaming start, 52 bytes', () => {
    const bytes = hex(`80 01 34 00  00 00 00 00 00 00  00 00  ${SSID}  0c 00 00 00`);
    const start = { bssid: '00:00:00:00:00:00' as typeof AP, ssid: hex('74657374'), reason: 0xc };
    expectBytes(written(writeRoamingStart(start)), bytes);
    expectSame(decoded(readRoamingStart(bytes)), start);
  });

  it('R215: roaming and connection completion, 8 bytes', () => {
    const bytes = hex('80 01 08 00  06 00 00 00');
    expectBytes(writeCompletion({ status: 6 }), bytes);
    expectSame(decoded(readRoamingCompletion(bytes)), { status: 6 });
    expectSame(decoded(readConnectionCompletion(bytes)), { status: 6 });
  });

  it('R196: reads a status of the IHV range as an unsigned number', () => {
    expectSame(decoded(readConnectionCompletion(hex('80 01 08 00  01 00 00 80'))), { status: 0x80000001 });
    expectBytes(writeCompletion({ status: 0xffffffff }), hex('80 01 08 00  ff ff ff ff'));
  });

  it('R253: TKIP MIC failure, 20 bytes', () => {
    const bytes = hex('80 01 14 00  01 00 00 00  02 00 00 00  02 00 00 00 01 00  00 00');
    const failure = { peer: AP, defaultKey: true, keyIndex: 2 };
    expectBytes(writeTkipMicFailure(failure), bytes);
    expectSame(decoded(readTkipMicFailure(bytes)), failure);
  });

  it('R250: PMKID candidates, entries of 12 bytes', () => {
    const bytes = hex(`80 01 0c 00  18 00 00 00  0c 00 00 00
      02 00 00 00 01 00  00 00  01 00 00 00   02 00 00 00 00 05  00 00  00 00 00 00`);
    const list = {
      candidates: [
        { bssid: AP, preauthentication: true },
        { bssid: STATION, preauthentication: false },
      ],
    };
    expectBytes(writePmkidCandidates(list), bytes);
    expectSame(decoded(readPmkidCandidates(bytes)), list);
    expect(refusal(readPmkidCandidates(changed(bytes, 4, 0x17)))).to.include({ code: 'LENGTH', field: 'uCandidateListSize' });
    expect(refusal(readPmkidCandidates(changed(bytes, 8, 0x0d)))).to.include({ code: 'OFFSET', field: 'uCandidateListSize' });
  });

  it('R250: PHY state, 12 bytes', () => {
    const bytes = hex('80 01 0c 00  03 00 00 00  01 00  00 00');
    const state = { phy: 3, hardwareOn: true, softwareOn: false };
    expectBytes(writePhyState(state), bytes);
    expectSame(decoded(readPhyState(bytes)), state);
  });

  it('R250: link quality, entries of 7 bytes', () => {
    const bytes = hex('80 01 0c 00  0e 00 00 00  0c 00 00 00  02 00 00 00 01 00 64  02 00 00 00 00 05 00');
    const quality = {
      links: [
        { peer: AP, quality: 100 },
        { peer: STATION, quality: 0 },
      ],
    };
    expectBytes(writeLinkQuality(quality), bytes);
    expectSame(decoded(readLinkQuality(bytes)), quality);
    expect(refusal(readLinkQuality(changed(bytes, 4, 0x0d)))).to.include({ code: 'LENGTH', field: 'uLinkQualityListSize' });
  });

  it('SSID: always 36 bytes, never more than 32 octets', () => {
    expectBytes(written(writeSsid(hex('74657374'))), hex(SSID));
    expectSame(decoded(readSsid(hex(SSID))), hex('74657374'));
    expect(writeSsid(new Uint8Array(33))._tag).to.equal('Left');
    expect(refusal(readSsid(changed(hex(SSID), 0, 33)))).to.include({ code: 'LENGTH', field: 'uSSIDLength', offset: 0 });
  });
});
