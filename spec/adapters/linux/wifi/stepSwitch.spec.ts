import { expect } from 'chai';
import * as fc from 'fast-check';
import { type SwitchEffect, type SwitchInput, type SwitchState, stepSwitch } from '../../../../adapters/linux/wifi/stepSwitch.js';

const on: SwitchState = { isOn: true, isBlocked: false, resumes: false };
const down: SwitchInput = { kind: 'link', isOn: false };
const up: SwitchInput = { kind: 'link', isOn: true };
const blocked: SwitchInput = { kind: 'rfkill', isBlocked: true };
const unblocked: SwitchInput = { kind: 'rfkill', isBlocked: false };

const play = (...inputs: ReadonlyArray<SwitchInput>): ReadonlyArray<SwitchEffect> => {
  let state = on;
  return inputs.flatMap((input) => {
    const step = stepSwitch(state, input);
    state = step.state;
    return step.effects;
  });
};

describe('the switch of a radio', () => {
  it('leaves an interface off that its administrator has switched off', () => {
    expect(play(down, up)).to.deep.equal([
      { kind: 'switched', isOn: false, isBlocked: false },
      { kind: 'switched', isOn: true, isBlocked: false },
    ]);
  });

  it('switches an interface on again that went off with its radio', () => {
    expect(play(blocked, down, unblocked, up)).to.deep.equal([
      { kind: 'switched', isOn: false, isBlocked: true },
      { kind: 'switchOn' },
      { kind: 'switched', isOn: true, isBlocked: false },
    ]);
  });

  it('leaves it off where it was off before its radio', () => {
    expect(play(down, blocked, unblocked)).to.deep.equal([{ kind: 'switched', isOn: false, isBlocked: false }]);
  });

  it('says nothing twice', () => {
    expect(play(up, up, unblocked, down, down, blocked, blocked)).to.deep.equal([
      { kind: 'switched', isOn: false, isBlocked: false },
    ]);
  });

  it('switches on only when a block has just ended', () => {
    const input = fc.constantFrom(down, up, blocked, unblocked);
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        let state = on;
        for (const each of inputs) {
          const step = stepSwitch(state, each);
          if (step.effects.some(({ kind }) => kind === 'switchOn'))
            expect([state.isBlocked, each]).to.deep.equal([true, unblocked]);
          state = step.state;
        }
      }),
    );
  });
});
