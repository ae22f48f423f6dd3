import { cancelOn, complete, type Terminator } from '../../index.js';
import { failure, success } from '../../operators/core/index.js';
import { L2Reason, Win32 } from '../../streams/events/index.js';
import { AP, stop } from '../support/fixtures.js';
import { marbles } from './marble.js';

const { MSMSEC_KEY_SUCCESS_TIMEOUT, UNKNOWN } = L2Reason.codes;
const { ERROR_TIMEOUT, ERROR_GEN_FAILURE, ERROR_OPERATION_ABORTED, ERROR_CANCELLED } = Win32.codes;

const verdicts = {
  y: success(),
  v: success(0x90007),
  o: success(MSMSEC_KEY_SUCCESS_TIMEOUT),
  n: failure(MSMSEC_KEY_SUCCESS_TIMEOUT, ERROR_TIMEOUT),
  z: failure(0, 0),
  c: failure(MSMSEC_KEY_SUCCESS_TIMEOUT, ERROR_CANCELLED),
};

const completion = (reason: number, win32: number) => ({ kind: 'postAssociateCompletion' as const, peer: AP, reason, win32 });
const told = {
  Y: completion(0, 0),
  V: completion(0x90007, 0),
  N: completion(MSMSEC_KEY_SUCCESS_TIMEOUT, ERROR_TIMEOUT),
  Z: completion(UNKNOWN, ERROR_GEN_FAILURE),
  C: completion(MSMSEC_KEY_SUCCESS_TIMEOUT, ERROR_OPERATION_ABORTED),
};

const expectTold = (source: string, expected: string): void =>
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const verdicts$ = hot(source, verdicts);
    expectObservable(verdicts$.pipe(complete(AP))).toBe(expected, told);
    expectSubscriptions(verdicts$.subscriptions).toBe(`^${' '.repeat(source.length - 2)}!`.replaceAll(' ', '-'));
  });

describe('complete', () => {
  it('R174: tells the first verdict, whichever it is', () => {
    expectTold('-y--|', '-Y--|');
    expectTold('-n--|', '-N--|');
  });

  it('R175: tells each change', () => expectTold('-y-n-y-|', '-Y-N-Y-|'));

  it('R176: repeats nothing', () => expectTold('-yy-vn-zc-|', '-Y---N----|'));

  it('R171: gives no reason with a success but one of the vendor', () => {
    expectTold('-v-|', '-V-|');
    expectTold('-o-|', '-Y-|');
  });

  it('R172: gives both codes with a failure', () => expectTold('-z-|', '-Z-|'));

  it('R173: leaves ERROR_CANCELLED to a reset', () => expectTold('-c-|', '-C-|'));

  it('R193: says nothing any more once it is stopped', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const verdicts$ = hot(' ---y-', verdicts);
      const terminator$ = hot('-S----', { S: stop() as Terminator });
      expectObservable(verdicts$.pipe(complete(AP), cancelOn(terminator$))).toBe('-|');
      expectSubscriptions(verdicts$.subscriptions).toBe('^!');
      expectSubscriptions(terminator$.subscriptions).toBe('^!');
    });
  });
});
