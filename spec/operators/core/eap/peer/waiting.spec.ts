import { expect } from 'chai';
import { type EapMethodCommand, eapFault, type TlsTurn } from '../../../../../operators/core/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapFailure, eapRequest, eapSuccess } from '../../../../support/eapServer.js';
import { TOY, text, toyMethod } from '../../../../support/eapToy.js';

const { NOTIFICATION, IDENTITY } = EapMethod.codes;
const HELLO = text('hello');
const tls: EapMethodCommand = { do: 'tls', session: 'tls', command: { do: 'receive', records: HELLO } };
const ask: EapMethodCommand = { do: 'ask', want: 'password', message: 'who goes there?' };
const turn = (changes: Partial<TlsTurn> = {}): TlsTurn => ({ records: HELLO, plain: new Uint8Array(0), ...changes });
const respond: EapMethodCommand = { do: 'respond', data: HELLO };

/** A peer whose method waits for something with every request. */
const waitingFor = (command: EapMethodCommand, then: ReadonlyArray<EapMethodCommand> = [respond]) => {
  const toy = toyMethod({ onRequest: () => [command], onOther: () => then });
  return { run: new PeerRun({ methods: [toy] }), toy };
};

describe('createPeer: while a method waits for TLS or a person', () => {
  it('passes the command on, and the answer comes when the turn does', () => {
    const { run, toy } = waitingFor(tls);
    run.packet(eapRequest(1, TOY, HELLO));
    expect(run.outputs.at(-1)).to.deep.equal(tls);
    expect(run.sent).to.deep.equal([]);
    run.feed({ kind: 'tls', session: 'tls', turn: turn() });
    expect(toy.inputs.at(-1)).to.deep.equal({ kind: 'tls', session: 'tls', turn: turn() });
    expect(run.sent).to.have.length(1);
  });

  it('passes a question on, and what was supplied, or nothing', () => {
    for (const supplied of [{ kind: 'supplied' as const, secret: Secret.of(HELLO) }, { kind: 'supplied' as const }]) {
      const { run, toy } = waitingFor(ask);
      run.packet(eapRequest(1, TOY, HELLO));
      expect(run.outputs.at(-1)).to.deep.equal(ask);
      run.feed(supplied);
      expect(toy.inputs.at(-1)).to.deep.equal(supplied);
    }
  });

  it('drops a repetition of the request it is at work on', () => {
    const { run, toy } = waitingFor(tls);
    run.packet(eapRequest(1, TOY, HELLO));
    run.packet(eapRequest(1, TOY, HELLO));
    expect(run.discarded).to.deep.equal(['a repetition, and the answer is still being made']);
    run.feed({ kind: 'tls', session: 'tls', turn: turn() });
    expect(run.sent).to.have.length(1);
    expect(toy.inputs).to.have.length(2);
  });

  it('takes other requests afterwards, in order, and no more than four', () => {
    const { run, toy } = waitingFor(tls);
    run.packet(eapRequest(1, TOY, HELLO));
    for (let id = 2; id <= 6; id++) run.packet(eapRequest(id, TOY, Uint8Array.of(id)));
    run.packet(eapRequest(2, TOY, Uint8Array.of(2)));
    expect(run.discarded).to.deep.equal([
      'more requests than can wait for their turn',
      'a repetition of what waits for its turn',
    ]);
    for (let times = 0; times < 5; times++) run.feed({ kind: 'tls', session: 'tls', turn: turn() });
    expect(run.sent.map((packet) => packet[1])).to.deep.equal([1, 2, 3, 4, 5]);
    const requests = toy.inputs.flatMap((input) => (input.kind === 'request' ? [input.identifier] : []));
    expect(requests).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('answers what waited without the method at once when the method is done', () => {
    const { run } = waitingFor(tls);
    run.packet(eapRequest(1, TOY, HELLO));
    run.packet(eapRequest(2, NOTIFICATION, text('wait')));
    run.packet(eapRequest(3, IDENTITY));
    expect(run.sent).to.deep.equal([]);
    run.feed({ kind: 'tls', session: 'tls', turn: turn() });
    expect(run.sent.map((packet) => packet[1])).to.deep.equal([1, 2]);
    expect(run.discarded).to.deep.equal(['the server asks who this is in the middle of Toy']);
  });

  it('believes a Failure meanwhile, and destroys what comes back too late', () => {
    const { run, toy } = waitingFor(tls);
    run.packet(eapRequest(1, TOY, HELLO));
    run.packet(eapFailure(1));
    expect(run.of('fail')).to.have.length(1);
    expect(toy.released()).to.equal(1);
    const keys = { msk: HELLO.slice() };
    const established = { version: 'TLSv1.3', cipher: 'c', isResumed: false, keys };
    expect(run.feed({ kind: 'tls', session: 'tls', turn: turn({ established }) })).to.deep.equal([]);
    expect(keys.msk).to.deep.equal(new Uint8Array(5));
    const secret = Secret.of(HELLO);
    expect(run.feed({ kind: 'supplied', secret })).to.deep.equal([]);
    expect(secret.reveal()).to.deep.equal(new Uint8Array(5));
  });

  it('does not give a method what it did not ask for', () => {
    const toy = toyMethod();
    const run = new PeerRun({ methods: [toy] });
    const secret = Secret.of(HELLO);
    run.packet(eapRequest(1, TOY, HELLO));
    expect(run.feed({ kind: 'supplied', secret })).to.deep.equal([]);
    expect(run.feed({ kind: 'tls', session: 'tls', turn: turn() })).to.deep.equal([]);
    expect(toy.inputs).to.have.length(1);
    expect(secret.reveal()).to.deep.equal(new Uint8Array(5));
    run.packet(eapSuccess(1));
    expect(run.of('succeed')).to.have.length(1);
  });

  it('a fault waits for the alert that tells the server of it', () => {
    const fault = eapFault('certificate', 'the certificate has expired');
    const toy = toyMethod({
      onRequest: () => [{ do: 'refuse', fault }, tls],
      onOther: () => [respond],
    });
    const run = new PeerRun({ methods: [toy] });
    run.packet(eapRequest(1, TOY, HELLO));
    expect(run.of('fail')).to.deep.equal([]);
    run.feed({ kind: 'tls', session: 'tls', turn: turn() });
    expect(run.outputs.slice(-2).map((output) => output.do)).to.deep.equal(['send', 'fail']);
  });

  it('a fault that waits is not forgotten for a Success, nor for a silence', () => {
    const fault = eapFault('certificate', 'the certificate has expired');
    const accepting: EapMethodCommand = { do: 'accept', isFinal: true, isProven: true };
    for (const input of [{ kind: 'packet' as const, packet: eapSuccess(1) }, { kind: 'timeout' as const }]) {
      const run = new PeerRun({ methods: [toyMethod({ onRequest: () => [accepting, { do: 'refuse', fault }, tls] })] });
      run.packet(eapRequest(1, TOY, HELLO));
      run.feed(input);
      expect(run.of('succeed')).to.deep.equal([]);
      expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault }]);
    }
  });

  it('does not take the silence of a server that waits for its answer for an end', () => {
    const { run } = waitingFor(ask);
    run.packet(eapRequest(1, TOY, HELLO));
    expect(run.feed({ kind: 'timeout' })).to.deep.equal([]);
    run.feed({ kind: 'supplied', secret: Secret.of(HELLO) });
    expect(run.sent).to.have.length(1);
    run.feed({ kind: 'timeout' });
    expect(run.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['noAnswer']);
  });

  it('a fault that waits is the reason when the server falls silent', () => {
    const fault = eapFault('certificate', 'the certificate has expired');
    const run = new PeerRun({ methods: [toyMethod({ onRequest: () => [{ do: 'refuse', fault }, tls] })] });
    run.packet(eapRequest(1, TOY, HELLO));
    run.feed({ kind: 'timeout' });
    expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault }]);
  });
});
