import { expect } from 'chai';
import { portTable } from '../../../adapters/cli/portTable.js';
import type { Effect, HostEvent, LogEntry } from '../../../streams/events/index.js';
import { ADAPTER, AP, perform, SERVICE, SESSION, stop } from '../../support/fixtures.js';

const incoming = (event: HostEvent, at: number): LogEntry => ({ at, dir: 'in', event });
const outgoing = (event: Effect, at: number): LogEntry => ({ at, dir: 'out', event });
const portCall = { adapter: ADAPTER, service: SERVICE, session: SESSION, generation: 1, call: 7 };

describe('portTable', () => {
  it('says what became of each port', () => {
    const entries = [
      incoming(perform(), 1_000_000),
      outgoing({ kind: 'postAssociateCompletion', ...portCall, peer: AP, reason: 0x48005, win32: 1460 }, 2_000_000),
      incoming(stop(), 3_000_000),
    ];
    expect(portTable(entries)).to.deep.equal([
      'port  peer               opened  verdict        keys  in/out  ended by',
      '0x1   02:00:00:00:00:01  1.000   ERROR_TIMEOUT  0     0/0     stopPostAssociate 3.000',
    ]);
  });

  it('a reset ends what is live, and nothing twice', () => {
    const entries = [incoming(perform(), 0), incoming(stop(), 1000), incoming({ kind: 'adapterReset', adapter: ADAPTER }, 2000)];
    expect(portTable(entries)[1]).to.match(/pending +0 +0\/0 +stopPostAssociate 0\.001$/);
  });
});
