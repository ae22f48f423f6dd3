import { expect } from 'chai';
import { perform } from '../../support/fixtures.js';
import { AUTHORISED, sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';

describe('S14: duplicates', () => {
  it('S14: each is answered at most, and nothing happens twice', () => {
    sequence({
      in: '  P-1-1-uu--3-v-------3---S-S-----',
      out: ' --2-2-----4-(KGXC)--4-----------',
      port: 'U-----------A-----------x-------',
    });
  });

  it('R135: the repeated message 3 is answered, and its keys are not downloaded again', () => {
    sequence({
      given: AUTHORISED,
      in: '  3-v-3-v-',
      out: ' 4---4---',
    });
  });

  it('R36: Perform for a session that is live is refused, and the session goes on', () => {
    sequence({
      in: '  P-1-P-u-3-v---------',
      ret: ' y---n---------------',
      out: ' --2-----4-(KGXC)----',
      port: 'U---------A---------',
      symbols: { P: () => perform() },
    });
  });

  it('R115: a second result is ignored', () => {
    const { diagnostics } = sequence({
      in: '  P-R-R-1-u-3-v-------',
      out: ' s-----2---4-(KGXC)--',
      methods: [symbolic(true)],
    });
    expect(diagnostics.map(({ rule }) => rule)).to.deep.equal(['R115']);
  });

  it('R210: a second COMPLETION without a START is remarked and opens nothing', () => {
    const { remarks } = sequence({
      feed: 'ndis',
      in: '  a-k-k-1-u-3-v-------',
      out: ' ------2---4-(KGXC)--',
      port: '--U---------A-------',
    });
    expect(remarks.map(({ rule }) => rule)).to.deep.equal(['R210']);
  });
});
