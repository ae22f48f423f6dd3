import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';

describe('S3: stop before the completion', () => {
  it('S3: nothing more of the port, and the send under way keeps its buffer', () => {
    sequence({
      in: '  P--1--S-u-3---S-----------',
      out: ' ---2----------------------',
      port: 'U-----x-------------------',
      mem: ' ---+----f-----------------',
    });
  });

  it('S3: 802.1X is stopped once, and what it still has to say is not heard', () => {
    sequence({
      in: '  P-e--S-e-R----------',
      out: ' s-F--z--------------',
      port: 'U----x--------------',
      methods: [symbolic(true)],
    });
  });
});
