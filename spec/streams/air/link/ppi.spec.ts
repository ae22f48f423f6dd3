import { expect } from 'chai';
import { hex } from '../../frames/hex.js';
import { joined, le16, le32, management, REQUEST } from '../building.js';
import { captured, hearFrames } from '../hearAll.js';

const FRAME = management(0, REQUEST);
const FCS = hex('01020304');

const ppi = (fields: Uint8Array, linkType = 105): Uint8Array =>
  joined(hex('0000'), le16(8 + fields.length), le32(linkType), fields);

/** The 802.11-Common field with these flags. */
const common = (flags: number): Uint8Array => joined(le16(2), le16(20), new Uint8Array(8), le16(flags), new Uint8Array(10));
const OTHER = joined(le16(4), le16(3), hex('ffffff'));

const bodies = (header: Uint8Array, frame = FRAME) =>
  hearFrames(captured(192, joined(header, frame))).map((event) => 'body' in event && event.body);

describe('PPI', () => {
  it('without fields', () => {
    expect(bodies(ppi(hex('')))).to.deep.equal([REQUEST]);
  });

  it('the 802.11-Common field tells of an FCS, also behind others', () => {
    expect(bodies(ppi(common(1)), joined(FRAME, FCS))).to.deep.equal([REQUEST]);
    expect(bodies(ppi(joined(OTHER, common(1))), joined(FRAME, FCS))).to.deep.equal([REQUEST]);
    expect(bodies(ppi(common(0)), joined(FRAME, FCS))).to.deep.equal([joined(REQUEST, FCS)]);
  });

  it('does not believe a frame whose FCS was bad', () => {
    expect(bodies(ppi(common(4)))).to.deep.equal([]);
  });

  it('holds something else than 802.11, or nothing', () => {
    expect(bodies(ppi(hex(''), 1))).to.deep.equal([]);
    expect(bodies(hex('0100 0800 69000000'))).to.deep.equal([]);
    expect(bodies(hex('0000 0700 69000000'))).to.deep.equal([]);
    expect(bodies(hex('0000 ffff 69000000'))).to.deep.equal([]);
    expect(bodies(ppi(joined(le16(2), le16(0xffff), new Uint8Array(8))))).to.deep.equal([REQUEST]);
  });
});
