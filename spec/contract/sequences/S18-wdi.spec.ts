import type { HostEvent } from '../../../streams/events/index.js';
import { ADAPTER, association } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';
import { AP_2, STRANGER } from '../../support/symbols.js';

const result = (changes: Parameters<typeof association>[0]) => (): HostEvent => ({
  kind: 'associationCompletion',
  adapter: ADAPTER,
  association: association(changes),
});

const diagram = {
  feed: 'wdi',
  methods: [symbolic(false, { excludesUnencrypted: false })],
  symbols: {
    f: result({ peer: STRANGER, status: 1 }),
    r: result({}),
    q: result({ peer: AP_2 }),
    m: (): HostEvent => ({ kind: 'roamingCompletion', adapter: ADAPTER, status: 0 }),
  },
} as const;

describe('S18: fed by WDI', () => {
  it('S18: the failures of a result list open nothing, and the disassociation comes before the next result', () => {
    sequence({
      ...diagram,
      in: '  (fr)1-3-v-----x-q-m-------',
      out: ' ----2-4-(KGC)-------------',
      port: 'U-------A-----x-U---------',
    });
  });

  it('S18: a roam task that stays with its access point changes nothing', () => {
    sequence({
      ...diagram,
      in: '  (fr)1-3-v-----m-----------',
      out: ' ----2-4-(KGC)-------------',
      port: 'U-------A-----------------',
    });
  });
});
