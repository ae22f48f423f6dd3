import { L2Reason, OneXResult } from '../../../streams/events/index.js';
import { ADAPTER } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';
import { AP_2, answered, oneXResult, packet } from '../../support/symbols.js';

const failed = () =>
  oneXResult(OneXResult.codes.FAILURE, { reason: L2Reason.codes.ONEX_AUTHENTICATOR_NO_LONGER_PRESENT }, ADAPTER);

describe('S13: the old 802.1X run reports while the new one begins', () => {
  it('R115: a module that reports from inside StopOneX reports of the run that was stopped', () => {
    sequence({
      in: '  P-----Q--R-i-j-v------',
      out: ' s-----(zs)-2-4-(KGXC)-',
      port: 'U-----(xU)-----A------',
      methods: [symbolic(true)],
      symbols: { N: failed, i: () => packet('1', AP_2), j: () => packet('3', AP_2) },
      inside: (symbol) => (symbol === 'z' ? 'N' : ''),
    });
  });

  it('R265: one that reports from inside StartOneX reports of the run that begins', () => {
    sequence({
      in: '  P----------------',
      out: ' sB---------------',
      methods: [symbolic(true)],
      symbols: { N: failed },
      inside: (symbol) => (symbol === 's' ? 'N' : ''),
    });
  });

  it('R110: its progress takes back nothing', () => {
    sequence({
      in: '  P-NI-r------------',
      out: ' s----B------------',
      holds: 's',
      methods: [symbolic(true)],
      symbols: { N: failed, r: answered('s') },
    });
  });
});
