import { expect } from 'chai';
import fc from 'fast-check';
import { mschapFault, readMschapFailure } from '../../../../../operators/core/eap/mschap/failureMessage.js';
import { readMschapSuccess } from '../../../../../operators/core/eap/mschap/successMessage.js';
import { hex } from '../../../../streams/frames/hex.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const failure = (text: string) => readMschapFailure(utf8(text));
const CHALLENGE = '78a23db81bc44057620ed33dcd667cbd';

describe('what MSCHAPv2 says of a refusal', () => {
  it('RFC 2759 6: all of it', () => {
    expect(failure(`E=691 R=1 C=${CHALLENGE} V=3 M=Authentication rejected E=1`)).to.deep.equal({
      ...{ error: 691, mayRetry: true, challenge: hex(CHALLENGE), message: 'Authentication rejected E=1' },
    });
  });

  it('as little as there is', () => {
    expect(failure('E=647')).to.deep.equal({ error: 647, mayRetry: false, message: '' });
    expect(failure('E=691 R=0 C=12 V=3')).to.deep.equal({ error: 691, mayRetry: false, message: '' });
  });

  it('nothing of what the message says', () => {
    expect(failure('E=691 R=0 M=R=1 C=00000000000000000000000000000000')).to.deep.equal({
      ...{ error: 691, mayRetry: false, message: 'R=1 C=00000000000000000000000000000000' },
    });
    expect(failure('M=E=691')).to.equal(undefined);
  });

  it('nothing that would play with a terminal', () => {
    expect(failure('E=691 M=\u001b[2Jgone\u202e\r\n')?.message).to.equal('[2Jgone');
  });

  it('or that there is nothing to say', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => void readMschapFailure(octets)));
    for (const text of ['', 'no', 'E=', 'E=x', 'SE=691']) expect(failure(text), text).to.equal(undefined);
  });

  it('means a fault', () => {
    const codes = [646, 647, 648, 649, 691, 709, 12].map((error) => mschapFault('MSCHAPv2', { error }).code);
    const restricted = 'accountRestricted';
    expect(codes).to.deep.equal([restricted, restricted, restricted, restricted, 'wrongPassword', 'rejected', 'rejected']);
    expect(mschapFault('MSCHAPv2', { error: 648 })).to.include({ serverCode: 648, method: 'MSCHAPv2' });
  });
});

describe('what MSCHAPv2 says of success', () => {
  const PROOF = '407A5589115FD0D6209F510FE9C04566932CDA56';

  it('is a proof, and perhaps a message', () => {
    expect(readMschapSuccess(utf8(`S=${PROOF}`))).to.deep.equal(hex(PROOF));
    expect(readMschapSuccess(utf8(`S=${PROOF} M=OK`))).to.deep.equal(hex(PROOF));
  });

  it('or nothing', () => {
    for (const text of ['', 'S=', `S=${PROOF.slice(1)}`, `T=${PROOF}`, `S=${PROOF.slice(1)}x`]) {
      expect(readMschapSuccess(utf8(text)), text).to.equal(undefined);
    }
  });
});
