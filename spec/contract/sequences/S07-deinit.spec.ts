import { expect } from 'chai';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';

const zero = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

describe('S7: deinit', () => {
  it('S7a: after a stop nothing is left to say', () => {
    const { ledger } = sequence({
      in: '  P--1--S-D-- 1m ----',
      out: ' ---2------- 1m ----',
      mem: ' ---+----f-- 1m ----',
      port: 'U-----x---- 1m ----',
    });
    expect(ledger.outstanding()).to.deep.equal(zero);
  });

  it('S7b: without a stop it ends the port in the same silence', () => {
    const { ledger } = sequence({
      in: '  P--1--D--u- 1m ----',
      out: ' ---2------- 1m ----',
      mem: ' ---+--f---- 1m ----',
      port: 'U-----x---- 1m ----',
    });
    expect(ledger.outstanding()).to.deep.equal(zero);
  });

  it('R117, R160: 802.1X is not even stopped', () => {
    sequence({
      in: '  P-e---D-R---',
      out: ' s-F---------',
      methods: [symbolic(true)],
    });
  });

  it('R9: the service ends every adapter and the output', () => {
    const { ledger } = sequence({
      in: '  P--1--V-----',
      out: ' ---2--|-----',
      subs: '^-----!     ',
    });
    expect(ledger.outstanding()).to.deep.equal(zero);
  });
});
