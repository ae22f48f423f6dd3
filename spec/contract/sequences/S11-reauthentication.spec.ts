import { AUTHORISED, type Prelude, sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';

/** An authorised port whose 802.1X run is over. */
const given: Prelude = {
  in: '  P-R-1-u-3-v-------',
  out: ' s---2---4-(KGXC)--',
  port: 'U---------A-------',
};

describe('S11: reauthentication', () => {
  it('S11: a new 802.1X run and new keys, while the port stays as it is', () => {
    sequence({
      given,
      in: '  e---e--R--1-u-3--v------------------',
      out: ' s---F-----2---4--(KG)---------------',
      port: '------------------------------------',
      methods: [symbolic(true)],
    });
  });

  it('S11b: a failure takes the authorisation, the next success gives it back', () => {
    sequence({
      given,
      in: '  e---e--N----------R---1-u-3--v------',
      out: ' s---F--B------s-------2---4--(KGC)--',
      port: '-------U---------------------A------',
      methods: [symbolic(true, { retryAfter: 7 })],
    });
  });

  it('R109: without 802.1X nobody wants the packet', () => {
    sequence({
      given: AUTHORISED,
      in: '  e---e-',
      out: ' ------',
    });
  });
});
