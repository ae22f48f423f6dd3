import { expect } from 'chai';
import { AssocStatus, BROADCAST, type HostEvent } from '../../../streams/events/index.js';
import { ADAPTER, type AP } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { STRANGER } from '../../support/symbols.js';

const disassociation = (peer: typeof AP, reason: number) => (): HostEvent => ({
  kind: 'disassociation',
  adapter: ADAPTER,
  peer,
  reason,
});

describe('S8: disassociation, then a roam back', () => {
  it('S8: the port ends with the indication and another opens with the next association', () => {
    sequence({
      feed: 'ndis',
      in: '  a-k-1u3-v-----x---a-k-----',
      out: ' ----2-4-(KGXC)------------',
      port: '--U-----A-----x-----U-----',
    });
  });

  it('S8: a disassociation from everybody is one from this access point', () => {
    sequence({
      feed: 'ndis',
      in: '  a-k-1u3-v-----x-3---',
      out: ' ----2-4-(KGXC)------',
      port: '--U-----A-----x-----',
      symbols: { x: disassociation(BROADCAST, AssocStatus.codes.DISASSOCIATED_BY_OS) },
    });
  });

  it('R213: one from a stranger ends nothing and is remarked', () => {
    const { remarks } = sequence({
      feed: 'ndis',
      in: '  a-k-1u3-v-----x-----',
      out: ' ----2-4-(KGXC)------',
      port: '--U-----A-----------',
      symbols: { x: disassociation(STRANGER, 0x00010006) },
    });
    expect(remarks.map(({ rule }) => rule)).to.deep.equal(['R213']);
  });
});
