import { expect } from 'chai';
import type { MethodCommand } from '../../../operators/core/index.js';
import { Cipher, Secret } from '../../../streams/events/index.js';
import { acting } from '../../support/actingMethod.js';
import { sequence } from '../../support/marbles.js';
import { eapol, symbolOf } from '../../support/symbolicMethod.js';

describe('S9: a group rekey while the first keys still wait', () => {
  it('R133: the pairwise key goes first, whichever packet was sent first', () => {
    sequence({
      in: '  P-1-u-3-g-w-v-------',
      out: ' --2---4-h---(KGXGC)-',
    });
  });

  it('R133: also when message 3 was repeated meanwhile', () => {
    sequence({
      in: '  P-1-u-3-g-3-w-v-------',
      out: ' --2---4-h-4---(KGXGC)-',
    });
  });

  it('R11, R192: the keys a repeated message 3 replaced are destroyed with the port', () => {
    const keys: Secret[] = [];
    const pairwise = (): MethodCommand => {
      const key = Secret.of(new Uint8Array(16).fill(7 + keys.length));
      keys.push(key);
      const material = { form: 'ccmp' as const, counter: new Uint8Array(6), key };
      return { do: 'install', after: '4', keys: [{ slot: 'pairwise', algorithm: Cipher.codes.CCMP, material }] };
    };
    const on = (symbol: string): ReadonlyArray<MethodCommand> =>
      symbol === '3' ? [{ do: 'send', tag: '4', etherType: 0x888e, payload: eapol('4') }, pairwise()] : [];
    sequence({
      in: '  P-3-3-S---',
      out: ' --4-4-----',
      methods: [acting([], (input) => (input.kind === 'packet' ? on(symbolOf(input.payload)) : []))],
    });
    expect(keys.map((key) => key.reveal()[0])).to.deep.equal([0, 0]);
  });
});
