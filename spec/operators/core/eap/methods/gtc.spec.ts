import { expect } from 'chai';
import { gtc } from '../../../../../operators/core/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapRequest, eapSuccess } from '../../../../support/eapServer.js';
import { passwordless } from '../../../../support/passwordless.js';

const { GTC } = EapMethod.codes;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const question = (identifier: number, text: string): Uint8Array => eapRequest(identifier, GTC, utf8(text));
const saidBy = (run: PeerRun): ReadonlyArray<string> => run.sent.map((packet) => new TextDecoder().decode(packet.subarray(5)));
const shownBy = (run: PeerRun): ReadonlyArray<string> =>
  run.notes.flatMap((note) => (note.kind === 'notification' ? [note.text] : []));
const withPassword = (text: string): PeerRun =>
  new PeerRun({ methods: [gtc()], password: { form: 'text', secret: Secret.of(utf8(text)) } });

describe('EAP-GTC', () => {
  it('RFC 3748 5.6: shows the message and answers with the password', () => {
    const run = withPassword('secret');
    run.packet(question(1, 'Password:\u0000'));
    run.packet(eapSuccess(1));
    expect(shownBy(run)).to.deep.equal(['Password:']);
    expect(saidBy(run)).to.deep.equal(['secret']);
    expect(run.of('succeed')).to.deep.equal([{ do: 'succeed', method: 'GTC' }]);
  });

  it('asks a person where there is no password', () => {
    const run = new PeerRun({ methods: [passwordless(gtc())] });
    run.packet(question(1, 'Token?'));
    expect(run.of('ask')).to.deep.equal([{ do: 'ask', want: 'token', message: 'Token?' }]);
    const secret = Secret.of(utf8('123456'));
    run.feed({ kind: 'supplied', secret });
    expect(saidBy(run)).to.deep.equal(['123456']);
    expect(secret.reveal().every((octet) => octet === 0)).to.equal(true);
    run.packet(eapSuccess(1));
    expect(run.of('succeed')).to.have.length(1);
  });

  it('asks a person for whatever comes after the password', () => {
    const run = withPassword('secret');
    run.packet(question(1, 'Password'));
    run.packet(question(2, 'Next code'));
    run.feed({ kind: 'supplied', secret: Secret.of(utf8('77')) });
    run.packet(question(3, 'And the next'));
    run.feed({ kind: 'supplied', secret: Secret.of(utf8('88')) });
    expect(run.of('ask').map(({ message }) => message)).to.deep.equal(['Next code', 'And the next']);
    expect(saidBy(run)).to.deep.equal(['secret', '77', '88']);
  });

  it('fails where nobody answers', () => {
    const run = new PeerRun({ methods: [passwordless(gtc())] });
    run.packet(question(1, 'Token?'));
    run.feed({ kind: 'supplied' });
    expect(run.of('fail')[0]?.fault).to.include({ code: 'noCredential', method: 'GTC' });
  });

  it('never says more than the link takes', () => {
    const run = new PeerRun({ methods: [gtc()], password: { form: 'text', secret: Secret.of(new Uint8Array(100)) }, room: 99 });
    run.packet(question(1, 'Password'));
    expect(run.sent).to.deep.equal([]);
  });
});
