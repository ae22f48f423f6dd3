import { expect } from 'chai';
import {
  type Cryptobinding,
  type EapMethodContext,
  type EapPeerMethod,
  eapFault,
  eapTls,
  gtc,
  peap,
} from '../../../../../operators/core/index.js';
import { bindingTlv, extensionsRequest, resultTlv, serverCompound, serverCsk } from '../../../../support/eap/compound.js';
import { MethodRun, secretOf, standing, standing13, toyMaterial } from '../../../../support/eap/MethodRun.js';
import { TOY, type ToyState, text, toyAnswer, toyMethod, toyMsk } from '../../../../support/eapToy.js';

const PASSWORD = text('hunter2hunter2');
const CHALLENGE = text('challenge');
const IDENTITY = Uint8Array.of(1);
const NONCE = new Uint8Array(32).fill(0x6e);
const SUCCESS = 1;
const FAILURE = 2;
const resumed = () => standing({ isResumed: true });

const isk = toyMsk(PASSWORD, CHALLENGE).slice(0, 32);
const bound = serverCompound(toyMaterial, isk);

const begun = (cryptobinding?: Cryptobinding, inner: ReadonlyArray<EapPeerMethod> = [toyMethod()]) => {
  const run = new MethodRun(peap({ inner, ...(cryptobinding && { cryptobinding }) }));
  run.establish();
  return run;
};

/** Up to an inner method that has accepted. */
const accepted = (cryptobinding?: Cryptobinding, inner: ReadonlyArray<EapPeerMethod> = [toyMethod()]) => {
  const run = begun(cryptobinding, inner);
  run.say(IDENTITY);
  run.seal();
  run.say(Uint8Array.of(TOY, ...CHALLENGE));
  run.seal();
  return run;
};

/** What the server says of the result under the identifier of the next request. */
const conclude = (run: MethodRun<unknown>, ...tlvs: ReadonlyArray<Uint8Array>): Uint8Array => {
  run.say(extensionsRequest(run.identifier + 1, ...tlvs));
  return run.seal();
};

const response = (run: MethodRun<unknown>, ...tlvs: ReadonlyArray<Uint8Array>): Uint8Array =>
  Uint8Array.of(2, ...extensionsRequest(run.identifier, ...tlvs).slice(1));

const explanations = ({ commands }: MethodRun<unknown>) =>
  commands.flatMap((command) => (command.do === 'explain' ? [command.fault] : []));

const ofPassword = (method: string) =>
  eapFault('rejected', `the server ended ${method} with a Failure`, { method, isOfPassword: true });

/** GTC by another number, as the conversation of this spec is that of a toy. */
const gtcInside = (): EapPeerMethod => ({ ...gtc(), type: TOY });

describe('PEAP version 0', () => {
  describe('outside of the tunnel', () => {
    it('says nothing of who it is', () => {
      const run = new MethodRun(peap({ inner: [toyMethod()] }));
      run.start();
      expect(run.tls.at(0)).to.include({ do: 'open', presentsCertificate: false });
      run.turn({ records: Uint8Array.of(1) });
      run.message(2);
      run.turn({ records: Uint8Array.of(3), plain: Uint8Array.of(1, 5, 0, 5, 1) });
      expect(run.written).to.deep.equal([]);
    });

    it('exports by its own type in TLS 1.3 (RFC 9427 2.1)', () => {
      const run = new MethodRun(peap({ inner: [] }));
      run.start();
      const [opened] = run.tls;
      const exports = opened?.do === 'open' ? opened.exports : undefined;
      expect(exports?.from13['keyMaterial']?.context).to.deep.equal(Uint8Array.of(25));
      expect(exports?.upTo12['keyMaterial']?.label).to.equal('client EAP encryption');
    });
  });

  describe('inside', () => {
    it('takes packets without headers, and answers so', () => {
      const run = begun();
      run.say(IDENTITY);
      expect(run.seal()).to.deep.equal(text('\x01bob'));
    });

    it('takes a request with its header too, as FreeRADIUS sends the first', () => {
      const run = begun();
      run.say(Uint8Array.of(1, 0x77, 0, 5, 1));
      expect(run.seal()).to.deep.equal(text('\x01bob'));
    });

    it('runs a method', () => {
      const run = accepted();
      expect(run.written.at(-1)).to.deep.equal(Uint8Array.of(TOY, ...toyAnswer(PASSWORD, CHALLENGE)));
    });

    it('declines what is not allowed', () => {
      const run = begun();
      run.say(Uint8Array.of(26, 1, 1, 0, 5, 0));
      expect(run.seal()).to.deep.equal(Uint8Array.of(3, TOY));
    });

    it('answers nothing to a server that said nothing', () => {
      const run = begun();
      run.say(new Uint8Array(0));
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
      expect(run.written).to.deep.equal([]);
    });

    it('asks TLS for an inner session by a name of its own', () => {
      const run = begun('offer', [eapTls()]);
      run.say(Uint8Array.of(13, 0x20));
      const last = run.of('tls').at(-1);
      expect(last).to.deep.include({ session: 'inner.tls' });
      run.turn({ records: Uint8Array.of(7, 7) }, 'inner.tls');
      expect(run.seal()).to.deep.equal(Uint8Array.of(13, 0, 7, 7));
    });

    it('lets the inner method ask a person, and answers when it has', () => {
      const asking = toyMethod({
        onRequest: () => [{ do: 'ask', want: 'token', message: 'Token: ' }],
        onOther: (input) => [{ do: 'respond', data: input.kind === 'supplied' ? text('123456') : text('?') }],
      });
      const run = begun('offer', [asking]);
      run.say(Uint8Array.of(TOY, 1));
      expect(run.of('ask')).to.deep.equal([{ do: 'ask', want: 'token', message: 'Token: ' }]);
      expect(run.written).to.deep.equal([]);
      run.feed({ kind: 'supplied', secret: secretOf('123456') });
      expect(run.seal()).to.deep.equal(Uint8Array.of(TOY, ...text('123456')));
    });

    it('drops what the inner method has no answer to', () => {
      const run = begun('offer', [toyMethod({ onRequest: () => [{ do: 'discard', why: 'no' }] })]);
      run.say(Uint8Array.of(TOY, 1));
      expect(run.discarded).to.deep.equal(['the inner method had no answer']);
    });

    it('marks what it reports as inner', () => {
      const run = accepted();
      expect(run.of('report').map(({ note }) => ('isInner' in note ? note.isInner : undefined))).to.deep.equal([false, true]);
    });

    it('gives the inner method less room', () => {
      let room = 0;
      const curious = (context: EapMethodContext): ToyState => {
        room = context.room;
        return toyMethod().begin(context);
      };
      const run = begun('offer', [{ ...toyMethod(), begin: curious }]);
      run.say(Uint8Array.of(TOY, 1));
      expect(room).to.be.lessThan(1400).and.greaterThan(1000);
    });
  });

  describe('the result', () => {
    it('is confirmed, and the keys are those of the tunnel', () => {
      const run = accepted();
      expect(conclude(run, resultTlv(SUCCESS))).to.deep.equal(response(run, resultTlv(SUCCESS)));
      expect(run.accepted.map(({ isFinal }) => isFinal)).to.deep.equal([true]);
      expect(run.keys?.msk.reveal()).to.deep.equal(toyMaterial.slice(0, 64));
    });

    it('is accepted only after its confirmation has gone out', () => {
      const run = accepted();
      run.say(extensionsRequest(9, resultTlv(SUCCESS)));
      expect(run.accepted).to.deep.equal([]);
      const wanted = run.turn({ records: Uint8Array.of(1) });
      expect(wanted.map((command) => command.do)).to.deep.equal(['respond', 'accept']);
    });

    it('of success is denied before anything was proven', () => {
      const run = begun();
      expect(conclude(run, resultTlv(SUCCESS))).to.deep.equal(response(run, resultTlv(FAILURE)));
      expect(run.fault).to.deep.include({ code: 'serverUnproven', method: 'PEAP' });
      expect(run.accepted).to.deep.equal([]);
    });

    it('of success is denied after the identity alone', () => {
      const run = begun();
      run.say(IDENTITY);
      run.seal();
      expect(conclude(run, resultTlv(SUCCESS))).to.deep.equal(response(run, resultTlv(FAILURE)));
      expect(run.fault?.code).to.equal('forgedResult');
    });

    it('of success is denied while the inner method has not accepted', () => {
      const silent = toyMethod({ onRequest: () => [{ do: 'respond', data: Uint8Array.of(1) }] });
      const run = accepted('offer', [silent]);
      conclude(run, resultTlv(SUCCESS));
      expect(run.fault?.code).to.equal('forgedResult');
      expect(run.accepted).to.deep.equal([]);
    });

    it('of failure is confirmed, and refused with what the inner method knows', () => {
      const fault = eapFault('wrongPassword', 'no such user with this password', { method: 'Toy', serverCode: 691 });
      const refusing = toyMethod({
        onRequest: () => [
          { do: 'respond', data: Uint8Array.of(4) },
          { do: 'refuse', fault },
        ],
      });
      const run = accepted('offer', [refusing]);
      expect(run.fault).to.equal(undefined);
      expect(conclude(run, resultTlv(FAILURE))).to.deep.equal(response(run, resultTlv(FAILURE)));
      expect(run.fault).to.deep.equal(fault);
    });

    it('of the inner method is the reason of a bare Failure that comes instead', () => {
      const fault = eapFault('wrongPassword', 'no such user with this password', { method: 'Toy', serverCode: 691 });
      const refusing = toyMethod({
        onRequest: () => [
          { do: 'respond', data: Uint8Array.of(4) },
          { do: 'refuse', fault },
        ],
      });
      expect(explanations(accepted('offer', [refusing]))).to.deep.equal([fault]);
    });

    it('of failure after a password is one of the password', () => {
      const run = accepted('offer', [gtcInside()]);
      expect(explanations(run)).to.deep.equal([ofPassword('GTC')]);
      conclude(run, resultTlv(FAILURE));
      expect(run.fault).to.deep.include({ code: 'rejected', method: 'PEAP', isOfPassword: true });
    });

    it('of success after a failure of the inner method is denied', () => {
      const refusing = toyMethod({
        onRequest: () => [
          { do: 'respond', data: Uint8Array.of(4) },
          { do: 'refuse', fault: eapFault('wrongPassword', 'x') },
        ],
      });
      const run = accepted('offer', [refusing]);
      expect(conclude(run, resultTlv(SUCCESS))).to.deep.equal(response(run, resultTlv(FAILURE)));
      expect(run.fault?.code).to.equal('wrongPassword');
      expect(run.accepted).to.deep.equal([]);
    });

    it('of failure is a rejection where nobody knows more', () => {
      const run = accepted();
      conclude(run, resultTlv(FAILURE));
      expect(run.fault).to.deep.include({ code: 'rejected', method: 'PEAP' });
    });

    it('is told to the server where the inner method fails without a word', () => {
      const refusing = toyMethod({ onRequest: () => [{ do: 'refuse', fault: eapFault('noCredential', 'none') }] });
      const run = begun('offer', [refusing]);
      run.say(Uint8Array.of(TOY, 1));
      expect(run.seal()).to.deep.equal(response(run, resultTlv(FAILURE)));
      expect(run.fault?.code).to.equal('noCredential');
    });

    it('does not come by a Failure inside', () => {
      const run = accepted();
      run.say(Uint8Array.of(4, run.identifier, 0, 4));
      expect(run.fault?.code).to.equal('rejected');
    });

    it('does not come by a Success inside', () => {
      const run = accepted();
      run.say(Uint8Array.of(3, run.identifier, 0, 4));
      expect(run.accepted).to.deep.equal([]);
      expect(run.discarded).to.have.length(1);
    });

    it('a mandatory extension nobody knows is declined', () => {
      const run = accepted();
      const answer = conclude(run, Uint8Array.of(0x80, 99, 0, 1, 0), resultTlv(SUCCESS));
      expect(answer).to.deep.equal(response(run, Uint8Array.of(0x80, 4, 0, 6, 0, 0, 0, 0, 0, 99)));
      expect(run.accepted).to.deep.equal([]);
    });

    it('another extension does not matter', () => {
      const run = accepted();
      conclude(run, Uint8Array.of(0, 99, 0, 1, 0), resultTlv(SUCCESS));
      expect(run.accepted).to.have.length(1);
    });

    it('extensions that are cut off are malformed', () => {
      const run = accepted();
      conclude(run, resultTlv(SUCCESS).slice(0, 5));
      expect(run.fault).to.deep.include({ code: 'malformed', method: 'PEAP' });
    });

    it('in TLS 1.3 an octet of zero is acknowledged, and is no result', () => {
      const run = new MethodRun(peap({ inner: [toyMethod()] }));
      run.establish(standing13({ isResumed: true }), { records: Uint8Array.of(6) });
      run.say(Uint8Array.of(0));
      expect(run.accepted).to.deep.equal([]);
      conclude(run, resultTlv(SUCCESS));
      expect(run.accepted).to.have.length(1);
    });
  });

  describe('cryptobinding', () => {
    const request = bindingTlv(bound, NONCE, 0);

    it('is answered, and makes the keys', () => {
      const run = accepted();
      const answer = conclude(run, resultTlv(SUCCESS), request);
      expect(answer).to.deep.equal(response(run, resultTlv(SUCCESS), bindingTlv(bound, NONCE, 1)));
      expect(run.keys?.msk.reveal()).to.deep.equal(serverCsk(bound).slice(0, 64));
      expect(run.keys?.emsk?.reveal()).to.deep.equal(serverCsk(bound).slice(64));
    });

    it('counts the missing keys of an inner method as zeros', () => {
      const without = serverCompound(toyMaterial, new Uint8Array(32));
      const run = accepted('require', [toyMethod({ hasKeys: false })]);
      conclude(run, resultTlv(SUCCESS), bindingTlv(without, NONCE, 0));
      expect(run.keys?.msk.reveal()).to.deep.equal(serverCsk(without).slice(0, 64));
    });

    it('of a resumed session is made of the tunnel alone', () => {
      const fast = serverCompound(toyMaterial);
      const run = new MethodRun(peap({ inner: [toyMethod()], cryptobinding: 'require' }));
      run.establish(resumed(), { records: Uint8Array.of(6) });
      const answer = conclude(run, resultTlv(SUCCESS), bindingTlv(fast, NONCE, 0));
      expect(answer).to.deep.equal(response(run, resultTlv(SUCCESS), bindingTlv(fast, NONCE, 1)));
      expect(run.keys?.msk.reveal()).to.deep.equal(serverCsk(fast).slice(0, 64));
    });

    it('of a resumed session with an inner method after all is made of both', () => {
      const run = new MethodRun(peap({ inner: [toyMethod()], cryptobinding: 'require' }));
      run.establish(resumed(), { records: Uint8Array.of(6) });
      run.say(Uint8Array.of(TOY, ...CHALLENGE));
      run.seal();
      conclude(run, resultTlv(SUCCESS), request);
      expect(run.accepted).to.have.length(1);
    });

    const elsewhere = serverCompound(toyMaterial, new Uint8Array(32).fill(1));
    const bad: Readonly<Record<string, Uint8Array>> = {
      'by a server without the inner keys': bindingTlv(elsewhere, NONCE, 0),
      'of the wrong subtype': bindingTlv(bound, NONCE, 1),
      'of another version': bindingTlv(bound, NONCE, 0, 1),
      'with a changed nonce': Uint8Array.from(request, (octet, at) => (at === 10 ? octet ^ 1 : octet)),
      'with a changed MAC': Uint8Array.from(request, (octet, at) => (at === 59 ? octet ^ 1 : octet)),
      'that is too short': Uint8Array.of(0, 12, 0, 4, 0, 0, 0, 0),
    };
    for (const [title, tlv] of Object.entries(bad)) {
      for (const cryptobinding of ['offer', 'require'] as const) {
        it(`${title} is refused (${cryptobinding})`, () => {
          const run = accepted(cryptobinding);
          expect(conclude(run, resultTlv(SUCCESS), tlv)).to.deep.equal(response(run, resultTlv(FAILURE)));
          expect(run.fault).to.deep.include({ code: 'serverUnproven', method: 'PEAP' });
          expect(run.accepted).to.deep.equal([]);
        });
      }
    }

    it('is missed where it is required', () => {
      const run = accepted('require');
      expect(conclude(run, resultTlv(SUCCESS))).to.deep.equal(response(run, resultTlv(FAILURE)));
      expect(run.fault?.code).to.equal('serverUnproven');
    });

    it('is missed in a resumed session too', () => {
      const run = new MethodRun(peap({ inner: [toyMethod()], cryptobinding: 'require' }));
      run.establish(resumed(), { records: Uint8Array.of(6) });
      conclude(run, resultTlv(SUCCESS));
      expect(run.fault?.code).to.equal('serverUnproven');
    });

    it('is passed over where it is never done', () => {
      const run = accepted('never');
      expect(conclude(run, resultTlv(SUCCESS), bindingTlv(elsewhere, NONCE, 0))).to.deep.equal(response(run, resultTlv(SUCCESS)));
      expect(run.keys?.msk.reveal()).to.deep.equal(toyMaterial.slice(0, 64));
    });
  });

  it('lets go of the inner method', () => {
    const toy = toyMethod();
    const run = accepted('offer', [toy]);
    run.release();
    expect(toy.released()).to.equal(1);
  });
});
