import { expect } from 'chai';
import { sequence } from '../../support/marbles.js';

describe('S4: stop after the completion', () => {
  it('S4: no further completion, and a late group message is dropped', () => {
    const { ledger } = sequence({
      in: '  P-1-u-3-v---------S-g-------',
      out: ' --2---4-(KGXC)--------------',
      port: 'U-------A---------x---------',
    });
    expect(ledger.stale, 'R260: nothing was left to the guard').to.equal(0);
  });

  it('R195: a stop for another address leaves the port alone', () => {
    sequence({
      in: '  P-1-u-T-3-v--------T-g-w-',
      out: ' --2-----4-(KGXC)-----h-G-',
      port: 'U---------A--------------',
      symbols: { T: () => ({ kind: 'stopPostAssociate', adapter: '0xa1', peer: '02:00:00:00:00:99', status: 8 }) as never },
    });
  });
});
