import { expect } from 'chai';
import { NEVER, Subject } from 'rxjs';
import { emit, runSteps } from '../../index.js';
import { marbles } from './marble.js';

const sum = (total: number, input: string) => emit(total + Number(input), `${total + Number(input)}`);
describe('runSteps', () => {
  it('emits what each step wants done', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-1-2-3-|');
      const subs = '      ^------!';
      const expected = '  -1-3-6-|';
      expectObservable(source.pipe(runSteps(0, sum))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('passes an error on and lets go of its source', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-1-#');
      const subs = '       ^--!';
      expectObservable(source.pipe(runSteps(0, sum))).toBe('-1-#');
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('starts anew for each subscriber', () => {
    marbles(({ cold, expectObservable }) => {
      const sums$ = cold('-1-2|').pipe(runSteps(0, sum));
      expectObservable(sums$).toBe('-1-3|');
      expectObservable(sums$).toBe('-1-3|');
    });
  });

  it('R264: has the new state in place before its effects are seen', () => {
    const inputs = new Subject<string>();
    const seen: string[] = [];
    inputs.pipe(runSteps(0, sum)).subscribe((effect) => {
      seen.push(effect);
      if (effect === '1') inputs.next('2');
    });
    inputs.next('1');
    expect(seen).to.deep.equal(['1', '3']);
  });

  it('releases the last state when nobody listens any more', () => {
    const released: number[] = [];
    const inputs = new Subject<string>();
    const subscription = inputs.pipe(runSteps(0, sum, (state) => released.push(state))).subscribe();
    inputs.next('4');
    subscription.unsubscribe();
    expect(released).to.deep.equal([4]);
    NEVER.pipe(runSteps(7, sum, (state) => released.push(state)))
      .subscribe()
      .unsubscribe();
    expect(released).to.deep.equal([4, 7]);
  });
});
