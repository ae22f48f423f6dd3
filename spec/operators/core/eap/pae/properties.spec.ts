import { expect } from 'chai';
import fc from 'fast-check';
import { eapFault, type PaeInput, type PaeOutput, type PaeTimer, type PeerWord } from '../../../../../operators/core/index.js';
import { writeEapol } from '../../../../../streams/frames/index.js';
import { anyEapPacket } from '../../../../support/eapArbitrary.js';
import { TOY } from '../../../../support/eapToy.js';
import { eapol, PaeRun } from '../../../../support/paeRun.js';

const method = { kind: 'method' as const, type: TOY, name: 'Toy', isInner: false, isAllowed: true };

const silent: PeerWord = { do: 'fail', fault: eapFault('noAnswer', 'silence') };

const words: ReadonlyArray<PeerWord> = [
  { do: 'send', packet: Uint8Array.of(2, 1, 0, 5, 1) },
  { do: 'report', note: method },
  { do: 'succeed', method: 'Toy' },
  { do: 'fail', fault: eapFault('rejected', 'no') },
  silent,
];

const packets = fc.oneof(
  { weight: 6, arbitrary: anyEapPacket.map((body) => eapol(body)) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(9), fc.uint8Array({ maxLength: 6 })).map(([type, body]) => writeEapol({ version: 2, type, body })),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
);

const anyInput: fc.Arbitrary<PaeInput> = fc.oneof(
  { weight: 8, arbitrary: packets.map((packet): PaeInput => ({ kind: 'packet', packet })) },
  { weight: 3, arbitrary: fc.boolean().map((isNewPort): PaeInput => ({ kind: 'start', isNewPort })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<PaeTimer>('startWhen', 'authWhile', 'heldWhile')
      .map((name): PaeInput => ({ kind: 'timer', name })),
  },
  { weight: 8, arbitrary: fc.constantFrom(...words).map((word): PaeInput => ({ kind: 'eap', word })) },
  { weight: 1, arbitrary: fc.constantFrom<PaeInput>({ kind: 'stop' }, { kind: 'logoff' }) },
);

/** What runs in the shell: set by the outputs, and what the shell would let in. */
class Shell {
  readonly run = new PaeRun();
  readonly timers = new Set<PaeTimer>();
  hasPeer = false;

  /** Feeds what can happen: a timer that was set, a word of a peer that lives. */
  feed(input: PaeInput): ReadonlyArray<PaeOutput> {
    if (input.kind === 'timer' && !this.timers.delete(input.name)) return [];
    if (input.kind === 'eap' && !this.hasPeer) return [];
    if (input.kind === 'eap' && (input.word.do === 'succeed' || input.word.do === 'fail')) this.hasPeer = false;
    const outputs = this.run.feed(input);
    for (const output of outputs) this.#see(output);
    // A peer that hears of the silence has its last word at once.
    const isSilence = outputs.some((output) => output.do === 'feedEap' && output.input.kind === 'timeout');
    return isSilence ? [...outputs, ...this.feed({ kind: 'eap', word: silent })] : outputs;
  }

  #see(output: PaeOutput): void {
    if (output.do === 'setTimer') this.timers.add(output.name);
    if (output.do === 'clearTimer') this.timers.delete(output.name);
    if (output.do === 'beginEap') this.hasPeer = true;
    if (output.do === 'endEap') this.hasPeer = false;
  }
}

const live = (
  check: (shell: Shell, input: PaeInput, outputs: ReadonlyArray<PaeOutput>) => void,
  done: (shell: Shell) => void = () => {},
) =>
  fc.assert(
    fc.property(fc.array(anyInput, { maxLength: 60, size: 'max' }), (inputs) => {
      const shell = new Shell();
      for (const input of inputs) check(shell, input, shell.feed(input));
      done(shell);
    }),
    { numRuns: 1000 },
  );

describe('createPae: whatever comes', () => {
  it('a timer runs exactly where one is waited for, and a peer lives only while it authenticates', () => {
    const expected: Readonly<Record<string, ReadonlyArray<PaeTimer>>> = {
      connecting: ['startWhen'],
      authenticating: ['authWhile'],
      held: ['heldWhile'],
    };
    let held = 0;
    live(({ run, timers, hasPeer }) => {
      expect([...timers], run.state.phase).to.deep.equal(expected[run.state.phase] ?? []);
      if (run.state.phase !== 'authenticating') expect(hasPeer, run.state.phase).to.equal(false);
      if (run.state.phase === 'held') held++;
    });
    expect(held).to.be.above(100);
  });

  it('there is one result for each run, and a success only where the peer says so', () => {
    let results = 0;
    live((_, input, outputs) => {
      const ends = outputs.filter((output) => output.do === 'result' && output.result !== 'inProgress');
      expect(ends.length).to.be.at.most(1);
      results += ends.length;
      const isSuccess = outputs.some((output) => output.do === 'result' && output.result === 'success');
      expect(isSuccess).to.equal(isSuccess && input.kind === 'eap' && input.word.do === 'succeed');
    });
    expect(results).to.be.above(500);
  });

  it('R116: a stop is silent, and leaves nothing behind', () => {
    live(
      () => {},
      (shell) => {
        const said = shell.feed({ kind: 'stop' });
        expect(said.filter((output) => output.do !== 'clearTimer' && output.do !== 'endEap')).to.deep.equal([]);
        expect([...shell.timers]).to.deep.equal([]);
        expect(shell.hasPeer).to.equal(false);
        const { length } = shell.run.outputs;
        for (const packet of [eapol(Uint8Array.of(1, 1, 0, 5, 1)), new Uint8Array(2)]) shell.feed({ kind: 'packet', packet });
        expect(shell.run.outputs).to.have.length(length);
      },
    );
  });
});
