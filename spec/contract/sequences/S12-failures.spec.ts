import { expect } from 'chai';
import type { HostEvent } from '../../../streams/events/index.js';
import { AP, perform } from '../../support/fixtures.js';
import { sequence } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';
import { AP_2 } from '../../support/symbols.js';

const last = (effects: ReadonlyArray<{ readonly kind: string }>) =>
  effects.findLast(({ kind }) => kind === 'postAssociateCompletion');

describe('S12: failure completions', () => {
  it('S12a: a Perform that is refused is never completed', () => {
    sequence({
      in: '  P-1-- 1m ----',
      ret: ' n---- 1m ----',
      out: ' ----- 1m ----',
      port: '----- 1m ----',
      symbols: { P: (): HostEvent => ({ ...perform({ peer: AP }), association: perform({ peer: AP_2 }).association }) },
    });
  });

  it('S12b: without message 3 the operation ends by a timeout', () => {
    const { effects } = sequence({
      in: '  P--1-u---1-u------------',
      out: ' ---2-----2---------B----',
      port: 'U-----------------------',
      methods: [symbolic(false, { completionTimeout: 19 })],
    });
    expect(last(effects)).to.include({ reason: 0x48005, win32: 1460 });
  });

  it('S12c: a key the sink refuses ends it at once', () => {
    const { effects } = sequence({
      in: '  P-1-u-3-v---------------',
      out: ' --2---4-(kB)------------',
      port: 'U-----------------------',
      refuses: 'K',
    });
    expect(last(effects), 'R136').to.include({ reason: 0x48010, win32: 31 });
  });

  it('S12d: 802.1X fails, is started again, and succeeds', () => {
    const { effects } = sequence({
      in: '  P---N---------R-----1-u---3-v-----------',
      out: ' s---B---s-----------2-----4-(KGXC)------',
      port: 'U---------------------------A-----------',
      methods: [symbolic(true, { retryAfter: 4 })],
    });
    const [failed] = effects.filter(({ kind }) => kind === 'postAssociateCompletion');
    expect(failed, 'R114').to.include({ reason: 0x50005, win32: 1244 });
  });

  it('S12e: a module that cannot be started is a failure, told on a later turn', () => {
    sequence({
      in: '  P-------',
      ret: ' y-------',
      out: ' sB------',
      port: 'U-------',
      refuses: 's',
      methods: [symbolic(true)],
    });
  });
});
