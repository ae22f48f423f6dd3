import { expect } from 'chai';
import type { RunHelpers } from 'rxjs/testing';
import { TestScheduler } from 'rxjs/testing';
import { Ledger } from '../../operators/core/index.js';
import type { HostEvent } from '../../streams/events/index.js';
import { INPUTS } from '../support/symbols.js';

/** A fresh scheduler for each test. */
export const marbles = (test: (helpers: RunHelpers, scheduler: TestScheduler) => void): void => {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).to.deep.equal(expected);
  });
  scheduler.run((helpers) => test(helpers, scheduler));
};

const nobody = { effects: [], ledger: new Ledger() };

/** The host events the characters of the diagrams stand for, with others in their place or beside them. */
export const events = (own: Readonly<Record<string, HostEvent>> = {}): Record<string, HostEvent> => {
  const known = Object.entries(INPUTS).flatMap(([symbol, input]) => {
    const event = input(nobody);
    return event === undefined ? [] : [[symbol, event] as const];
  });
  return { ...Object.fromEntries(known), ...own };
};
