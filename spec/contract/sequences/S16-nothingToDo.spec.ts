import { open } from '../../../operators/core/index.js';
import { openNetwork, perform } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';

const methods = [open, symbolic()];

describe('S16: nothing to do', () => {
  it('S16: an open network is completed on a later turn', () => {
    sequence({
      in: '  P-----------',
      ret: ' y-----------',
      out: ' -C----------',
      port: 'UA----------',
      methods,
      symbols: { P: () => perform({ association: openNetwork }) },
    });
  });

  it('R52: so is a port its driver has authenticated', () => {
    sequence({
      in: '  P-----------',
      ret: ' y-----------',
      out: ' -C----------',
      methods,
      symbols: { P: () => perform({ association: { portAuthorized: true } }) },
    });
  });

  it('R193: a stop in the same turn is in time', () => {
    sequence({
      in: '  (PS)--------',
      out: ' ------------',
      port: '(Ux)--------',
      methods,
      symbols: { P: () => perform({ association: openNetwork }) },
    });
  });
});
