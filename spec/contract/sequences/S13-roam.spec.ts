import { expect } from 'chai';
import type { HostEvent } from '../../../streams/events/index.js';
import { ADAPTER, association } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { AP_2, INPUTS, type Input, packet, sent } from '../../support/symbols.js';

const start: HostEvent = { kind: 'associationStart', adapter: ADAPTER, peer: AP_2, ssid: new Uint8Array(0) };
const completed = (status: number): HostEvent => ({
  kind: 'associationCompletion',
  adapter: ADAPTER,
  association: association({ peer: AP_2, status }),
});

const symbols: Readonly<Record<string, Input>> = {
  b: () => start,
  m: () => completed(0),
  n: () => completed(1),
  o: () => packet('3'),
  i: () => packet('1', AP_2),
  j: () => packet('3', AP_2),
  v: sent('4', 1),
  l: sent('4', 2),
};

describe('S13: roam, with leftovers of the old port', () => {
  it('S13: the old port ends with the START, and nothing of it reaches the new one', () => {
    const { effects, ledger } = sequence({
      feed: 'ndis',
      in: '  (ak)1---3-----b-m-o-i-j--v--l-------',
      out: ' ----2---4-----------2-4-----(KGXC)--',
      port: 'U-------------x-U-----------A-------',
      symbols,
    });
    expect(effects.at(-1), 'R31').to.include({ kind: 'postAssociateCompletion', session: '0x2', peer: AP_2 });
    expect(ledger.stale).to.equal(0);
  });

  it('R115: a late result of the old 802.1X run is ignored', () => {
    const { diagnostics } = sequence({
      in: '  P-1---3-----S-Q-oRi-j--v--l---------',
      out: ' --2---4-----------2-4-----(KGXC)----',
      port: 'U-----------x-U-----------A---------',
      symbols: { ...symbols, R: INPUTS['R'] as Input },
    });
    expect(diagnostics.map(({ rule }) => rule)).to.include('R115');
  });

  it('R43: a host that omits the stop gets the same', () => {
    sequence({
      in: '  P-1---3-------Q-o-i-j--v--l---------',
      out: ' --2---4-----------2-4-----(KGXC)----',
      port: 'U-------------(xU)--------A---------',
      symbols,
    });
  });

  it('R216: a roam that fails leaves no port', () => {
    sequence({
      feed: 'ndis',
      in: '  (ak)1---3-----b-n-o-i-j--v---',
      out: ' ----2---4---------------------',
      port: 'U-------------x---------------',
      symbols,
    });
  });
});
