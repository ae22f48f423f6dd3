import { expect } from 'chai';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import {
  type EapScript,
  eapFailure,
  eapOctets,
  eapRequest,
  eapServer,
  eapSuccess,
  expandedRequest,
  failure,
  request,
  success,
} from '../../../../support/eapServer.js';
import { TOY, TOY_PASSWORD, text, toyAnswer, toyMethod, toyMsk, toyScript } from '../../../../support/eapToy.js';

const { IDENTITY, NOTIFICATION, NAK, PEAP, TLS, TTLS } = EapMethod.codes;
const CHALLENGE = text('challenge');
const WFA = { vendor: 14122, type: 1 };
const response = (identifier: number, type: number, data: Uint8Array = new Uint8Array(0)) =>
  eapOctets(2, identifier, Uint8Array.of(type, ...data));

describe('createPeer: a conversation (RFC 3748, RFC 4137)', () => {
  it('answers who it is, what it knows, and succeeds with the keys of its method', () => {
    const toy = toyMethod();
    const run = new PeerRun({ methods: [toy] }).talk(eapServer(() => toyScript()));
    expect(run.sent).to.deep.equal([
      response(0x40, IDENTITY, text('anonymous')),
      response(0x41, TOY, toyAnswer(TOY_PASSWORD, CHALLENGE)),
    ]);
    const [end] = run.of('succeed');
    expect(end?.method).to.equal('Toy');
    expect(end?.keys?.msk.reveal()).to.deep.equal(toyMsk(TOY_PASSWORD, CHALLENGE));
    expect(run.notes).to.deep.equal([
      { kind: 'method', type: TOY, name: 'Toy', isInner: false, isAllowed: true },
      { kind: 'result', isSuccess: true, isBelieved: true },
    ]);
    expect([toy.begun(), toy.released()]).to.deep.equal([1, 1]);
  });

  it('succeeds without keys where the method has none', () => {
    const run = new PeerRun({ methods: [toyMethod({ hasKeys: false })] }).talk(eapServer(() => toyScript()));
    expect(run.of('succeed')).to.deep.equal([{ do: 'succeed', method: 'Toy' }]);
  });

  it('needs no Identity request', () => {
    const run = new PeerRun().talk(
      eapServer(function* (): EapScript {
        yield request(TOY, CHALLENGE);
        yield success;
      }),
    );
    expect(run.of('succeed')).to.have.length(1);
  });

  it('answers an Identity request as often as it is asked before a method, up to ten times', () => {
    const run = new PeerRun();
    for (let id = 0; id < 10; id++) run.packet(eapRequest(id, IDENTITY));
    expect(run.sent).to.have.length(10);
    expect(run.packet(eapRequest(10, IDENTITY))).to.deep.equal([
      { do: 'fail', fault: { code: 'tooManyRounds', message: 'the server asked who this is more than 10 times' } },
    ]);
  });

  it('is not asked who it is in the middle of a method', () => {
    const run = new PeerRun();
    run.packet(eapRequest(1, TOY, CHALLENGE));
    run.packet(eapRequest(2, IDENTITY));
    expect(run.sent).to.have.length(1);
    expect(run.discarded).to.deep.equal(['the server asks who this is in the middle of Toy']);
  });

  it('answers a Notification at any time, and shows its text without what would move a cursor', () => {
    const run = new PeerRun();
    run.packet(eapRequest(1, NOTIFICATION, text('your password\r\n\u001b[31mexpires\u202e soon\u0000')));
    run.packet(eapRequest(2, TOY, CHALLENGE));
    run.packet(eapRequest(3, NOTIFICATION, text('still there')));
    expect(run.sent).to.deep.equal([
      response(1, NOTIFICATION),
      response(2, TOY, toyAnswer(TOY_PASSWORD, CHALLENGE)),
      response(3, NOTIFICATION),
    ]);
    const shown = run.notes.flatMap((note) => (note.kind === 'notification' ? [note.text] : []));
    expect(shown).to.deep.equal(['your password [31mexpires soon', 'still there']);
    run.packet(eapSuccess(3));
    expect(run.of('succeed')).to.have.length(1);
  });

  it('calls itself inner where it is', () => {
    const run = new PeerRun({ isInner: true });
    run.packet(eapRequest(1, TOY, CHALLENGE));
    expect(run.notes).to.deep.equal([{ kind: 'method', type: TOY, name: 'Toy', isInner: true, isAllowed: true }]);
  });
});

describe('createPeer: which method', () => {
  const methods = [toyMethod({ type: TLS, name: 'TLS' }), toyMethod()];

  it('asks for the methods that are allowed, in the order of wish, until one is proposed', () => {
    const run = new PeerRun({ methods });
    run.packet(eapRequest(1, PEAP, Uint8Array.of(0x20)));
    run.packet(eapRequest(2, TTLS, Uint8Array.of(0x20)));
    run.packet(eapRequest(3, TOY, CHALLENGE));
    expect(run.sent.slice(0, 2)).to.deep.equal([
      response(1, NAK, Uint8Array.of(TLS, TOY)),
      response(2, NAK, Uint8Array.of(TLS, TOY)),
    ]);
    expect(run.sent[2]).to.deep.equal(response(3, TOY, toyAnswer(TOY_PASSWORD, CHALLENGE)));
    expect(run.notes.map((note) => (note.kind === 'method' ? [note.name, note.isAllowed] : note))).to.deep.equal([
      ['PEAP', false],
      ['TTLS', false],
      ['Toy', true],
    ]);
  });

  it('asks for none where none is allowed', () => {
    const run = new PeerRun({ methods: [] });
    run.packet(eapRequest(1, PEAP));
    expect(run.sent).to.deep.equal([response(1, NAK, Uint8Array.of(0))]);
  });

  it('declines a method of a vendor in the expanded form (RFC 3748 5.3.2)', () => {
    const run = new PeerRun({ methods });
    run.packet(expandedRequest(1, WFA, text('whatever')));
    const wishes = [TLS, TOY].flatMap((type) => [254, 0, 0, 0, 0, 0, 0, type]);
    expect(run.sent).to.deep.equal([response(1, 254, Uint8Array.of(0, 0, 0, 0, 0, 0, 3, ...wishes))]);
    expect(run.notes).to.deep.equal([{ kind: 'method', type: 254, name: 'WSC', isInner: false, isAllowed: false }]);
  });

  it('declines in the expanded form with type 0 where none is allowed', () => {
    const run = new PeerRun({ methods: [] });
    run.packet(expandedRequest(1, { vendor: 0, type: PEAP }));
    const none = [254, 0, 0, 0, 0, 0, 0, 0];
    expect(run.sent).to.deep.equal([response(1, 254, Uint8Array.of(0, 0, 0, 0, 0, 0, 3, ...none))]);
  });

  it('takes an expanded type of the IETF for the plain one, and answers in the form it was asked in (RFC 3748 5.7)', () => {
    const run = new PeerRun({ methods });
    run.packet(expandedRequest(1, { vendor: 0, type: TOY }, CHALLENGE));
    const answer = toyAnswer(TOY_PASSWORD, CHALLENGE);
    expect(run.sent).to.deep.equal([response(1, 254, Uint8Array.of(0, 0, 0, 0, 0, 0, TOY, ...answer))]);
    run.packet(eapSuccess(1));
    expect(run.of('succeed')).to.have.length(1);
  });

  it('does not take a large type of the IETF for the octet it ends with', () => {
    const run = new PeerRun({ methods });
    run.packet(expandedRequest(1, { vendor: 0, type: 0x100 + TOY }, CHALLENGE));
    expect(run.notes).to.deep.equal([
      { kind: 'method', type: 254, name: `type ${0x100 + TOY}`, isInner: false, isAllowed: false },
    ]);
  });

  it('stays with a method that has answered (RFC 3748 2.1)', () => {
    const run = new PeerRun({ methods });
    run.packet(eapRequest(1, TOY, CHALLENGE));
    run.packet(eapRequest(2, TLS, Uint8Array.of(0x20)));
    run.packet(eapRequest(3, PEAP));
    expect(run.sent).to.have.length(1);
    expect(run.discarded).to.deep.equal([
      'the server proposes TLS in the middle of Toy',
      'the server proposes PEAP in the middle of Toy',
    ]);
  });

  it('is free to choose again where the method did not think the first request worth an answer', () => {
    const picky = toyMethod({ type: TLS, name: 'TLS', onRequest: () => [{ do: 'discard', why: 'no start' }] });
    const run = new PeerRun({ methods: [picky, toyMethod()] });
    run.packet(eapRequest(1, TLS));
    run.packet(eapRequest(2, TOY, CHALLENGE));
    expect(run.discarded).to.deep.equal(['no start']);
    expect(run.sent).to.deep.equal([response(2, TOY, toyAnswer(TOY_PASSWORD, CHALLENGE))]);
    expect(picky.released()).to.equal(1);
  });

  it('has no common method with a server that gives up after a Nak, and says which were proposed', () => {
    const run = new PeerRun({ methods }).talk(
      eapServer(function* (): EapScript {
        yield request(IDENTITY);
        yield request(PEAP, Uint8Array.of(0x20));
        yield request(TTLS, Uint8Array.of(0x20));
        yield failure;
      }),
    );
    const message = 'the server proposed PEAP, TTLS, which is not allowed here, and then gave up';
    expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault: { code: 'noCommonMethod', message } }]);
  });
});

describe('createPeer: repetitions (RFC 3748 4.1)', () => {
  it('gives the same answer again, and leaves the method alone', () => {
    const toy = toyMethod();
    const run = new PeerRun({ methods: [toy] });
    const asked = eapRequest(1, TOY, CHALLENGE);
    const [first] = run.packet(asked).filter((output) => output.do === 'send');
    expect(run.packet(asked)).to.deep.equal([first]);
    expect(run.packet(asked)).to.deep.equal([first]);
    expect(toy.inputs).to.have.length(1);
    run.packet(eapSuccess(1));
    expect(run.of('succeed')).to.have.length(1);
  });

  it('gives the same Nak, identity and Notification again, and counts no round', () => {
    const run = new PeerRun({ maxRounds: 3 });
    for (const asked of [eapRequest(1, IDENTITY), eapRequest(2, NOTIFICATION), eapRequest(3, PEAP)]) {
      run.packet(asked);
      for (let times = 0; times < 5; times++) run.packet(asked);
    }
    expect(run.sent).to.have.length(18);
    expect(run.of('fail')).to.deep.equal([]);
    expect(run.notes.filter(({ kind }) => kind === 'notification')).to.have.length(1);
  });

  it('takes another request with the same identifier for another request', () => {
    const run = new PeerRun();
    run.packet(eapRequest(1, IDENTITY));
    run.packet(eapRequest(1, TOY, CHALLENGE));
    expect(run.sent).to.deep.equal([
      response(1, IDENTITY, text('anonymous')),
      response(1, TOY, toyAnswer(TOY_PASSWORD, CHALLENGE)),
    ]);
  });

  it('knows a repetition whatever padding the link puts behind it', () => {
    const run = new PeerRun();
    run.packet(eapRequest(1, TOY, CHALLENGE));
    run.packet(Uint8Array.of(...eapRequest(1, TOY, CHALLENGE), 0, 0, 0));
    expect(run.sent).to.have.length(2);
    expect(run.sent[0]).to.deep.equal(run.sent[1]);
  });

  it('does not depend on the buffer a packet came in', () => {
    const run = new PeerRun();
    const buffer = eapRequest(1, TOY, CHALLENGE);
    run.packet(buffer);
    const again = buffer.slice();
    buffer.fill(0);
    run.packet(again);
    expect(run.sent).to.have.length(2);
  });
});

describe('createPeer: what has no place', () => {
  const nothing: ReadonlyArray<[what: string, packet: Uint8Array, why: RegExp]> = [
    ['an empty packet', new Uint8Array(0), /EAP/],
    ['half a header', Uint8Array.of(1, 1, 0), /EAP/],
    ['a length beyond the packet', Uint8Array.of(1, 1, 0, 9, 1), /Length/],
    ['a request without a type', eapOctets(1, 1), /Type/],
    ['an expanded type cut short', eapRequest(1, 254, Uint8Array.of(0, 0, 0)), /Vendor/],
    ['a code nobody defined', eapOctets(7, 1), /Code/],
    ['a Response', eapOctets(2, 1, Uint8Array.of(IDENTITY)), /only a peer sends/],
    ['a Nak as a request', eapRequest(1, NAK, Uint8Array.of(25)), /only a peer sends/],
    ['an Initiate', eapOctets(5, 1, Uint8Array.of(1)), /nobody asked for/],
    ['a Finish', eapOctets(6, 1, Uint8Array.of(1)), /nobody asked for/],
  ];
  for (const [what, packet, why] of nothing) {
    it(`${what} is dropped, with a note`, () => {
      const run = new PeerRun();
      run.packet(packet);
      expect(run.sent).to.deep.equal([]);
      expect(run.discarded).to.have.length(1);
      expect(run.discarded[0]).to.match(why);
      run.talk(eapServer(() => toyScript()));
      expect(run.of('succeed'), 'and does no harm').to.have.length(1);
    });
  }

  it('requests beyond 100 end it', () => {
    const endless = toyMethod({ onRequest: () => [{ do: 'respond', data: new Uint8Array(0) }] });
    const run = new PeerRun({ methods: [endless] });
    for (let at = 0; at < 100; at++) run.packet(eapRequest(at, TOY, Uint8Array.of(at)));
    expect(run.sent).to.have.length(100);
    run.packet(eapRequest(101, TOY));
    const message = 'the server went on after 100 requests';
    expect(run.of('fail')).to.deep.equal([{ do: 'fail', fault: { code: 'tooManyRounds', message, method: 'Toy' } }]);
    expect(endless.released()).to.equal(1);
  });

  it('a failure before anything else belongs to no response', () => {
    const run = new PeerRun();
    run.packet(eapFailure(0));
    expect(run.of('fail')).to.deep.equal([]);
    expect(run.discarded).to.deep.equal(['a Failure that belongs to no response']);
  });
});
