import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto as crypto } from '../../../../../adapters/crypto/index.js';
import { mppeKeys } from '../../../../../operators/core/eap/mschap/mppeKeys.js';
import {
  challengeHash,
  type MschapV2Exchange,
  mschapV2Proof,
  mschapV2Response,
} from '../../../../../operators/core/eap/mschap/mschapV2.js';
import { ntChallengeResponse } from '../../../../../operators/core/eap/mschap/ntChallengeResponse.js';
import { ntHash } from '../../../../../operators/core/eap/mschap/ntHash.js';
import { utf16 } from '../../../../../operators/core/eap/mschap/utf16.js';
import { Secret, toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const hashOf = (text: string): Uint8Array => ntHash(crypto, { form: 'text', secret: Secret.of(utf8(text)) }) ?? new Uint8Array(0);

/** RFC 2759 9.2. */
const rfc2759: MschapV2Exchange = {
  authenticatorChallenge: hex('5b5d7c7d7b3f2f3e3c2c602132262628'),
  peerChallenge: hex('21402324255e262a28295f2b3a337c7e'),
  userName: utf8('User'),
  ntHash: hashOf('clientPass'),
};
const NT_RESPONSE = '82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df';

describe('MSCHAP', () => {
  it('RFC 2759 9.2: hashes the password', () => {
    expect(toHex(rfc2759.ntHash)).to.equal('44ebba8d5312b8d611474411f56989ae');
  });

  it('RFC 2759 9.2: hashes the challenges and the name', () => {
    expect(toHex(challengeHash(crypto, rfc2759))).to.equal('d02e4386bce91226');
  });

  it('RFC 2759 9.2: answers', () => {
    expect(toHex(mschapV2Response(crypto, rfc2759))).to.equal(NT_RESPONSE);
  });

  it('RFC 2759 9.2: proves the authenticator', () => {
    expect(toHex(mschapV2Proof(crypto, rfc2759, hex(NT_RESPONSE)))).to.equal('407a5589115fd0d6209f510fe9c04566932cda56');
  });

  it('RFC 2759 4: leaves a domain out of the hash', () => {
    const withDomain = { ...rfc2759, userName: utf8('LAB\\User') };
    expect(toHex(challengeHash(crypto, withDomain))).to.equal('d02e4386bce91226');
  });

  it('RFC 2433 B: answers a challenge of version 1', () => {
    expect(toHex(ntChallengeResponse(crypto, hex('102db5df085d3041'), hashOf('MyPw')))).to.equal(
      '4e9d3c8f9cfd385d5bf4d3246791956ca4c351ab409a3d61',
    );
    expect(toHex(hashOf('MyPw'))).to.equal('fc156af7edcd6c0edde3337d427f4eac');
  });

  it('RFC 3079 3.5.3: makes the keys', () => {
    const { send, receive } = mppeKeys(crypto, rfc2759.ntHash, hex(NT_RESPONSE));
    // The server of the example sends under it.
    expect(toHex(receive.reveal())).to.equal('8b7cdc149b993a1ba118cb153f56dccb');
    // By hostap's crypto_module_tests, from the same exchange.
    expect(toHex(send.reveal())).to.equal('d5f0e9521e3ea9589645e86051c82226');
  });

  it('takes the hash of a password for the password', () => {
    const secret = Secret.of(rfc2759.ntHash);
    const hash = ntHash(crypto, { form: 'ntHash', secret });
    expect(hash).to.deep.equal(rfc2759.ntHash);
    hash?.fill(0);
    expect(secret.reveal(), 'it was a copy').to.deep.equal(rfc2759.ntHash);
    expect(ntHash(crypto, { form: 'ntHash', secret: Secret.of(new Uint8Array(15)) })).to.equal(undefined);
  });

  it('writes any text in UTF-16', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf16(utf8(text))).to.deep.equal(new Uint8Array(Buffer.from(text, 'utf16le')));
      }),
    );
    expect(utf16(utf8('p\u00e4ss\u{1f511}'))).to.deep.equal(hex('7000 e400 7300 7300 3dd8 11dd'));
  });

  it('takes nothing for UTF-8 that is not', () => {
    const isUtf8 = (octets: Uint8Array): boolean => {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(octets);
        return true;
      } catch {
        return false;
      }
    };
    const octet = fc.constantFrom(0x00, 0x41, 0x80, 0x9f, 0xbf, 0xc0, 0xc1, 0xc3, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff);
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 5 }), (octets) => {
        const bytes = Uint8Array.from(octets);
        expect(utf16(bytes) !== undefined).to.equal(isUtf8(bytes));
      }),
      { numRuns: 3000 },
    );
  });
});
