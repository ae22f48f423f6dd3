import { expect } from 'chai';
import type { CheckOptions } from '../../../../operators/core/contract/Violation.js';
import { findings, type Story } from './story.js';

/** A test that a story breaks exactly this one rule, at exactly this one line. */
export const breaks = (rule: string, how: string, story: Story, at: string, options: CheckOptions = {}): void => {
  it(`${rule}: reports ${how}`, () => {
    expect(findings(story, options)).to.deep.equal([`${rule} at ${at}`]);
  });
};

/** A test that a story next to a violation breaks nothing. */
export const allows = (rule: string, how: string, story: Story, options: CheckOptions = {}): void => {
  it(`${rule}: allows ${how}`, () => {
    expect(findings(story, options)).to.deep.equal([]);
  });
};
