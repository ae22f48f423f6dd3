import { expect } from 'chai';
import { AUTHORISED, sequence } from '../../support/marbles.js';

describe('S9: group rekey', () => {
  it('S9: answered, then one key, and no completion', () => {
    const { effects } = sequence({
      given: AUTHORISED,
      in: '  g---w-------g-g---------',
      out: ' h---G-------h-h---------',
      port: '------------------------',
    });
    expect(effects.findLast(({ kind }) => kind === 'setDefaultKey')).to.include({ keyIndex: 2, direction: 1 });
  });

  it('R135: a repeated message is answered and its key stays as it is', () => {
    sequence({
      given: AUTHORISED,
      in: '  g---w-------g-w-g-w-----',
      out: ' h---G-------h---h-------',
    });
  });
});
