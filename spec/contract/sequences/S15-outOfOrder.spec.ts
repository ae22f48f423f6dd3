import { expect } from 'chai';
import { asking } from '../../support/askingMethod.js';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';
import { answered, USER } from '../../support/symbols.js';

describe('S15: out of order', () => {
  it('S15: message 1 before Perform is kept and replayed on a later turn', () => {
    sequence({
      in: '  a-1-k-P--u-3-v------------',
      out: ' -------2---4-(KGXC)-------',
      port: '------U------A------------',
    });
  });

  it('R88: what arrives while it waits goes behind it', () => {
    sequence({
      in: '  a-1-k-(P3)-v--------------',
      out: ' -------(24)(KGXC)---------',
      port: '------U----A--------------',
    });
  });

  it('message 3 before message 1 is dropped', () => {
    sequence({
      in: '  P-3-1-u-3-v-------',
      out: ' ----2---4-(KGXC)--',
    });
  });

  it('a group message before the first message 3 is dropped', () => {
    sequence({
      in: '  P-g-1-g-3-v-------',
      out: ' ----2---4-(KGXC)--',
    });
  });

  it('R115: a result before any start is ignored', () => {
    const { diagnostics } = sequence({
      in: '  P-R-1-u-3-v-------',
      out: ' ----2---4-(KGXC)--',
    });
    expect(diagnostics.map(({ rule }) => rule)).to.deep.equal(['R115']);
  });

  it('R104: packets before the module has started wait for it', () => {
    sequence({
      in: '  P-e-e-r---e--',
      out: ' s-----(FF)F--',
      holds: 's',
      symbols: { r: answered('s') },
      methods: [symbolic(true)],
    });
  });

  it('R88, R104: packets before Perform wait for the module too', () => {
    sequence({
      in: '  a-e-k-P---',
      out: ' ------sF--',
      methods: [symbolic(true)],
    });
  });

  it('R265: message 4 may be sent before SendPacket returns', () => {
    const { log } = sequence({
      in: '  P-1-u-3-------------',
      out: ' --2---(4KGXC)-------',
      port: 'U-----A-------------',
      inside: (symbol) => (symbol === '4' ? 'v' : ''),
    });
    expect(log.map(({ symbol }) => symbol).join('')).to.equal('P12u34vKGXC');
  });

  it('R210: a COMPLETION before its START opens nothing', () => {
    const { remarks } = sequence({
      feed: 'ndis',
      in: '  k---1---',
      out: ' --------',
      port: '--------',
    });
    expect(remarks.map(({ rule }) => rule)).to.deep.equal(['R210']);
  });

  it('R213: a DISASSOCIATION of a peer never associated ends nothing', () => {
    const { remarks } = sequence({
      feed: 'ndis',
      in: '  x---1---',
      out: ' --------',
      port: '--------',
    });
    expect(remarks.map(({ rule }) => rule)).to.deep.equal(['R213']);
  });

  it('R197: a stop before Perform does not cancel it', () => {
    sequence({
      in: '  S-P-1-u-3-v-------',
      ret: ' --y---------------',
      out: ' ----2---4-(KGXC)--',
    });
  });

  it('R234: the answer of a user that comes after the stop is taken and dropped', () => {
    const { ledger } = sequence({
      in: '  P-----S--y----',
      out: ' -q------------',
      methods: [asking(USER)],
    });
    expect(ledger.outstanding().uiRequests).to.equal(0);
  });
});
