import { expect } from 'chai';
import { sequence } from '../../support/marbles.js';
import { answered } from '../../support/symbols.js';

const s1 = {
  in: '  P--1-u----3-v-------------',
  out: ' ---2------4-(KGXC)--------',
  port: 'U-----------A-------------',
};

describe('S1: normal, with a pre-shared key', () => {
  it('S1: message 2, message 4, the keys, the completion', () => {
    sequence(s1);
  });

  it('R133, R134: the pairwise key goes first, and only when message 4 was sent', () => {
    sequence({
      in: '  P--1-u----3-------v--------',
      out: ' ---2------4-------(KGXC)---',
    });
  });

  it('R72: both buffers are given back, each at its own completion', () => {
    const { ledger } = sequence({ ...s1, mem: '---+-f----+-f--' });
    expect(ledger.outstanding()).to.deep.equal({ ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 });
  });

  it('R170, R171: the one completion names adapter, session and peer, and is a success in both codes', () => {
    const { effects } = sequence(s1);
    const completions = effects.filter(({ kind }) => kind === 'postAssociateCompletion');
    expect(completions).to.have.length(1);
    expect(completions[0]).to.include({
      adapter: '0xa1',
      service: '0x51',
      session: '0x1',
      peer: '02:00:00:00:00:01',
      reason: 0,
      win32: 0,
    });
  });

  it('R58: each key goes only when the one before was accepted', () => {
    sequence({
      in: '     P--1-u----3-v-------------',
      and: '    ---------------K--G-X-----',
      out: '    ---2------4-K--G--X-C-----',
      port: '   U-------------------A-----',
      holds: 'KGX',
      symbols: { K: answered('K'), G: answered('G'), X: answered('X') },
    });
  });
});
