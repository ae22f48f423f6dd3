import { expect } from 'chai';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';
import { oneXResult } from '../../support/symbols.js';

const methods = [symbolic(true)];

describe('S2: normal, with 802.1X', () => {
  it('S2: 802.1X first, then the handshake', () => {
    sequence({
      in: '  P-e--e--e-R--1-u--3-v---------',
      out: ' s-F--F--F----2----4-(KGXC)----',
      port: 'U-------------------A---------',
      methods,
    });
  });

  it('S2b: message 1 overtakes the result and is kept for the handshake', () => {
    const { effects } = sequence({
      in: '  P-e--e-1-R-u--3-v---------',
      out: ' s-F--F---2----4-(KGXC)----',
      port: 'U---------------A---------',
      methods,
    });
    const forwarded = effects.flatMap((effect) => (effect.kind === 'processOneXPacket' ? [effect.packet[0]] : []));
    expect(forwarded, 'R105, R107').to.deep.equal([0, 0]);
  });

  it('S2c: progress reports between the forwards change nothing', () => {
    sequence({
      in: '  P-eI-e-IR--1-u--3-v---------',
      out: ' s-F--F-----2----4-(KGXC)----',
      port: 'U-----------------A---------',
      methods,
    });
  });

  it('S2d: a success without keys is a failure where keys are needed', () => {
    const { effects } = sequence({
      in: '  P-e--e--O------',
      out: ' s-F--F--B------',
      port: 'U--------------',
      methods,
      symbols: { O: () => ({ ...oneXResult(0), parameters: undefined }) as never },
    });
    expect(effects.at(-1)).to.include({ kind: 'postAssociateCompletion', reason: 0x4800b, win32: 13 });
  });

  it('R112: both protected keys are opened once, and wiped', () => {
    const { supplied } = sequence({
      in: '  P-e--R--1-u-3-v------',
      out: ' s-F-----2---4-(KGXC)-',
      methods,
    });
    expect(supplied).to.have.length(2);
    for (const secret of supplied) expect([...secret.reveal()].every((octet) => octet === 0)).to.equal(true);
  });
});
