import { expect } from 'chai';
import fc from 'fast-check';
import { saslPrep } from '../../../../../operators/core/eap/methods/pwd/saslPrep.js';

const prepared = (text: string): string | undefined => {
  const octets = saslPrep(new TextEncoder().encode(text));
  return octets === undefined ? undefined : new TextDecoder().decode(octets);
};

describe('SASLprep', () => {
  for (const [text, expected] of [
    ['I\u00adX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    ['\u0007', undefined],
    ['\u0627\u0031', undefined],
  ] as const) {
    it(`RFC 4013 3: ${JSON.stringify(text)}`, () => {
      expect(prepared(text)).to.equal(expected);
    });
  }

  it('RFC 4013 2.1: makes every space the one of ASCII', () => {
    expect(prepared('a\u00a0b\u3000c\u2003d')).to.equal('a b c d');
  });

  it('RFC 4013 2.3: forbids what is no text', () => {
    for (const one of [
      '\u0000',
      '\u007f',
      '\u0085',
      '\u2028',
      '\u200f',
      '\ue000',
      '\ufffe',
      '\ufffd',
      '\u2ff0',
      '\u{e0041}',
      '\u{1d173}',
    ]) {
      expect(prepared(`a${one}b`), JSON.stringify(one)).to.equal(undefined);
    }
  });

  it('RFC 3454 6: takes a text that goes one way alone', () => {
    expect(prepared('\u0627\u0644\u0628')).to.equal('\u0627\u0644\u0628');
    expect(prepared('\u0627 1 \u0628')).to.equal('\u0627 1 \u0628');
    expect(prepared('\u0627a\u0628')).to.equal(undefined);
    expect(prepared('1\u0628')).to.equal(undefined);
  });

  it('takes nothing for a text that is no UTF-8', () => {
    expect(saslPrep(Uint8Array.of(0xc0, 0x80))).to.equal(undefined);
  });

  it('leaves what it has prepared as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = prepared(text);
        if (once !== undefined) expect(prepared(once)).to.equal(once);
      }),
    );
  });
});
