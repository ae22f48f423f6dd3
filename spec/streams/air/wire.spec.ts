import { expect } from 'chai';
import { bytesOfMac48, type Mac48 } from '../../../streams/air/index.js';
import { hex } from '../frames/hex.js';
import {
  AP,
  EAP_REQUEST,
  EAP_RESPONSE,
  EAPOL_START,
  eapol,
  joined,
  key,
  MESSAGE_1,
  MESSAGE_2,
  OTHER_STATION,
  STATION,
} from './building.js';
import { captured, hearFrames } from './hearAll.js';

/** The port access entity group: what 802.1X on a wire is sent to. */
const PAE: Mac48 = 0x0180c2000003;
const OTHER_AP: Mac48 = 0x0200000000bb;

const ethernet = (from: Mac48, to: Mac48, packet: Uint8Array, tags = ''): Uint8Array =>
  joined(bytesOfMac48(to), bytesOfMac48(from), hex(`${tags} 888e`), packet);

/** A second lies between each and the next. */
const heard = (...frames: ReadonlyArray<Uint8Array>) =>
  hearFrames(captured(1, ...frames).map((frame, index) => ({ ...frame, time: 1000 + index }))).flatMap((event) =>
    event.kind === 'eapol' ? event : [],
  );

const pairs = (...frames: ReadonlyArray<Uint8Array>) => heard(...frames).map(({ from, station, ap }) => [from, station, ap]);

describe('EAPOL on a wire', () => {
  it('as long as it says it is, without the padding', () => {
    const [event] = heard(joined(ethernet(STATION, AP, EAPOL_START), new Uint8Array(42)));
    expect(event?.packet).to.deep.equal(EAPOL_START);
    expect(event?.medium).to.equal('wire');
    expect(event?.isProtected).to.equal(false);
  });

  it('or says that the capture cut it off', () => {
    const frame = ethernet(AP, STATION, EAP_REQUEST);
    expect([frame, frame.subarray(0, -1)].map((each) => heard(each)[0]?.isCut)).to.deep.equal([undefined, true]);
  });

  it('once, though the capture has it twice', () => {
    const at = (...frames: ReadonlyArray<readonly [number, Uint8Array]>) =>
      hearFrames(
        captured(1, ...frames.map(([, frame]) => frame)).map((frame, i) => ({ ...frame, time: 1000 + (frames[i]?.[0] ?? 0) })),
      ).map(({ frame }) => frame);
    const asks = ethernet(AP, STATION, EAP_REQUEST);
    const asksAnother = ethernet(
      AP,
      STATION,
      EAP_REQUEST.map((octet, i) => (i === 5 ? octet + 1 : octet)),
    );
    expect(at([0, asks], [0.001, asks])).to.deep.equal([1]);
    expect(at([0, asks], [0.001, ethernet(STATION, AP, EAP_RESPONSE)], [0.002, asks])).to.deep.equal([1, 2]);
    expect(at([0, asks], [0.001, asksAnother], [0.002, ethernet(OTHER_AP, STATION, EAP_REQUEST)])).to.deep.equal([1, 2, 3]);
    expect(at([0, asks], [1, asks])).to.deep.equal([1, 2]);
  });

  it('behind VLAN tags', () => {
    for (const tags of ['8100 0001', '88a8 0001 8100 0002', '9100 0001 8100 0002']) {
      expect(heard(ethernet(STATION, AP, EAPOL_START, tags))).to.have.length(1);
    }
    expect(heard(ethernet(STATION, AP, EAPOL_START, '8100 0001'.repeat(5)))).to.deep.equal([]);
  });

  it('the packet tells who is who', () => {
    const fromAp = [
      EAP_REQUEST,
      eapol(0, hex('03010004')),
      eapol(0, hex('04010004')),
      eapol(0, hex('0501000501')),
      eapol(0, hex('0601000502')),
    ];
    const fromStation = [EAP_RESPONSE, EAPOL_START, eapol(2, hex('')), eapol(0, hex('0501000502')), MESSAGE_2, key(0x0b0a)];
    for (const packet of [...fromAp, MESSAGE_1, key(0x1382), eapol(3, joined(hex('01'), new Uint8Array(43)))]) {
      expect(pairs(ethernet(AP, STATION, packet))).to.deep.equal([['ap', STATION, AP]]);
    }
    for (const packet of fromStation) expect(pairs(ethernet(STATION, AP, packet))).to.deep.equal([['station', STATION, AP]]);
  });

  it('what is sent to the group is for who was heard with this station, or last', () => {
    expect(
      pairs(
        ethernet(STATION, PAE, EAPOL_START),
        ethernet(AP, STATION, EAP_REQUEST),
        ethernet(STATION, PAE, EAP_RESPONSE),
        ethernet(OTHER_AP, PAE, EAP_REQUEST),
        ethernet(OTHER_STATION, PAE, EAP_RESPONSE),
        ethernet(OTHER_AP, PAE, EAP_REQUEST),
      ),
    ).to.deep.equal([
      ['station', STATION, 0],
      ['ap', STATION, AP],
      ['station', STATION, AP],
      ['ap', STATION, OTHER_AP],
      ['station', OTHER_STATION, OTHER_AP],
      ['ap', OTHER_STATION, OTHER_AP],
    ]);
  });

  it('remembers no more stations than a switch has', () => {
    const crowd = Array.from({ length: 5000 }, (_, index) => ethernet(AP, STATION + index, EAP_REQUEST));
    const events = heard(
      ...crowd,
      ethernet(OTHER_AP, STATION + 4999, EAP_REQUEST),
      ethernet(STATION, PAE, EAP_RESPONSE),
      ethernet(STATION + 4000, PAE, EAP_RESPONSE),
    );
    expect(events.slice(-2).map(({ ap }) => ap)).to.deep.equal([OTHER_AP, AP]);
  });

  it('key agreement of MACsec and announcements are none of this', () => {
    for (const type of [4, 5, 6, 7, 8, 255])
      expect(heard(ethernet(STATION, PAE, eapol(type, new Uint8Array(8))))).to.deep.equal([]);
  });

  it('pre-authentication and other protocols are none of this', () => {
    const frame = ethernet(STATION, AP, EAPOL_START);
    for (const type of ['88c7', '0800', '86dd']) {
      frame.set(hex(type), 12);
      expect(heard(frame)).to.deep.equal([]);
    }
  });

  it('less than a header of EAPOL', () => {
    const frame = ethernet(STATION, AP, EAPOL_START);
    for (let size = 0; size < frame.length; size += 1) expect(heard(frame.subarray(0, size))).to.deep.equal([]);
  });
});
