import { expect } from 'chai';
import { bytesOfMac48 } from '../../../../streams/air/index.js';
import { hex } from '../../frames/hex.js';
import { be16, EAP_REQUEST, EAPOL_START, joined, le32, management, REQUEST, STATION } from '../building.js';
import { captured, hearFrames } from '../hearAll.js';

const FRAME = management(0, REQUEST);
const ADDRESS = joined(bytesOfMac48(STATION), hex('0000'));

const cookedV1 = (hardware: number, protocol: number, length = 6): Uint8Array =>
  joined(be16(4), be16(hardware), be16(length), ADDRESS, be16(protocol));

const cookedV2 = (hardware: number, protocol: number): Uint8Array =>
  joined(be16(protocol), be16(0), be16(0), be16(3), be16(hardware), Uint8Array.of(4, 6), ADDRESS);

const ETHERNET = 1;
const RADIOTAP = hex('0000 0900 02000000 10');

describe('Linux cooked captures', () => {
  for (const [linkType, cooked] of [[113, cookedV1] as const, [276, cookedV2] as const]) {
    const heard = (header: Uint8Array, inside: Uint8Array) => hearFrames(captured(linkType, joined(header, inside)));
    const bodies = (header: Uint8Array, inside: Uint8Array) =>
      heard(header, inside).map((event) => 'body' in event && event.body);

    describe(`link type ${linkType}`, () => {
      it('EAPOL by its protocol, from the sender', () => {
        expect(heard(cooked(ETHERNET, 0x888e), EAPOL_START)).to.deep.include.members([
          {
            ...{ kind: 'eapol', frame: 1, time: 1e9, station: STATION, ap: 0, from: 'station' },
            ...{ packet: EAPOL_START, isProtected: false, medium: 'wire' },
          },
        ]);
        expect(heard(cooked(ETHERNET, 0x0800), EAPOL_START)).to.deep.equal([]);
      });

      it('802.11, Prism and radiotap inside, whatever the protocol says', () => {
        expect(bodies(cooked(801, 4), FRAME)).to.deep.equal([REQUEST]);
        expect(bodies(cooked(802, 4), joined(le32(0x44), le32(8), FRAME))).to.deep.equal([REQUEST]);
        expect(bodies(cooked(803, 4), joined(RADIOTAP, FRAME, hex('01020304')))).to.deep.equal([REQUEST]);
      });

      it('less than a header', () => {
        expect(hearFrames(captured(linkType, cooked(801, 4).subarray(0, 15)))).to.deep.equal([]);
      });
    });
  }

  it('a sender without an address of six octets is nobody', () => {
    const events = hearFrames(captured(113, joined(cookedV1(ETHERNET, 0x888e, 0), EAP_REQUEST)));
    expect(events.map((event) => 'ap' in event && event.ap)).to.deep.equal([0]);
  });
});
