import { expect } from 'chai';
import fc from 'fast-check';
import { bytesOfMac48, type Mac48 } from '../../../streams/air/index.js';
import type { CapturedFrame } from '../../support/pcap.js';
import {
  AP,
  data,
  FROM_DS,
  joined,
  llc,
  MESSAGE_1,
  MESSAGE_2,
  MORE_FRAGMENTS,
  management,
  OTHER_AP,
  OTHER_STATION,
  PROTECTED,
  REQUEST,
  RETRY,
  STATION,
  TO_DS,
  withFcs,
} from './building.js';
import { captured, hearFrames } from './hearAll.js';

const RADIOTAP = 127;

const control = (kind: number, to: Mac48, rest = 0): Uint8Array =>
  joined(Uint8Array.of(kind, 0, 0, 0), bytesOfMac48(to), new Uint8Array(rest));
const ack = (to: Mac48): Uint8Array => control(0xd4, to);
const clearToSend = (to: Mac48): Uint8Array => control(0xc4, to);
const requestToSend = (to: Mac48): Uint8Array => control(0xb4, to, 6);
const blockAck = (to: Mac48): Uint8Array => control(0x94, to, 18);

const message2 = (flags = 0, sequence = 7): Uint8Array => data(llc(MESSAGE_2), { flags: TO_DS | flags, sequence });
const message1 = (): Uint8Array => data(llc(MESSAGE_1), { flags: FROM_DS });
const request = (flags = 0, sequence = 3): Uint8Array => management(0, REQUEST, { flags, sequence });
const response = (): Uint8Array => management(1, REQUEST, { to: STATION, from: AP });
const sealed = (from: Mac48): Uint8Array => data(new Uint8Array(40), { flags: TO_DS | PROTECTED, addresses: [AP, from, AP] });

/** Which frame was acknowledged, who had sent it, and whether that is certain. */
const acknowledgedIn = (frames: ReadonlyArray<CapturedFrame>, chunk?: number): ReadonlyArray<string> =>
  hearFrames(frames, { isWatched: () => false }, chunk).flatMap((event) =>
    event.kind === 'acknowledgement' && event.sign !== 'expected'
      ? [`${event.from} ${event.of} ${event.sign === 'heard' ? 'certain' : 'doubtful'}`]
      : [],
  );
const acknowledged = (...frames: ReadonlyArray<Uint8Array>): ReadonlyArray<string> => acknowledgedIn(captured(105, ...frames));

describe('acknowledgements (IEEE 802.11-2020 9.3.1.4)', () => {
  it('right behind a frame are that frame’s, whoever sent it', () => {
    expect(acknowledged(message2(), ack(STATION))).to.deep.equal(['station 1 certain']);
    expect(acknowledged(message1(), ack(AP))).to.deep.equal(['ap 1 certain']);
    expect(acknowledged(request(), ack(STATION), response(), ack(AP))).to.deep.equal(['station 1 certain', 'ap 3 certain']);
    expect(acknowledged(management(11, new Uint8Array(6)), ack(STATION))).to.deep.equal(['station 1 certain']);
  });

  it('are told with the two, and where they stand', () => {
    const [, event] = hearFrames(captured(105, message2(), ack(STATION)));
    const time = 1e9 + 1000;
    const of = 1;
    expect(event).to.deep.equal({
      ...{ kind: 'acknowledgement', frame: 2, time, station: STATION, ap: AP, from: 'station', of, sign: 'heard' },
    });
  });

  it('may have an FCS behind them, and lie in another batch', () => {
    expect(acknowledged(withFcs(message2()), withFcs(ack(STATION)))).to.deep.equal(['station 1 certain']);
    expect(acknowledgedIn(captured(105, message2(), ack(STATION)), 1)).to.deep.equal(['station 1 certain']);
  });

  it('of any try are of the first, and each is told of', () => {
    expect(acknowledged(message2(), message2(RETRY), ack(STATION))).to.deep.equal(['station 1 certain']);
    expect(acknowledged(message2(), ack(STATION), message2(RETRY), ack(STATION))).to.deep.equal([
      'station 1 certain',
      'station 1 certain',
    ]);
    expect(acknowledged(request(), request(RETRY), request(RETRY), ack(STATION))).to.deep.equal(['station 1 certain']);
    expect(acknowledged(message2(), message2(0, 8), ack(STATION))).to.deep.equal(['station 2 certain']);
  });

  it('to somebody else are nobody’s here', () => {
    expect(acknowledged(message2(), ack(AP))).to.deep.equal([]);
    expect(acknowledged(message2(), ack(OTHER_STATION))).to.deep.equal([]);
    expect(acknowledged(message2(), ack(STATION + 2 ** 40))).to.deep.equal([]);
    expect(acknowledged(message2(), ack(STATION + 2 ** 41))).to.deep.equal([]);
    expect(acknowledged(message2(), ack(0xffffffffffff))).to.deep.equal([]);
    expect(acknowledged(message2())).to.deep.equal([]);
  });

  it('once is enough', () => {
    expect(acknowledged(message2(), ack(STATION), ack(STATION))).to.deep.equal(['station 1 certain']);
  });

  it('are not disturbed by RTS and CTS before the frame, and a CTS is none', () => {
    const reserved = [requestToSend(AP), clearToSend(STATION), message2()];
    expect(acknowledged(...reserved, ack(STATION))).to.deep.equal(['station 3 certain']);
    expect(acknowledged(message2(), clearToSend(STATION))).to.deep.equal([]);
  });

  it('behind something else are doubtful', () => {
    expect(acknowledged(message2(), message1(), ack(STATION))).to.deep.equal(['station 1 doubtful']);
    expect(acknowledged(message2(), sealed(OTHER_STATION), ack(STATION))).to.deep.equal(['station 1 doubtful']);
    expect(acknowledgedIn(captured(105, message2(), sealed(OTHER_STATION), ack(STATION)), 2)).to.deep.equal([
      'station 1 doubtful',
    ]);
  });

  it('behind another frame of the same one are that frame’s', () => {
    expect(acknowledged(message2(), sealed(STATION), ack(STATION))).to.deep.equal([]);
  });

  it('too late are of another frame', () => {
    const [first, second] = captured(105, message2(), ack(STATION));
    const apart = (seconds: number) =>
      [first, second].flatMap((frame, i) => (frame ? [{ ...frame, time: 1000 + i * seconds }] : []));
    expect(acknowledgedIn(apart(0.05))).to.deep.equal(['station 1 certain']);
    expect(acknowledgedIn(apart(0.051))).to.deep.equal([]);
  });

  it('of several frames, and wrapped ones, leave it open', () => {
    expect(acknowledged(message2(), blockAck(STATION))).to.deep.equal(['station 1 doubtful']);
    expect(acknowledged(message2(), blockAck(0xffffffffffff))).to.deep.equal(['station 1 doubtful']);
    expect(acknowledged(message2(), control(0x74, STATION, 8))).to.deep.equal(['station 1 doubtful']);
  });

  it('that nobody asked for are not looked for', () => {
    const qos = (policy: number): Uint8Array => data(llc(MESSAGE_2), { flags: TO_DS, qos: 6 | (policy << 5) });
    expect(acknowledged(qos(0), ack(STATION))).to.deep.equal(['station 1 certain']);
    for (const policy of [1, 2, 3]) expect(acknowledged(qos(policy), ack(STATION))).to.deep.equal([]);
    const toAll = data(llc(MESSAGE_1), { flags: FROM_DS, addresses: [0xffffffffffff, AP, AP] });
    expect(acknowledged(toAll, ack(AP))).to.deep.equal([]);
    const pieces = [
      data(llc(MESSAGE_2).subarray(0, 50), { flags: TO_DS | MORE_FRAGMENTS, sequence: 3 }),
      data(llc(MESSAGE_2).subarray(50), { flags: TO_DS, sequence: 3, fragment: 1 }),
    ];
    expect(acknowledged(...pieces, ack(STATION))).to.deep.equal([]);
  });

  it('that were damaged may have been one', () => {
    const radiotap = (flags: number, frame: Uint8Array): Uint8Array =>
      joined(Uint8Array.of(0, 0, 9, 0, 2, 0, 0, 0, flags), frame);
    const [good, bad] = [0, 0x40];
    const heard = (...frames: ReadonlyArray<Uint8Array>) => acknowledgedIn(captured(RADIOTAP, ...frames));
    expect(heard(radiotap(good, message2()), radiotap(bad, ack(AP)))).to.deep.equal(['station 1 doubtful']);
    expect(heard(radiotap(good, message2()), radiotap(good, message1()), radiotap(bad, ack(AP)))).to.deep.equal([
      'ap 2 doubtful',
    ]);
    expect(heard(radiotap(good, message2()), radiotap(good, ack(STATION)), radiotap(bad, ack(AP)))).to.deep.equal([
      'station 1 certain',
    ]);
  });

  it('of farewells, of what is encrypted and of announcements are not looked for', () => {
    expect(acknowledged(management(12, Uint8Array.of(3, 0)), ack(STATION))).to.deep.equal([]);
    expect(acknowledged(sealed(STATION), ack(STATION))).to.deep.equal([]);
    expect(acknowledged(management(5, new Uint8Array(40), { to: STATION, from: AP }), ack(AP))).to.deep.equal([]);
  });

  it('of several pairs are kept apart, of the last eight', () => {
    const stations = Array.from({ length: 9 }, (_, nth) => STATION + 0x100 + nth);
    const sent = stations.map((from) => data(llc(MESSAGE_2), { flags: TO_DS, addresses: [OTHER_AP, from, OTHER_AP] }));
    const doubtful = acknowledged(...sent, ack(OTHER_AP), ...stations.map(ack));
    expect(doubtful).to.deep.equal(stations.slice(1).map((_, nth) => `station ${nth + 2} doubtful`));
  });

  it('are the same however the frames are cut into batches', () => {
    const kinds = [
      () => message2(0, 7),
      () => message2(RETRY, 7),
      () => message1(),
      () => sealed(STATION),
      () => sealed(OTHER_STATION),
      () => ack(STATION),
      () => ack(AP),
      () => blockAck(STATION),
      () => clearToSend(STATION),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (made, chunk) => {
        const frames = captured(105, ...made.map((make) => make()));
        expect(acknowledgedIn(frames, chunk)).to.deep.equal(acknowledgedIn(frames));
      }),
      { numRuns: 500 },
    );
  });

  it('that are cut off are none', () => {
    for (let size = 0; size < 10; size += 1) expect(acknowledged(message2(), ack(STATION).subarray(0, size))).to.deep.equal([]);
  });
});

/** The frames whose acknowledgement would be heard. */
const expectedIn = (frames: ReadonlyArray<CapturedFrame>): ReadonlyArray<number> =>
  hearFrames(frames, { isWatched: () => false }).flatMap((event) =>
    event.kind === 'acknowledgement' && event.sign === 'expected' ? [event.of] : [],
  );
const expected = (...frames: ReadonlyArray<Uint8Array>): ReadonlyArray<number> => expectedIn(captured(105, ...frames));

/** That fast, in steps of 500 kb/s, by the word of radiotap: Flags and Rate. */
const sentAt = (rate: number, frame: Uint8Array): Uint8Array => joined(Uint8Array.of(0, 0, 10, 0, 6, 0, 0, 0, 0, rate), frame);
const expectedAt = (...frames: ReadonlyArray<readonly [rate: number, frame: Uint8Array]>): ReadonlyArray<number> =>
  expectedIn(captured(RADIOTAP, ...frames.map(([rate, frame]) => sentAt(rate, frame))));

describe('acknowledgements that would be heard', () => {
  it('where one between the two was, in the same direction', () => {
    expect(expected(request(), ack(STATION), request(0, 4))).to.deep.equal([3]);
    expect(expected(request(), ack(STATION), response())).to.deep.equal([]);
    expect(expected(request(), ack(STATION), management(0, REQUEST, { to: OTHER_AP, bssid: OTHER_AP }))).to.deep.equal([]);
    expect(expected(request(), ack(STATION), management(0, REQUEST, { from: OTHER_STATION }))).to.deep.equal([]);
  });

  it('and not where none was, or it is doubtful', () => {
    expect(expected(request(), request(0, 4))).to.deep.equal([]);
    expect(expected(request(), message1(), ack(STATION), request(0, 4))).to.deep.equal([]);
  });

  it('once for all tries', () => {
    expect(expected(request(), ack(STATION), request(0, 4), request(RETRY, 4))).to.deep.equal([3]);
  });

  it('of data only where one of data was, if the capture does not tell how fast', () => {
    expect(expected(request(), ack(STATION), message2())).to.deep.equal([]);
    expect(expected(message2(), ack(STATION), message2(0, 8), request())).to.deep.equal([3, 4]);
  });

  it('of what was sent as fast at most', () => {
    const heard = [
      [2, request()],
      [2, ack(STATION)],
    ] as const;
    expect(expectedAt(...heard, [2, message2()])).to.deep.equal([3]);
    expect(expectedAt(...heard, [4, message2()])).to.deep.equal([]);
    expect(expectedAt(...heard, [0, message2()])).to.deep.equal([]);
    expect(
      expectedAt([108, message2()], [48, ack(STATION)], [2, request()], [2, ack(STATION)], [108, message2(0, 8)]),
    ).to.deep.equal([3, 5]);
  });

  it('for a minute', () => {
    const frames = captured(105, request(), ack(STATION), request(0, 4));
    const last = (seconds: number) => frames.map((frame, nth) => (nth === 2 ? { ...frame, time: 1000 + seconds } : frame));
    expect(expectedIn(last(60))).to.deep.equal([3]);
    expect(expectedIn(last(61))).to.deep.equal([]);
  });

  it('of hundreds of pairs at a time', () => {
    const pairs = Array.from({ length: 500 }, (_, nth) => STATION + nth * 2 ** 16);
    const all = pairs.flatMap((from, nth) => [management(0, REQUEST, { from, sequence: nth }), ack(from)]);
    const again = pairs.map((from, nth) => management(0, REQUEST, { from, sequence: nth + 1 }));
    expect(expected(...all, ...again).length).to.be.greaterThan(400);
  });
});
