import { expect } from 'chai';
import fc from 'fast-check';
import type { EapMethodCommand } from '../../../../../operators/core/index.js';
import { anyCommands, anyPeerInput } from '../../../../support/eapArbitrary.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { type Toy, toyMethod } from '../../../../support/eapToy.js';

/** A method that does whatever comes next in a list, over and over. */
const unruly = (wishes: ReadonlyArray<ReadonlyArray<EapMethodCommand>>): { toy: Toy; said: EapMethodCommand[] } => {
  let at = 0;
  const said: EapMethodCommand[] = [];
  const next = (): ReadonlyArray<EapMethodCommand> => {
    const commands = wishes[at++ % wishes.length] ?? [];
    said.push(...commands);
    return commands;
  };
  return { toy: toyMethod({ onRequest: next, onOther: next }), said };
};

const anyLife = fc.record({
  inputs: fc.array(anyPeerInput, { maxLength: 40, size: 'max' }),
  wishes: fc.array(anyCommands, { minLength: 1, maxLength: 8 }),
});

describe('createPeer: whatever is sent, and whatever a method does', () => {
  const check = (property: (run: PeerRun, toy: Toy, said: ReadonlyArray<EapMethodCommand>) => void) =>
    fc.assert(
      fc.property(anyLife, ({ inputs, wishes }) => {
        const { toy, said } = unruly(wishes);
        const run = new PeerRun({ methods: [toy] });
        for (const input of inputs) run.feed(input);
        property(run, toy, said);
      }),
      { numRuns: 3000 },
    );

  it('there is at most one result, and nothing after it', () => {
    let [successes, failures] = [0, 0];
    check(({ outputs }) => {
      const ends = outputs.flatMap((output, at) => (output.do === 'succeed' || output.do === 'fail' ? [at] : []));
      expect(ends.length).to.be.at.most(1);
      if (ends[0] !== undefined) expect(ends[0]).to.equal(outputs.length - 1);
      if (outputs.at(-1)?.do === 'succeed') successes++;
      if (outputs.at(-1)?.do === 'fail') failures++;
    });
    expect(successes, 'lives that end well').to.be.above(100);
    expect(failures, 'lives that end badly').to.be.above(100);
  });

  it('there is no success unless the method has accepted, and none after it has refused', () => {
    check(({ outputs }, _, said) => {
      if (outputs.at(-1)?.do !== 'succeed') return;
      expect(said.some((command) => command.do === 'accept')).to.equal(true);
      expect(said.some((command) => command.do === 'refuse')).to.equal(false);
    });
  });

  it('every method that began is released once, with its keys unless they were handed over', () => {
    check((run, toy, said) => {
      run.release();
      expect(toy.released()).to.equal(toy.begun());
      const handedOver = run.of('succeed').flatMap(({ keys }) => (keys === undefined ? [] : [keys.msk]));
      const all = said.flatMap((command) => (command.do === 'accept' && command.keys !== undefined ? [command.keys.msk] : []));
      // The same commands come up again and again, and so may keys that were handed over or replaced.
      for (const msk of handedOver) expect(all).to.include(msk);
      if (handedOver.length === 0) for (const msk of all.slice(-1)) expect(new Set(msk.reveal())).to.deep.equal(new Set([0]));
    });
  });

  it('every response answers a request that came, by identifier and type', () => {
    check((run) => {
      for (const packet of run.sent) {
        expect(packet[0], 'a Response').to.equal(2);
        expect(packet.length).to.equal(((packet[2] ?? 0) << 8) | (packet[3] ?? 0));
      }
    });
  });

  it('what it holds is bounded', () => {
    check(({ state }) => {
      if (state.phase === 'over') return;
      expect(state.waiting.length).to.be.at.most(4);
      expect(state.rounds).to.be.at.most(100);
    });
  });
});
