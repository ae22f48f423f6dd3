import { expect } from 'chai';
import { AUTHORISED, sequence } from '../../support/marbles.js';

describe('S10: pairwise rekey', () => {
  it('S10: message 4 under the old key, then one update, and no completion', () => {
    const { effects } = sequence({
      given: AUTHORISED,
      in: '  1-u---3--v--------------',
      out: ' 2-----4--(KG)-----------',
      port: '------------------------',
    });
    const pairwise = effects.flatMap((effect) => (effect.kind === 'setKeyMappingKey' ? [effect] : []));
    expect(pairwise.map(({ peer, direction }) => [peer, direction])).to.deep.equal([
      ['02:00:00:00:00:01', 3],
      ['02:00:00:00:00:01', 3],
    ]);
    expect(
      pairwise.map((key) => key.delete),
      'R140',
    ).to.deep.equal([false, false]);
  });

  it('R175: a key that is refused takes the authorisation back', () => {
    sequence({
      in: '  P-1-u-3-v------1-u---3--v--------------',
      out: ' --2---4-(KGXC)-2-----4--(kB)-----------',
      port: 'U-------A---------------U--------------',
      refuses: (symbol, nth) => symbol === 'K' && nth === 2,
    });
  });
});
