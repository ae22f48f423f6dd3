import { expect } from 'chai';
import { perform } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { SESSION_2, sent } from '../../support/symbols.js';

describe('S19: reassociation to the same access point', () => {
  it('S19: only the generation tells the two ports apart, and no key is deleted', () => {
    const { effects, ledger } = sequence({
      in: '  P-1-3v------S-Q-1-3-v---------',
      out: ' --2-4(KGXC)-----2-4-(KGXC)----',
      port: 'U----A------x-U-----A---------',
      symbols: { Q: () => perform({ session: SESSION_2 }) },
    });
    expect(
      effects.filter((effect) => 'delete' in effect && effect.delete),
      'R138',
    ).to.deep.equal([]);
    expect(ledger.stale).to.equal(0);
  });

  it('R71: the completion of an old message 4 opens no gate of the new port', () => {
    sequence({
      in: '  P-1-3-------S-Q-1-3-v--l------',
      out: ' --2-4-----------2-4----(KGXC)-',
      port: 'U-----------x-U--------A------',
      symbols: { Q: () => perform({ session: SESSION_2 }), v: sent('4', 1), l: sent('4', 2) },
    });
  });
});
