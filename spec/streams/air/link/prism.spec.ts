import { expect } from 'chai';
import { hex } from '../../frames/hex.js';
import { AP, be32, joined, le32, management, REQUEST, STATION } from '../building.js';
import { captured, hearFrames } from '../hearAll.js';

const FRAME = management(0, REQUEST);

const bodies = (linkType: number, header: Uint8Array) =>
  hearFrames(captured(linkType, joined(header, FRAME))).map((event) => 'body' in event && event.body);

const avs = (version: number, size = 64): Uint8Array => joined(be32(version), be32(size), new Uint8Array(56));

describe('Prism and AVS', () => {
  it('Prism in either byte order', () => {
    expect(bodies(119, joined(le32(0x44), le32(144), new Uint8Array(136)))).to.deep.equal([REQUEST]);
    expect(bodies(119, joined(be32(0x44), be32(144), new Uint8Array(136)))).to.deep.equal([REQUEST]);
  });

  it('AVS, by its own link type and under that of Prism', () => {
    for (const version of [0x80211001, 0x80211002]) {
      expect(bodies(163, avs(version))).to.deep.equal([REQUEST]);
      expect(bodies(119, avs(version))).to.deep.equal([REQUEST]);
    }
  });

  it('AVS has one byte order, also where its length makes sense in the other', () => {
    const record = joined(avs(0x80211001, 0x100), new Uint8Array(192), FRAME, new Uint8Array(0x10100));
    expect(hearFrames(captured(119, record))[0]).to.include({ station: STATION, ap: AP });
  });

  it('what cannot be is no frame', () => {
    expect(bodies(163, avs(0x80221001))).to.deep.equal([]);
    expect(bodies(163, avs(0x80211001, 7))).to.deep.equal([]);
    expect(bodies(119, avs(0x80211001, 0xfffffff0))).to.deep.equal([]);
    expect(bodies(119, joined(le32(0x44), hex('ffffffff')))).to.deep.equal([]);
    expect(bodies(119, joined(le32(0x44), le32(4)))).to.deep.equal([]);
    expect(hearFrames(captured(119, hex('44000000 90')))).to.deep.equal([]);
  });
});
