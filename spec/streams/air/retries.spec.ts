import { expect } from 'chai';
import type { CapturedFrame } from '../../support/pcap.js';
import { hex } from '../frames/hex.js';
import {
  AP,
  be16,
  data,
  FROM_DS,
  joined,
  llc,
  MESSAGE_2,
  management,
  OTHER_STATION,
  PROTECTED,
  REQUEST,
  RETRY,
  STATION,
  TO_DS,
} from './building.js';
import { captured, hearFrames } from './hearAll.js';

const frames = (...of: ReadonlyArray<Uint8Array>): ReadonlyArray<number> => told(captured(105, ...of));
const told = (of: ReadonlyArray<CapturedFrame>): ReadonlyArray<number> => hearFrames(of).map(({ frame }) => frame);

/** So many milliseconds lie between each and the next. */
const apart = (milliseconds: number, ...sent: ReadonlyArray<Uint8Array>): ReadonlyArray<number> =>
  told(captured(105, ...sent).map((frame, index) => ({ ...frame, time: 1e9 + (index * milliseconds) / 1000 })));

const request = (flags: number, sequence = 7, from = STATION) => management(0, REQUEST, { flags, sequence, from });
const message = (flags: number, sequence = 7, qos?: number) =>
  data(llc(MESSAGE_2), { flags: TO_DS | flags, sequence, ...(qos === undefined ? {} : { qos }) });

describe('retries', () => {
  it('are told once, whatever kind of frame it is', () => {
    expect(frames(request(0), request(RETRY), request(RETRY))).to.deep.equal([1]);
    expect(frames(message(0), message(RETRY))).to.deep.equal([1]);
    expect(frames(message(PROTECTED), message(PROTECTED | RETRY))).to.deep.equal([1]);
    expect(frames(message(0, 7, 6), message(RETRY, 7, 6))).to.deep.equal([1]);
    const aggregate = joined(new Uint8Array(12), be16(llc(MESSAGE_2).length), llc(MESSAGE_2));
    const sent = [0, RETRY].map((flags) => data(aggregate, { flags: TO_DS | flags, sequence: 7, qos: 0x80 }));
    expect(frames(...sent)).to.deep.equal([1]);
  });

  it('the first that is heard of them is told', () => {
    expect(frames(request(RETRY), request(RETRY))).to.deep.equal([1]);
  });

  it('without the retry bit, or in other words, it is another frame', () => {
    expect(apart(100, request(0), request(0))).to.deep.equal([1, 2]);
    const another = REQUEST.map((octet, at) => (at === REQUEST.length - 6 ? octet ^ 1 : octet));
    expect(apart(0, request(0), management(0, another, { sequence: 7, from: STATION }))).to.deep.equal([1, 2]);
    const elsewhere = (bssid: number) => management(13, hex('0800 0100'), { from: AP, to: STATION, sequence: 7, bssid });
    expect(apart(0, elsewhere(AP), elsewhere(0))).to.deep.equal([1, 2]);
    const forged = MESSAGE_2.map((octet, at) => (at === 40 ? octet ^ 1 : octet));
    expect(apart(0, message(0), data(llc(forged), { flags: TO_DS, sequence: 7 }))).to.deep.equal([1, 2]);
  });

  it('a frame that was captured twice is told once', () => {
    expect(apart(1, request(0), request(0))).to.deep.equal([1]);
    expect(apart(1, message(0), message(0), message(RETRY))).to.deep.equal([1]);
    expect(apart(30, message(PROTECTED), message(PROTECTED))).to.deep.equal([1]);
    expect(apart(1, message(0, 7), message(0, 8), message(0, 7), message(0, 8))).to.deep.equal([1, 2]);
  });

  it('of another receiver, or in the clear, it is another frame', () => {
    const to = (receiver: number, flags: number) =>
      data(llc(MESSAGE_2), { flags: FROM_DS | flags, sequence: 7, qos: 0, addresses: [receiver, AP, AP] });
    expect(frames(to(STATION, 0), to(OTHER_STATION, RETRY))).to.deep.equal([1, 2]);
    const everybody = Array.from({ length: 30_000 }, (_, index) => to(STATION + index * 2 ** 16, RETRY));
    expect(told(captured(105, ...everybody).map((frame) => ({ ...frame, time: 1 })))).to.have.length(30_000);
    expect(frames(to(STATION, PROTECTED), to(STATION, RETRY))).to.deep.equal([1, 2]);
  });

  it('may have other bits of power management', () => {
    expect(frames(message(0), message(RETRY | 0x30))).to.deep.equal([1]);
  });

  it('of another transmitter, queue, number, kind or length it is another frame', () => {
    expect(frames(request(0), request(RETRY, 7, OTHER_STATION))).to.deep.equal([1, 2]);
    expect(frames(message(0, 7, 6), message(RETRY, 7, 5), message(RETRY, 7))).to.deep.equal([1, 2, 3]);
    expect(frames(request(0), request(RETRY, 8))).to.deep.equal([1, 2]);
    expect(frames(request(0), management(11, REQUEST, { flags: RETRY, sequence: 7 }))).to.deep.equal([1, 2]);
    expect(frames(request(0), management(0, REQUEST.subarray(0, 9), { flags: RETRY, sequence: 7 }))).to.deep.equal([1, 2]);
  });

  it('of any of 60,000 numbers', () => {
    const every = Array.from({ length: 60_000 }, (_, number) =>
      data(llc(MESSAGE_2), { flags: TO_DS | PROTECTED | RETRY, sequence: number >> 4, fragment: number & 15 }),
    );
    const atOnce = captured(105, ...every).map((frame) => ({ ...frame, time: 1 }));
    expect(told(atOnce)).to.have.length(60_000);
  });

  it('are told once whoever sends in between, and though addresses differ in their first octets alone', () => {
    const [sibling, neighbour] = [AP - 0x020000000000, STATION - 0x020000000000];
    const from = (ap: number, station: number, flags: number) =>
      data(llc(MESSAGE_2), { flags: FROM_DS | flags, sequence: 7, qos: 0, addresses: [station, ap, ap] });
    expect(frames(from(AP, STATION, 0), from(sibling, neighbour, PROTECTED), from(AP, STATION, RETRY))).to.deep.equal([1, 2]);
    const mirrored = data(llc(MESSAGE_2), { flags: TO_DS | PROTECTED, sequence: 7, qos: 0, addresses: [STATION, AP, AP] });
    expect(frames(from(AP, STATION, 0), mirrored, from(AP, STATION, RETRY))).to.deep.equal([1, 2]);
  });

  it('are told once among thousands of frames of others', () => {
    const [own, others] = [4000, 15];
    const sealed = (index: number, flags: number, from = STATION) =>
      data(llc(MESSAGE_2), { flags: TO_DS | PROTECTED | flags, sequence: index % 4096, qos: 0, addresses: [AP, from, AP] });
    const busy = Array.from({ length: own }, (_, index) => [
      sealed(index, 0),
      ...Array.from({ length: others }, (__, other) => sealed(index * 7, 0, OTHER_STATION + other * 256)),
      sealed(index, RETRY),
    ]).flat();
    const told = hearFrames(captured(105, ...busy));
    expect(told.filter((event) => 'station' in event && event.station === STATION)).to.have.length(own);
  });

  it('come out of order in aggregates', () => {
    const sent = [1, 2, 3].map((sequence) => message(PROTECTED, sequence, 0));
    expect(frames(...sent, message(PROTECTED | RETRY, 2, 0), message(PROTECTED | RETRY, 1, 0))).to.deep.equal([1, 2, 3]);
  });

  it('nobody tries for more than a second: numbers come round', () => {
    const [first, second] = captured(105, request(0), request(RETRY));
    if (first === undefined || second === undefined) return expect.fail('no frames');
    expect(told([first, { ...second, time: first.time + 2 }])).to.deep.equal([1, 2]);
    // A clock that was set back in between.
    expect(told([first, { ...second, time: first.time - 0.5 }])).to.deep.equal([1]);
  });

  it('of the access point as of stations', () => {
    const from = { flags: FROM_DS, sequence: 3, addresses: [STATION, AP, AP] };
    expect(frames(data(llc(MESSAGE_2), from), data(llc(MESSAGE_2), { ...from, flags: FROM_DS | RETRY }))).to.deep.equal([1]);
  });
});
