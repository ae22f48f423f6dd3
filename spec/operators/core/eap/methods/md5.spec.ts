import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { md5, type PeerPassword } from '../../../../../operators/core/index.js';
import { Secret, toHex } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapRequest, eapSuccess } from '../../../../support/eapServer.js';
import { passwordless } from '../../../../support/passwordless.js';

const { MD5_CHALLENGE } = EapMethod.codes;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const CHALLENGE = utf8('what is it?');
const challenge = eapRequest(9, MD5_CHALLENGE, Uint8Array.of(CHALLENGE.length, ...CHALLENGE, ...utf8('server')));
const given = (text: string, form: PeerPassword['form'] = 'text'): PeerPassword => ({ form, secret: Secret.of(utf8(text)) });

const expected = (password: string): string =>
  `0209001604${'10'}${createHash('md5')
    .update(Buffer.concat([Buffer.from([9]), utf8(password), CHALLENGE]))
    .digest('hex')}`;

const sentBy = (run: PeerRun): ReadonlyArray<string> => run.sent.map(toHex);

describe('EAP-MD5', () => {
  it('RFC 3748 5.4: answers with the hash of identifier, password and challenge', () => {
    const run = new PeerRun({ methods: [md5()], password: given('secret') });
    run.packet(challenge);
    expect(sentBy(run)).to.deep.equal([expected('secret')]);
    run.packet(eapSuccess(9));
    expect(run.of('succeed')).to.deep.equal([{ do: 'succeed', method: 'MD5-Challenge' }]);
  });

  it('asks for a password it has not, or of which it has but the hash', () => {
    for (const run of [
      new PeerRun({ methods: [passwordless(md5())] }),
      new PeerRun({ methods: [md5()], password: given('0123456789abcdef', 'ntHash') }),
    ]) {
      run.packet(challenge);
      expect(run.of('ask')).to.deep.equal([{ do: 'ask', want: 'password', message: '' }]);
      const secret = Secret.of(utf8('typed in'));
      run.feed({ kind: 'supplied', secret });
      expect(sentBy(run)).to.deep.equal([expected('typed in')]);
      expect(secret.reveal().every((octet) => octet === 0)).to.equal(true);
    }
  });

  it('fails where there is none', () => {
    const run = new PeerRun({ methods: [md5()], password: given('0123456789abcdef', 'ntHash') });
    run.packet(challenge);
    run.feed({ kind: 'supplied' });
    expect(run.of('fail')[0]?.fault).to.include({ code: 'noCredential', method: 'MD5-Challenge' });
    expect(run.of('fail')[0]?.fault.message).to.contain('hash');
  });

  it('does not answer what is no challenge', () => {
    for (const data of [[], [0], [5, 1, 2, 3, 4]]) {
      const run = new PeerRun({ methods: [md5()], password: given('secret') });
      run.packet(eapRequest(9, MD5_CHALLENGE, Uint8Array.from(data)));
      expect(run.sent, `${data}`).to.deep.equal([]);
    }
  });
});
