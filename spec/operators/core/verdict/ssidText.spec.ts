import { expect } from 'chai';
import fc from 'fast-check';
import { ssidText } from '../../../../operators/core/verdict/json/ssidText.js';
import { hex } from '../../../streams/frames/hex.js';

describe('ssidText', () => {
  it('is the text itself', () => {
    fc.assert(
      // Of the unit `binary` no string has half a surrogate pair, which UTF-8 cannot write.
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(ssidText(new TextEncoder().encode(text))).to.equal(text);
      }),
    );
  });

  it('keeps a byte order mark, which is part of the name', () => {
    expect(ssidText(hex('efbbbf61'))).to.equal('\ufeffa');
  });

  it('escapes what is no UTF-8, and its own backslash', () => {
    expect(ssidText(hex('6361665c e9'.replace(' ', '')))).to.equal('caf\\x5c\\xe9');
    expect(ssidText(hex('c08000'))).to.equal('\\xc0\\x80\\x00');
  });

  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof ssidText(bytes) === 'string'));
  });
});
