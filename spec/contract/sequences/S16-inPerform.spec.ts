import type { MethodCommand } from '../../../operators/core/index.js';
import { Cipher, Secret } from '../../../streams/events/index.js';
import { acting } from '../../support/actingMethod.js';
import { sequence } from '../../support/marbles.js';
import { eapol, symbolOf } from '../../support/symbolicMethod.js';

const pairwise = (after?: string): MethodCommand => ({
  do: 'install',
  keys: [
    {
      slot: 'pairwise',
      algorithm: Cipher.codes.CCMP,
      material: { form: 'ccmp', counter: new Uint8Array(6), key: Secret.of(new Uint8Array(16).fill(7)) },
    },
  ],
  ...(after !== undefined && { after }),
});
const succeed: MethodCommand = { do: 'succeed' };
const fail: MethodCommand = { do: 'fail', reason: 0x48005, win32: 1460 };
const send4: MethodCommand = { do: 'send', tag: '4', etherType: 0x888e, payload: eapol('4') };

describe('S16: known at once, told later', () => {
  it('R37: keys that go in during Perform are no reason to complete inside it', () => {
    sequence({
      in: '  P-----',
      out: ' KC----',
      port: 'UA----',
      methods: [acting([pairwise(), succeed])],
    });
  });

  it('R37: nor is a key that is refused', () => {
    sequence({
      in: '  P-----',
      out: ' kB----',
      refuses: 'K',
      methods: [acting([pairwise(), succeed])],
    });
  });

  it('R37, R58: a key that is in later delays the completion further', () => {
    sequence({
      in: '  P--k--',
      out: ' K--C--',
      holds: 'K',
      symbols: { k: ({ effects }) => ({ kind: 'reply', call: effects[0]?.call ?? 0, win32: 0 }) },
      methods: [acting([pairwise(), succeed])],
    });
  });

  it('R178: a failure takes back a success that was still waiting for its keys', () => {
    const on = (symbol: string): ReadonlyArray<MethodCommand> => (symbol === '3' ? [send4, pairwise('4'), succeed] : [fail]);
    sequence({
      in: '  P-1-3-1-v-----',
      out: ' --B-4---K-----',
      port: 'U-------------',
      methods: [acting([], (input) => (input.kind === 'packet' ? on(symbolOf(input.payload)) : []))],
    });
  });
});
