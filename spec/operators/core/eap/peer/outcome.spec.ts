import { expect } from 'chai';
import { type EapMethodCommand, eapFault } from '../../../../../operators/core/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapFailure, eapRequest, eapSuccess } from '../../../../support/eapServer.js';
import { TOY, text, toyMethod } from '../../../../support/eapToy.js';

const { IDENTITY, NOTIFICATION } = EapMethod.codes;
const DATA = text('?');
const respond: EapMethodCommand = { do: 'respond', data: DATA };

/** A peer in the middle of a method that has said this to the first request. */
const having = (...commands: ReadonlyArray<EapMethodCommand>) => {
  const toy = toyMethod({ onRequest: () => commands });
  const run = new PeerRun({ methods: [toy] });
  run.packet(eapRequest(1, IDENTITY));
  run.packet(eapRequest(2, TOY, DATA));
  return { run, toy };
};

const accept = (isFinal = true, isProven = false): EapMethodCommand => ({ do: 'accept', isFinal, isProven });

const unbelieved = (isSuccess: boolean) => ({ kind: 'result' as const, isSuccess, isBelieved: false });

describe('createPeer: Success', () => {
  it('is believed once the method has accepted the server', () => {
    for (const isFinal of [true, false]) {
      const { run } = having(accept(isFinal), respond);
      run.packet(eapSuccess(2));
      expect(run.of('succeed'), `${isFinal}`).to.have.length(1);
    }
  });

  it('is not believed before anything was asked', () => {
    const run = new PeerRun();
    run.packet(eapSuccess(0));
    expect(run.notes).to.deep.equal([
      unbelieved(true),
      { kind: 'discarded', why: 'a Success before a method has accepted the server' },
    ]);
  });

  it('is not believed after the identity alone, nor in the middle of a method', () => {
    const run = new PeerRun();
    run.packet(eapRequest(1, IDENTITY));
    run.packet(eapSuccess(1));
    expect(run.of('succeed')).to.deep.equal([]);
    const { run: middle } = having(respond);
    middle.packet(eapSuccess(2));
    expect(middle.of('succeed')).to.deep.equal([]);
    expect(middle.of('fail')).to.deep.equal([]);
  });

  it('is not believed with the identifier of another response', () => {
    const { run } = having(accept(), respond);
    run.packet(eapSuccess(1));
    run.packet(eapSuccess(4));
    expect(run.of('succeed')).to.deep.equal([]);
    expect(run.discarded).to.deep.equal(['a Success that belongs to no response', 'a Success that belongs to no response']);
    run.packet(eapSuccess(2));
    expect(run.of('succeed')).to.have.length(1);
  });

  it('is believed from a server that counts on for its result', () => {
    const { run } = having(accept(), respond);
    run.packet(eapSuccess(3));
    expect(run.of('succeed')).to.have.length(1);
    const { run: refused } = having(respond);
    refused.packet(eapFailure(3));
    expect(refused.of('fail')).to.have.length(1);
  });

  it('that was forged is named when nothing follows it', () => {
    const { run } = having(respond);
    run.packet(eapSuccess(2));
    run.feed({ kind: 'timeout' });
    expect(run.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['forgedResult']);
  });
});

describe('createPeer: Failure', () => {
  it('after the identity is a rejection without a method', () => {
    const run = new PeerRun();
    run.packet(eapRequest(1, IDENTITY));
    run.packet(eapFailure(1));
    const message = 'the server sent a Failure after the identity';
    expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault: { code: 'rejected', message } }]);
    expect(run.notes.at(-1)).to.deep.equal({ kind: 'result', isSuccess: false, isBelieved: true });
  });

  it('in the middle of a method is a rejection that names it, and lets go of it', () => {
    const { run, toy } = having(respond);
    run.packet(eapFailure(2));
    const message = 'the server ended Toy with a Failure';
    expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault: { code: 'rejected', message, method: 'Toy' } }]);
    expect(toy.released()).to.equal(1);
  });

  it('means what the method has explained beforehand', () => {
    const fault = eapFault('wrongPassword', 'the server said so', { method: 'Toy', serverCode: 691 });
    const { run } = having({ do: 'explain', fault }, respond);
    expect(run.of('fail')).to.deep.equal([]);
    run.packet(eapFailure(2));
    expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault }]);
  });

  it('is believed after an acceptance without proof, final or not, and destroys the keys', () => {
    for (const isFinal of [true, false]) {
      const msk = Secret.of(new Uint8Array(64).fill(9));
      const { run } = having({ do: 'accept', isFinal, keys: { msk } }, respond);
      run.packet(eapFailure(2));
      expect(run.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['rejected']);
      expect(msk.reveal()).to.deep.equal(new Uint8Array(64));
    }
  });

  it('is not believed after a proven success (RFC 4137 UNCOND_SUCC), and a Success still is', () => {
    const { run } = having(accept(true, true), respond);
    run.packet(eapFailure(2));
    expect(run.of('fail')).to.deep.equal([]);
    expect(run.notes.slice(-2)).to.deep.equal([
      unbelieved(false),
      { kind: 'discarded', why: 'a Failure after the method has proof of success' },
    ]);
    run.packet(eapSuccess(2));
    expect(run.of('succeed')).to.have.length(1);
  });

  it('is not believed with the identifier of another response', () => {
    const { run } = having(respond);
    run.packet(eapFailure(1));
    run.packet(eapFailure(9));
    expect(run.of('fail')).to.deep.equal([]);
  });
});

describe('createPeer: silence and other news', () => {
  it('is no answer', () => {
    const run = new PeerRun();
    expect(run.feed({ kind: 'timeout' })).to.deep.equal([
      { do: 'fail', fault: { code: 'noAnswer', message: 'the server did not answer' } },
    ]);
  });

  it('is the refusal that the server has announced', () => {
    const { run } = having({ do: 'explain', fault: eapFault('wrongPassword', 'the server said so') }, respond);
    run.feed({ kind: 'timeout' });
    expect(run.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['wrongPassword']);
  });

  it('says nothing of a password that was shown', () => {
    const { run } = having({ do: 'explain', fault: eapFault('rejected', 'no', { isOfPassword: true }) }, respond);
    run.feed({ kind: 'timeout' });
    expect(run.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['noAnswer']);
  });

  it('is a success where the method has proof of it (RFC 4137 4.4)', () => {
    const { run } = having(accept(true, true), respond);
    run.feed({ kind: 'timeout' });
    expect(run.of('succeed')).to.have.length(1);
  });

  it('is no success without proof', () => {
    const { run } = having(accept(), respond);
    run.feed({ kind: 'timeout' });
    expect(run.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['noAnswer']);
  });

  it('a tunnel that tells of success is believed as a Success is', () => {
    const { run } = having(accept(), respond);
    run.feed({ kind: 'told', isSuccess: true });
    expect(run.of('succeed')).to.have.length(1);
    const { run: early } = having(respond);
    early.feed({ kind: 'told', isSuccess: true });
    expect(early.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['forgedResult']);
  });

  it('a tunnel that tells of failure ends it', () => {
    const { run } = having(accept(true, true), respond);
    run.feed({ kind: 'told', isSuccess: false });
    expect(run.of('fail').map(({ fault }) => fault.code)).to.deep.equal(['rejected']);
  });
});

describe('createPeer: a method that fails', () => {
  const fault = eapFault('serverUnproven', 'the server did not know the password');

  it('still tells the server, and then it is over', () => {
    for (const commands of [
      [{ do: 'refuse', fault } as const, respond],
      [respond, { do: 'refuse', fault } as const],
    ]) {
      const { run, toy } = having(...commands);
      expect(run.outputs.slice(-2).map((output) => output.do)).to.deep.equal(['send', 'fail']);
      expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault }]);
      expect(toy.released()).to.equal(1);
      expect(run.packet(eapSuccess(2)), 'whatever the server says').to.deep.equal([]);
    }
  });

  it('says nothing where it has nothing to say', () => {
    const { run } = having({ do: 'refuse', fault });
    expect(run.outputs.at(-1)).to.deep.equal({ do: 'fail', fault });
    expect(run.sent).to.have.length(1);
  });

  it('keeps the first of its faults', () => {
    const { run } = having({ do: 'refuse', fault }, { do: 'refuse', fault: eapFault('tls', 'later') }, respond);
    expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault }]);
  });

  it('does not succeed though it has accepted before', () => {
    const { run } = having(accept(), { do: 'refuse', fault }, respond);
    run.packet(eapSuccess(2));
    expect(run.of('succeed')).to.deep.equal([]);
  });

  it('by an exception ends its peer and nobody else, without the words of the exception', () => {
    const fall = () => {
      throw new Error('the password is secret');
    };
    const inBegin = { ...toyMethod(), begin: fall };
    const inStep = { ...toyMethod(), step: fall };
    for (const method of [inBegin, inStep]) {
      const run = new PeerRun({ methods: [method] });
      run.packet(eapRequest(1, TOY, DATA));
      expect(run.of('fail').map(({ fault: { code, message } }) => [code, message])).to.deep.equal([
        ['malformed', 'Toy broke down'],
      ]);
    }
  });

  it('by leaving a request lying does no harm but to that request', () => {
    let isFirst = true;
    const method = toyMethod({
      onRequest: () => {
        const commands: ReadonlyArray<EapMethodCommand> = isFirst ? [] : [respond];
        isFirst = false;
        return commands;
      },
    });
    const run = new PeerRun({ methods: [method] });
    run.packet(eapRequest(1, TOY, DATA));
    expect(run.discarded).to.deep.equal(['Toy had no answer']);
    run.packet(eapRequest(2, TOY, DATA));
    expect(run.sent).to.have.length(1);
  });

  it('by answering twice answers once', () => {
    const { run } = having(respond, respond);
    expect(run.sent).to.have.length(2);
    expect(run.discarded).to.deep.equal(['Toy had an answer, and there was no request']);
  });
});

describe('createPeer: what a method holds', () => {
  it('an acceptance with later keys replaces the earlier, which are destroyed', () => {
    const [earlier, later] = [Secret.of(DATA), Secret.of(text('later'))];
    const { run } = having(
      { do: 'accept', isFinal: false, keys: { msk: earlier } },
      { do: 'accept', isFinal: true, keys: { msk: later } },
      respond,
    );
    run.packet(eapSuccess(2));
    expect(earlier.reveal()).to.deep.equal(Uint8Array.of(0));
    expect(run.of('succeed')[0]?.keys?.msk.reveal()).to.deep.equal(text('later'));
  });

  it('an acceptance without keys keeps the earlier ones', () => {
    const msk = Secret.of(DATA);
    const { run } = having({ do: 'accept', isFinal: false, keys: { msk } }, accept(), respond);
    run.packet(eapSuccess(2));
    expect(run.of('succeed')[0]?.keys?.msk.reveal()).to.deep.equal(DATA);
  });

  it('is released with the peer, keys and all', () => {
    const [msk, emsk] = [Secret.of(DATA), Secret.of(DATA)];
    const { run, toy } = having({ do: 'accept', isFinal: true, keys: { msk, emsk } }, respond);
    run.release();
    expect(toy.released()).to.equal(1);
    expect([msk.reveal(), emsk.reveal()]).to.deep.equal([Uint8Array.of(0), Uint8Array.of(0)]);
  });

  it('a method that is over gets no more requests, and Notifications are still answered', () => {
    const { run, toy } = having(accept(), respond);
    run.packet(eapRequest(3, TOY, DATA));
    expect(toy.inputs).to.have.length(1);
    expect(run.discarded).to.deep.equal(['Toy is over, and the server goes on with it']);
    run.packet(eapRequest(4, NOTIFICATION));
    expect(run.sent).to.have.length(3);
  });

  it('a method that may go on does', () => {
    const { run, toy } = having(accept(false), respond);
    run.packet(eapRequest(3, TOY, DATA));
    expect(toy.inputs).to.have.length(2);
    expect(run.sent).to.have.length(3);
  });
});
