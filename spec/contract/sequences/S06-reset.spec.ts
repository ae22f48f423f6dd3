import { expect } from 'chai';
import type { AdapterHandle, ServiceHandle, SessionHandle } from '../../../streams/events/index.js';
import { AP, initAdapter, perform } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';
import { answered, packet } from '../../support/symbols.js';

describe('S6: adapter reset', () => {
  it('S6a: a pending operation is cancelled inside the handler, then EAPOL is registered again', () => {
    const { effects } = sequence({
      in: '  P--1--Z--3----------',
      out: ' ---2--(cE)----------',
      port: 'U-----x-------------',
    });
    expect(effects[1], 'R151').to.include({ kind: 'postAssociateCompletion', win32: 1223, reason: 0x48011 });
  });

  it('S6b: a completed one gets no second completion', () => {
    sequence({
      in: '  P-1-u-3-v---------Z-----',
      out: ' --2---4-(KGXC)----E-----',
      port: 'U-------A---------x-----',
    });
  });

  it('S6c: 802.1X is stopped, the completion follows, then the registration', () => {
    sequence({
      in: '  P-e---Z-------------',
      out: ' s-F---(zcE)---------',
      port: 'U-----x-------------',
      methods: [symbolic(true)],
    });
  });

  it('S6d: stop first: the reset has nothing to complete', () => {
    sequence({
      in: '  P----S--Z-----------',
      out: ' --------E-----------',
      port: 'U----x--------------',
    });
  });

  it('S6d: reset first: the stop has nothing to end', () => {
    sequence({
      in: '  P----Z---S----------',
      out: ' -----(cE)-----------',
      port: 'U----x--------------',
    });
  });

  it('S6e: a pending pre-association is cancelled by a completion of its own', () => {
    const { effects } = sequence({
      in: '  A---Z-----j----',
      out: ' A---(iE)-------',
      holds: 'A',
      symbols: { j: answered('A') },
    });
    expect(effects[1]).to.include({ kind: 'preAssociateCompletion', win32: 1223, connect: '0xc1' });
  });

  it('S6e: both are cancelled when both are pending', () => {
    const { log } = sequence({
      in: '  A-P-----Z----------',
      out: ' A-------(ciE)------',
      port: '--U-----x----------',
      holds: 'A',
    });
    expect(log.filter(({ lane, symbol }) => lane === 'out' && 'ci'.includes(symbol))).to.have.length(2);
  });

  it('S6f: of two adapters only the one that is reset', () => {
    const B = '0xb1' as AdapterHandle;
    sequence({
      in: '  (Pbp)----Z-----q---',
      out: ' E--------(cE)--2---',
      symbols: {
        b: () => initAdapter(B, '0x52' as ServiceHandle),
        p: () => perform({ adapter: B, session: '0x1' as SessionHandle }),
        q: () => packet('1', AP, 3, B),
      },
    });
  });

  it('S6g: after a failure nothing is pending and nothing is owed', () => {
    sequence({
      in: '  P-1-u-3-v----Z-----',
      out: ' --2---4-(kB)-E-----',
      refuses: 'K',
    });
  });

  it('S6h: the next connection prepares anew and works', () => {
    sequence({
      in: '  P--1--Z-----AjUM-----P--1-u-3-v-------',
      out: ' ---2--(cE)--AUM-p-------2---4-(KGXC)--',
      port: 'U-----x--------------U--------A-------',
      holds: 'AUM',
      symbols: { j: answered('A'), U: answered('U'), M: answered('M') },
    });
  });
});
