import { expect } from 'chai';
import { hex } from '../frames/hex.js';
import {
  AP,
  beacon,
  beaconBody,
  data,
  llc,
  MESSAGE_2,
  management,
  PROTECTED,
  REQUEST,
  RSNE,
  SSID,
  STATION,
  TO_DS,
  withFcs,
} from './building.js';
import { captured, hearFrames, saidIn } from './hearAll.js';

const bodies = (...frames: ReadonlyArray<Uint8Array>) =>
  saidIn(hearFrames(captured(105, ...frames))).map((event) => {
    if (event.kind === 'sealed') return event.sealed.body;
    if (event.kind === 'eapol') return event.packet;
    return 'body' in event && event.body;
  });

const SEALED = hex('0100002000000000 5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f');

describe('an FCS that nobody announced', () => {
  it('is the CRC of IEEE 802.11-2020 9.2.4.8', () => {
    // The check value of CRC-32: of the digits 1 to 9 it is CBF43926.
    expect(withFcs(hex('313233343536373839')).subarray(9)).to.deep.equal(hex('2639f4cb'));
  });

  it('is taken off where it is right', () => {
    expect(bodies(withFcs(management(0, REQUEST)))).to.deep.equal([REQUEST]);
    expect(bodies(withFcs(beacon(beaconBody(SSID, RSNE))))).to.deep.equal([beaconBody(SSID, RSNE)]);
    expect(bodies(withFcs(data(SEALED, { flags: TO_DS | PROTECTED })))).to.deep.equal([SEALED]);
    expect(bodies(withFcs(data(llc(MESSAGE_2))))).to.deep.equal([MESSAGE_2]);
  });

  it('is taken off each fragment', () => {
    const [first, second] = [REQUEST.subarray(0, 12), REQUEST.subarray(12)];
    const frames = [management(0, first, { flags: 4, sequence: 2 }), management(0, second, { sequence: 2, fragment: 1 })];
    expect(bodies(...frames.map(withFcs))).to.deep.equal([REQUEST]);
    const msdu = llc(MESSAGE_2);
    const pieces = [
      data(msdu.subarray(0, 50), { flags: TO_DS | 4, sequence: 3 }),
      data(msdu.subarray(50), { flags: TO_DS, sequence: 3, fragment: 1 }),
    ];
    expect(bodies(...pieces.map(withFcs))).to.deep.equal([MESSAGE_2]);
  });

  it('of a frame without a body is no body', () => {
    expect(bodies(withFcs(management(13, hex(''))))).to.deep.equal([]);
    expect(bodies(withFcs(management(12, hex(''), { flags: PROTECTED })))).to.deep.equal([]);
    expect(bodies(withFcs(data(hex(''), { flags: TO_DS | PROTECTED })))).to.deep.equal([]);
  });

  it('four octets that are not right belong to the frame', () => {
    const frame = withFcs(management(0, REQUEST));
    const wrong = frame.with(frame.length - 1, (frame.at(-1) ?? 0) ^ 1);
    expect(bodies(wrong)).to.deep.equal([wrong.subarray(24)]);
  });

  it('is not looked for after hundreds of frames without', () => {
    const without = Array.from({ length: 256 }, (_, index) => management(0, REQUEST, { from: STATION + index, to: AP }));
    const frame = withFcs(management(0, REQUEST));
    expect(bodies(...without, frame).at(-1)).to.deep.equal(frame.subarray(24));
    expect(bodies(...without.slice(1), frame).at(-1)).to.deep.equal(REQUEST);
  });
});
