import { expect } from 'chai';
import { interval, take, timer } from 'rxjs';
import { LiveClock, type RealTime } from '../../../streams/sources/index.js';

interface HostTimer {
  readonly ms: number;
  readonly run: () => void;
}

/** A host whose time passes only when a test says so, and whose timers go off only when a test says so. */
class Host implements RealTime {
  moment = 5000;
  readonly armed = new Set<unknown>();
  /** The delay of every timer that was ever set. */
  readonly asked: number[] = [];
  #latest: HostTimer | undefined;

  now(): number {
    return this.moment;
  }

  setTimeout(run: () => void, ms: number): HostTimer {
    this.#latest = { run, ms };
    this.armed.add(this.#latest);
    this.asked.push(ms);
    return this.#latest;
  }

  clearTimeout(armed: unknown): void {
    this.armed.delete(armed);
  }

  /** The timer goes off, as late as the host pleases. */
  fire(moment: number): void {
    this.moment = moment;
    this.armed.delete(this.#latest);
    this.#latest?.run();
  }
}

const live = () => {
  const host = new Host();
  const clock = new LiveClock(host);
  const ran: string[] = [];
  const at = (ms: number, name: string) => clock.schedule(() => ran.push(`${name}@${clock.now()}`), ms);
  return { host, clock, ran, at };
};

describe('LiveClock', () => {
  it('R262: shows the time of the host as of the last sync', () => {
    const { host, clock } = live();
    expect(clock.now()).to.equal(5000);
    host.moment = 5020;
    expect(clock.now()).to.equal(5000);
    clock.sync();
    expect(clock.now()).to.equal(5020);
  });

  it('R262: knows no more of time than a log can hold, whole microseconds', () => {
    const { host, clock } = live();
    host.moment = 5000.0019;
    clock.sync();
    expect(clock.now()).to.equal(5000.001);
  });

  it('asks nothing of the host while nothing is due', () => {
    const { host, clock } = live();
    clock.sync();
    expect(host.asked).to.deep.equal([]);
  });

  it('sets one timer of the host, for whatever is due first', () => {
    const { host, at } = live();
    at(100, 'a');
    at(300, 'c');
    at(200, 'b');
    expect(host.asked).to.deep.equal([100]);
    expect(host.armed.size).to.equal(1);
  });

  it('sets it anew when something earlier comes', () => {
    const { host, at } = live();
    at(100, 'b');
    at(30, 'a');
    expect(host.asked).to.deep.equal([100, 30]);
    expect(host.armed.size).to.equal(1);
  });

  it('sets it for the next one when it has gone off', () => {
    const { host, ran, at } = live();
    at(100, 'a');
    at(250, 'b');
    host.fire(5100);
    expect(ran).to.deep.equal(['a@5100']);
    expect(host.asked).to.deep.equal([100, 150]);
    host.fire(5250);
    expect(ran).to.deep.equal(['a@5100', 'b@5250']);
    expect(host.armed.size).to.equal(0);
  });

  it('counts a delay from the last sync, as a replay will, and asks the host for what is left of it', () => {
    const { host, at } = live();
    host.moment = 5040;
    at(100, 'a');
    expect(host.asked).to.deep.equal([60]);
    host.moment = 9000;
    at(50, 'b');
    expect(host.asked).to.deep.equal([60, 0]);
  });

  it('runs all that a late timer of the host left behind, each at its own time', () => {
    const { host, clock, ran, at } = live();
    at(100, 'a');
    at(200, 'b');
    at(900, 'c');
    host.fire(5500);
    expect(ran).to.deep.equal(['a@5100', 'b@5200']);
    expect(clock.now()).to.equal(5500);
    expect(host.asked).to.deep.equal([100, 400]);
  });

  it('goes back to sleep when a timer of the host went off too early', () => {
    const { host, ran, at } = live();
    at(100, 'a');
    host.fire(5099.5);
    expect(ran).to.deep.equal([]);
    expect(host.asked).to.deep.equal([100, 0.5]);
    host.fire(5100);
    expect(ran).to.deep.equal(['a@5100']);
  });

  it('R262: sync runs what is due before it returns, whatever the timer of the host does', () => {
    const { host, clock, ran, at } = live();
    at(100, 'a');
    at(200, 'b');
    host.moment = 5150;
    clock.sync();
    expect(ran).to.deep.equal(['a@5100']);
    expect(host.armed.size).to.equal(1);
    expect(host.asked).to.deep.equal([100, 50]);
  });

  it('leaves the timer of the host alone when sync finds nothing due', () => {
    const { host, clock, at } = live();
    at(100, 'a');
    host.moment = 5050;
    clock.sync();
    expect(host.asked).to.deep.equal([100]);
  });

  it('reaches a delay no timer of the host can take in several', () => {
    const { host, ran, at } = live();
    const longest = 2 ** 31 - 1;
    at(2 * longest + 10, 'a');
    host.fire(5000 + longest);
    host.fire(5000 + 2 * longest);
    expect(ran).to.deep.equal([]);
    expect(host.asked).to.deep.equal([longest, longest, 10]);
    host.fire(5000 + 2 * longest + 10);
    expect(ran).to.deep.equal([`a@${5000 + 2 * longest + 10}`]);
  });

  it('runs an action that asks to run again, as often as it asks', () => {
    const { host, clock, ran } = live();
    interval(10, clock)
      .pipe(take(2))
      .subscribe((n) => ran.push(`${n}@${clock.now()}`));
    host.fire(5010);
    host.fire(5020);
    expect(ran).to.deep.equal(['0@5010', '1@5020']);
    expect(host.armed.size).to.equal(0);
  });
});

describe('a LiveClock lets go of its host', () => {
  it('R9: when it is stopped', () => {
    const { host, clock, at } = live();
    at(100, 'a');
    clock.stop();
    expect(host.armed.size).to.equal(0);
    clock.stop();
    expect(host.asked).to.deep.equal([100]);
  });

  it('R9: when the last action has been cancelled, and not before', () => {
    const { host, clock, at } = live();
    const action = at(100, 'a');
    const other = timer(200, clock).subscribe();
    action.unsubscribe();
    expect(host.armed.size).to.equal(1);
    other.unsubscribe();
    expect(host.armed.size).to.equal(0);
  });

  it('and takes hold of it again when there is something to wait for', () => {
    const { host, clock, ran, at } = live();
    at(100, 'a').unsubscribe();
    at(100, 'b');
    clock.stop();
    at(150, 'c');
    expect(host.armed.size).to.equal(1);
    host.fire(5200);
    expect(ran).to.deep.equal(['b@5100', 'c@5150']);
  });
});

describe('a LiveClock on the time of this machine', () => {
  it('runs an action when the machine says so', async () => {
    const clock = new LiveClock();
    const before = clock.now();
    const when = await new Promise<number>((resolve) => clock.schedule(() => resolve(clock.now()), 1));
    expect(when).to.equal(before + 1);
  });
});
