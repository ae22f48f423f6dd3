import { expect } from 'chai';
import { Secret } from '../../../streams/events/index.js';
import { sequence } from '../../support/marbles.js';
import { slow } from '../../support/slowMethod.js';
import { answered } from '../../support/symbols.js';

describe('S5: stop between derivation and download', () => {
  const result = Secret.of(new Uint8Array(16).fill(0x33));
  const diagram = {
    methods: [slow()],
    holds: 'w',
    symbols: { r: answered('w', 0, result) },
  };

  it('S5: the result of slow work that outlives its port is thrown away', () => {
    const { ledger } = sequence({
      ...diagram,
      in: '  P-1-u-3-v-S-------------',
      and: ' ------------r-----------',
      drv: ' --d-----w---------------',
      out: ' --2---4-----------------',
      port: 'U---------x-------------',
    });
    expect(ledger.outstanding().calls).to.equal(0);
    expect([...result.reveal()], 'R11: and wiped').to.deep.equal(new Array(16).fill(0));
  });

  it('S5: without the stop the keys follow the result', () => {
    sequence({
      ...diagram,
      symbols: { r: answered('w', 0, Secret.of(new Uint8Array(16).fill(0x33))) },
      in: '  P-1-u-3-v---------------',
      and: ' ------------r-----------',
      drv: ' --d-----w---------------',
      out: ' --2---4-----(KGXC)------',
      port: 'U-----------A-----------',
    });
  });

  it('S5b: a stop between two key calls leaves the first as it stands', () => {
    const { effects } = sequence({
      in: '  P-1-u-3-vS--------------',
      and: ' ----------K-------------',
      out: ' --2---4-K---------------',
      port: 'U--------x--------------',
      holds: 'K',
      symbols: { K: answered('K') },
    });
    expect(
      effects.some((effect) => 'delete' in effect && effect.delete),
      'R138',
    ).to.equal(false);
  });

  it('S5c: the same when the sink stops from inside the call', () => {
    sequence({
      in: '  P-1-u-3-v---------------',
      out: ' --2---4-K---------------',
      port: 'U-------x---------------',
      inside: (symbol) => (symbol === 'K' ? 'S' : ''),
    });
  });
});
