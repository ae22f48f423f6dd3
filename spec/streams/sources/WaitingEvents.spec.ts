import { expect } from 'chai';
import { BROADCAST, type HostEvent } from '../../../streams/events/index.js';
import { WaitingEvents } from '../../../streams/sources/index.js';
import { type ADAPTER, AP, perform, stop } from '../../support/fixtures.js';
import { AP_2, deinit, oneXResult, packet, reset } from '../../support/symbols.js';

const [ONE, TWO, THREE] = [packet('1'), packet('2'), packet('3')] as const;
const REPLY: HostEvent = { kind: 'reply', call: 1, win32: 0 };
const isPacket = ({ kind }: HostEvent): boolean => kind === 'receivePacket';

const waitingFor = (...events: ReadonlyArray<HostEvent>): WaitingEvents => {
  const waiting = new WaitingEvents();
  for (const event of events) waiting.push(event);
  return waiting;
};

const drained = (waiting: WaitingEvents): ReadonlyArray<HostEvent> => {
  const all: HostEvent[] = [];
  for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) all.push(event);
  return all;
};

describe('WaitingEvents', () => {
  it('R85: come out in the order they went in', () => {
    const waiting = waitingFor(ONE, REPLY, TWO);
    expect(waiting.length).to.equal(3);
    expect(waiting.shift()).to.equal(ONE);
    waiting.push(THREE);
    expect(drained(waiting)).to.have.ordered.members([REPLY, TWO, THREE]);
    expect(waiting.length).to.equal(0);
  });

  it('R63: the oldest of one sort can be dropped', () => {
    const waiting = waitingFor(REPLY, ONE, TWO);
    waiting.dropOldest(isPacket);
    expect(waiting.count(isPacket)).to.equal(1);
    expect(drained(waiting)).to.have.ordered.members([REPLY, TWO]);
  });

  it('R63: nothing is dropped when there is none of that sort', () => {
    const waiting = waitingFor(REPLY);
    waiting.dropOldest(isPacket);
    expect(waiting.count(isPacket)).to.equal(0);
    expect(drained(waiting)).to.have.ordered.members([REPLY]);
  });

  it('R9: all can be dropped', () => {
    const waiting = waitingFor(ONE, REPLY);
    waiting.clear();
    expect(drained(waiting)).to.deep.equal([]);
  });

  it('R261: a call that ends nothing leaves them alone', () => {
    const waiting = waitingFor(ONE, REPLY);
    waiting.meet(perform());
    waiting.meet({ kind: 'initService', version: 0 });
    expect(drained(waiting)).to.have.ordered.members([ONE, REPLY]);
  });
});

describe('an 802.1X result that waits', () => {
  const RESULT = oneXResult(0);
  /** Whether a result is still there that came after some calls and before others. */
  const isLeft = (before: ReadonlyArray<HostEvent>, ...calls: ReadonlyArray<HostEvent>): boolean => {
    const waiting = waitingFor();
    for (const call of before) waiting.meet(call);
    waiting.push(RESULT);
    for (const call of calls) waiting.meet(call);
    return waiting.length === 1;
  };

  it('R115: goes with the port its adapter has opened last', () => {
    expect(isLeft([perform()], stop(AP))).to.equal(false);
    expect(isLeft([perform(), perform({ peer: AP_2 })], stop(AP_2))).to.equal(false);
    expect(isLeft([perform(), perform({ peer: AP_2 })], stop(AP))).to.equal(true);
  });

  it('R115: goes when a port is opened behind it: 802.1X had not run for that one yet', () => {
    expect(isLeft([perform()], perform({ peer: AP_2 }))).to.equal(false);
    expect(isLeft([], perform())).to.equal(false);
    expect(isLeft([perform()], perform({ adapter: '0xb1' as typeof ADAPTER }))).to.equal(true);
  });

  it('R115: stays at a stop of a port nobody has opened, or another adapter has', () => {
    expect(isLeft([], stop(AP))).to.equal(true);
    expect(isLeft([perform({ adapter: '0xb1' as typeof ADAPTER })], stop(AP))).to.equal(true);
  });

  it('R198: goes at a stop of all ports', () => {
    expect(isLeft([], stop(BROADCAST))).to.equal(false);
  });

  it('R153: goes with its adapter, and whoever has the handle next knows of no port', () => {
    expect(isLeft([], reset)).to.equal(false);
    expect(isLeft([], deinit)).to.equal(false);
    const waiting = waitingFor();
    waiting.meet(perform());
    waiting.meet(deinit);
    waiting.push(RESULT);
    waiting.meet(stop(AP));
    expect(waiting.length).to.equal(1);
  });
});
