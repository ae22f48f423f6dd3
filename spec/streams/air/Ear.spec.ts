import { expect } from 'chai';
import { type AirEvent, BROADCAST, createEar } from '../../../streams/air/index.js';
import { hex } from '../frames/hex.js';
import {
  AP,
  beacon,
  beaconBody,
  data,
  FROM_DS,
  joined,
  llc,
  MESSAGE_1,
  management,
  OTHER_AP,
  OTHER_STATION,
  PROTECTED,
  REQUEST,
  SSID,
  STATION,
  TO_DS,
  withFcs,
} from './building.js';
import { batchOf, captured, hearFrames, watchingAll } from './hearAll.js';

describe('createEar', () => {
  it('tells what the capture says it lost, before the frames', () => {
    const events: AirEvent[] = [];
    createEar(watchingAll).hear(batchOf(captured(105, management(0, REQUEST)), 12), (event) => events.push(event));
    expect(events[0]).to.deep.equal({ kind: 'lost', frame: 1, time: 1e9, frames: 12 });
    expect(events[1]?.kind).to.equal('associationRequest');
  });

  it('a batch without frames may tell of a loss too', () => {
    const events: AirEvent[] = [];
    createEar(watchingAll).hear({ ...batchOf([], 3), first: 40 }, (event) => events.push(event));
    expect(events).to.deep.equal([{ kind: 'lost', frame: 40, time: 0, frames: 3 }]);
  });

  it('link types that hold nothing', () => {
    for (const linkType of [0, 12, 101, 147, 65_535])
      expect(hearFrames(captured(linkType, management(0, REQUEST)))).to.deep.equal([]);
  });

  it('times are passed on, also where a clock was set back', () => {
    const [first, second] = captured(105, management(0, REQUEST), management(0, REQUEST));
    const back = [first, { ...second, time: 3 }].flatMap((frame) =>
      frame?.bytes === undefined ? [] : { number: 1, linkType: 105, bytes: frame.bytes, time: frame.time ?? 0 },
    );
    expect(hearFrames(back).map(({ time }) => time)).to.deep.equal([1e9, 3e6]);
  });

  it('what one frame has around it does not matter to the next', () => {
    const padded = joined(hex('0000 0900 02000000 30'), data(llc(MESSAGE_1), { qos: 0, padding: 2 }), hex('01020304'));
    const [first, second, third] = captured(127, padded, data(llc(MESSAGE_1), { qos: 0 }), withFcs(management(0, REQUEST)));
    if (first === undefined || second === undefined || third === undefined) return expect.fail('no frames');
    const later = (seconds: number) => ({ time: first.time + seconds });
    const events = hearFrames([
      first,
      { ...second, linkType: 105, ...later(1) },
      { ...first, ...later(2) },
      { ...third, linkType: 105, ...later(3) },
    ]);
    const octets = events.map((event) => ('packet' in event ? event.packet : 'body' in event && event.body));
    expect(octets).to.deep.equal([MESSAGE_1, MESSAGE_1, MESSAGE_1, REQUEST]);
  });

  it('records that cannot be are no frames', () => {
    const batch = batchOf(captured(105, management(0, REQUEST), management(0, REQUEST), management(0, REQUEST)));
    const [starts, ends] = [Uint32Array.of(batch.starts[0] ?? 0, 0xffffffff, 9), Uint32Array.of(0, 0xffffffff, 8)];
    const events: AirEvent[] = [];
    createEar(watchingAll).hear({ ...batch, starts, ends }, (event) => events.push(event));
    expect(events).to.deep.equal([]);
  });

  describe('lastHeard', () => {
    const last = (...frames: ReadonlyArray<Uint8Array>) => {
      const ear = createEar(watchingAll);
      ear.hear(batchOf(captured(105, ...frames)), () => undefined);
      return ear.lastHeard(AP)?.frame;
    };
    const same = beacon(beaconBody(SSID));

    it('is the last frame of the access point: beacons, data, null frames, management', () => {
      expect(last(same, same)).to.equal(2);
      expect(last(same, data(hex('00'), { flags: FROM_DS | PROTECTED }))).to.equal(2);
      expect(last(same, data(hex(''), { flags: FROM_DS, subtype: 4 }))).to.equal(2);
      expect(last(same, management(14, hex('00'), { to: STATION, from: AP }))).to.equal(2);
    });

    it('is not what is said to it, or by others', () => {
      expect(last(same, data(llc(MESSAGE_1)), management(0, REQUEST), beacon(beaconBody(SSID), OTHER_AP))).to.equal(1);
      expect(last(data(llc(MESSAGE_1)))).to.equal(undefined);
    });

    it('is of access points only', () => {
      const ear = createEar(watchingAll);
      ear.hear(batchOf(captured(105, data(llc(MESSAGE_1)), management(0, REQUEST))), () => undefined);
      expect(ear.lastHeard(STATION)).to.equal(undefined);
    });

    it('tells the time', () => {
      const ear = createEar(watchingAll);
      ear.hear(batchOf(captured(105, same)), () => undefined);
      expect(ear.lastHeard(AP)).to.deep.equal({ frame: 1, time: 1e9 });
    });

    it('tells how it beaconed, where that was heard for a while', () => {
      const beaconing = (count: number, every: number) => {
        const ear = createEar(watchingAll);
        const frames = captured(105, ...Array.from({ length: count }, () => same));
        ear.hear(batchOf(frames.map((frame, i) => ({ ...frame, time: 1000 + i * every }))), () => undefined);
        return ear.lastHeard(AP)?.beaconInterval;
      };
      expect([1, 4, 5].map((count) => beaconing(count, 0.1))).to.deep.equal([undefined, undefined, 100_000]);
      expect(beaconing(50, 2)).to.equal(2_000_000);
    });

    it('is of the whole address, whichever bits are set', () => {
      const alike = [0x0200000000aa, 0x0201000000aa, 0x0200800000aa, 0xfe00800000aa, 0xfeffffffffff, 0x020000000000];
      const ear = createEar(watchingAll);
      ear.hear(batchOf(captured(105, ...alike.map((ap) => beacon(beaconBody(SSID), ap)))), () => undefined);
      expect(alike.map((ap) => ear.lastHeard(ap)?.frame)).to.deep.equal([1, 2, 3, 4, 5, 6]);
      expect(ear.lastHeard(0xff00800000aa)).to.equal(undefined);
    });

    it('of tens of thousands of access points is that of the latest', () => {
      const ap = (index: number) => 0x0a0000000000 + index * index;
      const ear = createEar(watchingAll);
      const crowd = Array.from({ length: 60_000 }, (_, index) =>
        data(hex(''), { flags: FROM_DS, subtype: 4, addresses: [STATION, ap(index), AP] }),
      );
      ear.hear(batchOf(captured(105, same, ...crowd)), () => undefined);
      expect(ear.lastHeard(AP)).to.equal(undefined);
      for (let index = 59_000; index < 60_000; index += 1) expect(ear.lastHeard(ap(index))?.frame).to.equal(index + 2);
    });
  });

  describe('of several workers', () => {
    const frames = captured(
      105,
      beacon(beaconBody(SSID)),
      management(0, REQUEST),
      management(0, REQUEST, { from: OTHER_STATION }),
      management(12, hex('0300'), { to: BROADCAST, from: AP }),
      data(llc(MESSAGE_1), { flags: FROM_DS }),
      data(llc(MESSAGE_1), { flags: FROM_DS, addresses: [OTHER_STATION, AP, AP] }),
      data(hex('00'), { flags: TO_DS | PROTECTED }),
      data(hex('00'), { flags: FROM_DS | PROTECTED, addresses: [OTHER_STATION, AP, AP] }),
      data(hex('00'), { flags: FROM_DS | PROTECTED, addresses: [BROADCAST, AP, AP] }),
    );
    const heardBy = (isOurs: (station: number) => boolean) =>
      hearFrames(frames, { ...watchingAll, isOurs }).map(({ frame }) => frame);

    it('each hears its stations, and all what is for all', () => {
      expect(heardBy((station) => station === STATION)).to.deep.equal([1, 2, 4, 5, 7, 9]);
      expect(heardBy((station) => station === OTHER_STATION)).to.deep.equal([1, 3, 4, 6, 8, 9]);
    });

    it('whose station it is not, is not asked whether it is watched', () => {
      const asked: number[] = [];
      hearFrames(frames, { isOurs: () => false, isWatched: (station) => asked.push(station) < 0 });
      expect(asked).to.deep.equal([BROADCAST]);
    });
  });
});
