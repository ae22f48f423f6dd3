import { expect } from 'chai';
import { Secret } from '../../../streams/events/index.js';
import { asking } from '../../support/askingMethod.js';
import { sequence } from '../../support/marbles.js';
import { logOff, USER } from '../../support/symbols.js';

describe('S17: the user logs off while an answer is awaited', () => {
  it('S17: the request is gone, the operation fails, and the late answer is ignored', () => {
    const question = Secret.of(Uint8Array.of(1, 2, 3));
    const { effects, ledger } = sequence({
      in: '  P-----L--y----------',
      out: ' -q----B-------------',
      port: 'U-------------------',
      methods: [asking(USER, question)],
    });
    expect(effects.at(-1)).to.include({ kind: 'postAssociateCompletion', reason: 0x48001 });
    expect(ledger.outstanding().uiRequests).to.equal(0);
    expect([...question.reveal()], 'R221').to.deep.equal([0, 0, 0]);
  });

  it('R222: another user who logs off changes nothing', () => {
    sequence({
      in: '  P-----L--y----------',
      out: ' -q-------C----------',
      port: 'U--------A----------',
      methods: [asking(USER)],
      symbols: { L: () => logOff(USER + 1) },
    });
  });
});
