import { expect } from 'chai';
import { readOweDiffieHellman, writeOweDiffieHellman } from '../../../streams/frames/index.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

describe('Diffie-Hellman Parameter element', () => {
  // An association request of wpa_supplicant 2.10.
  it('reads and writes what wpa_supplicant sends', () => {
    const publicKey = hex('69243053fea556ccc1ea0b21ccd209bcde181579d56de62a7e1921d666e41d70');
    const value = { group: 19, publicKey };
    const element = hex('ff23 20 1300 69243053fea556ccc1ea0b21ccd209bcde181579d56de62a7e1921d666e41d70');
    expectBytes(written(writeOweDiffieHellman(value)), element);
    expectSame(decoded(readOweDiffieHellman(element.subarray(3))), value);
  });

  it('is refused without a key, and not written without one', () => {
    expect(refusal(readOweDiffieHellman(hex('13')))).to.include({ code: 'TRUNCATED', offset: 1 });
    expect(refusal(readOweDiffieHellman(hex('1300')))).to.include({ code: 'TRUNCATED', offset: 2 });
    expect(writeOweDiffieHellman({ group: 19, publicKey: hex('') })._tag).to.equal('Left');
    expect(writeOweDiffieHellman({ group: 15, publicKey: new Uint8Array(253) })._tag).to.equal('Left');
  });

  it('there and back', () => {
    roundTrips(arbitrary.oweDiffieHellman, writeOweDiffieHellman, (bytes) => readOweDiffieHellman(bytes.subarray(3)));
  });
});
