import { expect } from 'chai';
import fc from 'fast-check';
import { debounceTime, delay, interval, Subject, type Subscription, take, timer } from 'rxjs';
import { LogicalClock } from '../../../streams/sources/index.js';

/** A clock and what has run on it, each with the time it saw. */
const observed = (startsAt?: number) => {
  const clock = new LogicalClock(startsAt);
  const ran: string[] = [];
  const note = (name: string | number) => ran.push(`${name}@${clock.now()}`);
  const at = (ms: number, name: string, then = () => {}): Subscription =>
    clock.schedule(() => {
      note(name);
      then();
    }, ms);
  return { clock, ran, note, at };
};

describe('LogicalClock', () => {
  it('starts when it is told to', () => {
    expect(new LogicalClock().now()).to.equal(0);
    expect(new LogicalClock(1234.5).now()).to.equal(1234.5);
  });

  it('runs what is due by time, and of one moment by the order it was asked for', () => {
    const { clock, ran, at } = observed();
    for (const [ms, name] of [
      [20, 'c'],
      [10, 'a'],
      [20, 'd'],
      [10, 'b'],
      [0, 'first'],
    ] as const)
      at(ms, name);
    clock.advanceTo(20);
    expect(ran).to.deep.equal(['first@0', 'a@10', 'b@10', 'c@20', 'd@20']);
  });

  it('runs nothing before it is moved, not even what is due at once', () => {
    const { ran, at } = observed();
    at(0, 'a');
    expect(ran).to.deep.equal([]);
  });

  it('runs what is due at the very moment, and leaves what is due later', () => {
    const { clock, ran, at } = observed(100);
    at(10, 'a');
    at(10.001, 'b');
    clock.advanceTo(110);
    expect(ran).to.deep.equal(['a@110']);
    clock.advanceTo(200);
    expect(ran).to.deep.equal(['a@110', 'b@110.001']);
    expect(clock.now()).to.equal(200);
  });

  it('never runs backwards', () => {
    const { clock, ran, at } = observed();
    clock.advanceTo(50);
    at(0, 'a');
    at(-30, 'b');
    clock.advanceTo(20);
    expect(clock.now()).to.equal(50);
    expect(ran).to.deep.equal([]);
    clock.advanceTo(50);
    expect(ran).to.deep.equal(['a@50', 'b@50']);
  });

  it('runs what an action asks for in the same advance if it is due by then', () => {
    const { clock, ran, at } = observed();
    at(10, 'a', () => {
      at(0, 'at once');
      at(5, 'soon');
      at(90.5, 'late');
    });
    at(10, 'b');
    at(12, 'c');
    clock.advanceTo(100);
    expect(ran).to.deep.equal(['a@10', 'b@10', 'at once@10', 'c@12', 'soon@15']);
    expect(clock.nextDue).to.equal(100.5);
  });

  it('may be moved on from inside an action', () => {
    const { clock, ran, at } = observed();
    at(10, 'a', () => {
      clock.advanceTo(25);
      ran.push('a is over');
    });
    at(20, 'b');
    at(30, 'c');
    clock.advanceTo(30);
    expect(ran).to.deep.equal(['a@10', 'b@20', 'a is over', 'c@30']);
  });

  it('hands an action its state, and the next one when it asks to run again', () => {
    const { clock, ran, note } = observed();
    clock.schedule<number>(
      function (left = 0) {
        note(left);
        if (left > 0) this.schedule(left - 1, 10 * left);
      },
      5,
      2,
    );
    clock.advanceTo(100);
    expect(ran).to.deep.equal(['2@5', '1@25', '0@35']);
    expect(clock.nextDue).to.equal(undefined);
  });
});

describe('nextDue of a LogicalClock', () => {
  it('is when the earliest action is due', () => {
    const { clock, at } = observed(100);
    expect(clock.nextDue).to.equal(undefined);
    at(30, 'b');
    at(10, 'a');
    expect(clock.nextDue).to.equal(110);
    clock.advanceTo(110);
    expect(clock.nextDue).to.equal(130);
    clock.advanceTo(130);
    expect(clock.nextDue).to.equal(undefined);
  });

  it('passes over what has been cancelled', () => {
    const { clock, at } = observed();
    const first = at(10, 'a');
    const second = at(20, 'b');
    at(30, 'c');
    second.unsubscribe();
    expect(clock.nextDue).to.equal(10);
    first.unsubscribe();
    expect(clock.nextDue).to.equal(30);
  });
});

describe('cancelling on a LogicalClock', () => {
  it('an action that is not due yet never runs', () => {
    const { clock, ran, at } = observed();
    const action = at(10, 'a');
    at(10, 'b');
    clock.advanceTo(9);
    action.unsubscribe();
    clock.advanceTo(100);
    expect(ran).to.deep.equal(['b@10']);
  });

  it('an action of the same moment can do it', () => {
    const { clock, ran, at } = observed();
    at(10, 'a', () => later.unsubscribe());
    const later = at(10, 'b');
    clock.advanceTo(10);
    expect(ran).to.deep.equal(['a@10']);
  });

  it('an action that has been cancelled cannot ask to run again', () => {
    const { clock, ran, note } = observed();
    const action = clock.schedule(function () {
      note('a');
      action.unsubscribe();
      this.schedule(undefined, 10);
    }, 10);
    clock.advanceTo(10);
    expect(clock.nextDue).to.equal(undefined);
    clock.advanceTo(100);
    expect(ran).to.deep.equal(['a@10']);
  });

  it('a hundred thousand of them leaves the others as they were, in their order', () => {
    const { clock, ran, at } = observed();
    const far = 24 * 3_600_000;
    const cancelled = Array.from({ length: 100_000 }, (_, i) => {
      if (i % 10_000 === 0) at(far - 2 * Math.floor(i / 20_000), `kept ${i}`);
      return at(far, 'cancelled');
    });
    for (const action of cancelled) action.unsubscribe();
    expect(clock.nextDue).to.equal(far - 8);
    clock.advanceTo(far);
    expect(ran).to.deep.equal(
      [80_000, 90_000, 60_000, 70_000, 40_000, 50_000, 20_000, 30_000, 0, 10_000].map(
        (i) => `kept ${i}@${far - 2 * Math.floor(i / 20_000)}`,
      ),
    );
    expect(clock.nextDue).to.equal(undefined);
  });
});

describe('rxjs on a LogicalClock', () => {
  it('R262: timer fires once', () => {
    const { clock, ran, note } = observed(1000);
    timer(30, clock).subscribe({ next: () => note('t'), complete: () => note('over') });
    clock.advanceTo(1029.999);
    expect(ran).to.deep.equal([]);
    clock.advanceTo(1031);
    expect(ran).to.deep.equal(['t@1030', 'over@1030']);
    expect(clock.nextDue).to.equal(undefined);
  });

  it('R262: interval fires at every turn of an advance that passes several, until it is left', () => {
    const { clock, ran, note } = observed();
    interval(10, clock)
      .pipe(take(3))
      .subscribe({ next: note, complete: () => note('over') });
    clock.advanceTo(25);
    expect(ran).to.deep.equal(['0@10', '1@20']);
    clock.advanceTo(100);
    expect(ran.slice(2)).to.deep.equal(['2@30', 'over@30']);
    expect(clock.nextDue).to.equal(undefined);
  });

  it('R262: delay keeps the distance of events', () => {
    const { clock, ran, note } = observed();
    const source = new Subject<string>();
    source.pipe(delay(50, clock)).subscribe(note);
    source.next('a');
    clock.advanceTo(20);
    source.next('b');
    source.next('c');
    clock.advanceTo(60);
    expect(ran).to.deep.equal(['a@50']);
    clock.advanceTo(100);
    expect(ran).to.deep.equal(['a@50', 'b@70', 'c@70']);
  });

  it('R262: debounceTime waits for silence', () => {
    const { clock, ran, note } = observed();
    const source = new Subject<string>();
    source.pipe(debounceTime(10, clock)).subscribe(note);
    for (const [ms, name] of [
      [0, 'a'],
      [6, 'b'],
      [12, 'c'],
      [40, 'd'],
    ] as const) {
      clock.advanceTo(ms);
      source.next(name);
    }
    clock.advanceTo(100);
    expect(ran).to.deep.equal(['c@22', 'd@50']);
  });
});

describe('any actions on a LogicalClock', () => {
  const ms = fc.integer({ min: 0, max: 40 });
  /** When an action is due, and how long after it the one it asks for. */
  const actions = fc.array(fc.tuple(ms, fc.option(ms)), { maxLength: 30 });
  const END = 100;

  const run = (wanted: ReadonlyArray<readonly [number, number | null]>, steps: ReadonlyArray<number>): ReadonlyArray<string> => {
    const { clock, ran, at } = observed();
    wanted.forEach(([due, again], i) => {
      at(due, `${i}`, () => again !== null && at(again, `${i}'`));
    });
    for (const step of steps) clock.advanceTo(clock.now() + step);
    clock.advanceTo(END);
    return ran;
  };

  it('run by time, and of one moment in the order they were asked for', () => {
    fc.assert(
      fc.property(fc.array(ms), (delays) => {
        const expected = delays.map((due, i) => ({ due, i })).sort((a, b) => a.due - b.due || a.i - b.i);
        const ran = run(
          delays.map((due) => [due, null] as const),
          [],
        );
        expect(ran).to.deep.equal(expected.map(({ due, i }) => `${i}@${due}`));
      }),
    );
  });

  it('run the same in whatever steps the clock is moved', () => {
    fc.assert(
      fc.property(actions, fc.array(fc.integer({ min: -5, max: 20 })), (wanted, steps) => {
        expect(run(wanted, steps.slice(0, 5))).to.deep.equal(run(wanted, []));
      }),
    );
  });
});
