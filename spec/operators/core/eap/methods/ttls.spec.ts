import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { eapFault, type PeerPassword, type TtlsInner, ttls } from '../../../../../operators/core/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { bornSecrets } from '../../../../support/bornSecrets.js';
import { MethodRun, secretOf, standing, standing13, toyMaterial } from '../../../../support/eap/MethodRun.js';
import { TOY, text, toyAnswer, toyMethod } from '../../../../support/eapToy.js';

const OCTETS = { pap: 0, chap: 17, mschap: 9, mschapv2: 17 } as const;
/** RFC 2759 9.2: user `User`, password `clientPass`, and what comes of their challenges. */
const RFC_2759 = {
  authenticator: hex('5B5D7C7D7B3F2F3E3C2C602132262628'),
  peer: hex('21402324255E262A28295F2B3A337C7E'),
  response: hex('82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF'),
  success: 'S=407A5589115FD0D6209F510FE9C04566932CDA56',
};
const IDENTIFIER = 0x2a;

const begun = (inner: TtlsInner, password: PeerPassword | undefined = { form: 'text', secret: secretOf('clientPass') }) => {
  const run = new MethodRun(ttls({ inner }), {
    identity: secretOf('User'),
    draw: () => RFC_2759.peer,
    ...{ password },
  });
  const octets = inner.kind === 'eap' ? 0 : OCTETS[inner.kind];
  const challenge = Uint8Array.of(...RFC_2759.authenticator.slice(0, octets - 1), IDENTIFIER);
  run.establish(standing({ keys: { keyMaterial: toyMaterial.slice(), ...(octets > 0 && { challenge }) } }));
  return run;
};

/** An AVP as RFC 5281 10.1 draws it. */
const avp = (code: number, data: Uint8Array, { vendor = 0, flags = 0x40 } = {}): Uint8Array => {
  const head = vendor === 0 ? 8 : 12;
  const whole = new Uint8Array(Math.ceil((head + data.length) / 4) * 4);
  const view = new DataView(whole.buffer);
  view.setUint32(0, code);
  view.setUint32(4, head + data.length);
  whole[4] = flags | (vendor === 0 ? 0 : 0x80);
  if (vendor !== 0) view.setUint32(8, vendor);
  whole.set(data, head);
  return whole;
};
const microsoft = (code: number, data: Uint8Array, flags = 0x40): Uint8Array => avp(code, data, { vendor: 311, flags });
const join = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => new Uint8Array(Buffer.concat(parts));
const eapMessage = (...octets: ReadonlyArray<number>): Uint8Array => avp(79, Uint8Array.from(octets));

const USER = avp(1, text('User'));
const SUCCESS = Uint8Array.of(IDENTIFIER, ...text(RFC_2759.success));

describe('TTLS', () => {
  it('asks for an implicit challenge by the label of RFC 5281 11.1, where the inner method has one', () => {
    for (const [kind, octets] of Object.entries(OCTETS)) {
      const run = new MethodRun(ttls({ inner: { kind: kind as keyof typeof OCTETS } }));
      run.start();
      const [opened] = run.tls;
      const exports = opened?.do === 'open' ? opened.exports : undefined;
      const expected = octets === 0 ? undefined : { label: 'ttls challenge', octets };
      expect(exports?.upTo12['challenge']).to.deep.equal(expected);
      expect(exports?.from13['challenge']).to.deep.equal(expected);
      expect(exports?.upTo12['keyMaterial']?.label).to.equal('ttls keying material');
    }
  });

  it('says nothing of its user before the tunnel stands', () => {
    const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
    run.start();
    run.turn({ records: Uint8Array.of(1) });
    run.message(2);
    run.turn({ records: Uint8Array.of(3) });
    expect(run.written).to.deep.equal([]);
  });

  it('waits with it until our Finished is out, in TLS 1.3', () => {
    const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
    run.establish(standing13(), { records: Uint8Array.of(6) });
    expect(run.written).to.deep.equal([]);
    run.message(3);
    run.turn();
    expect(run.written).to.have.length(1);
  });

  describe('with PAP', () => {
    for (const [length, padded] of [
      [1, 16],
      [16, 16],
      [17, 32],
      [0, 16],
    ] as const) {
      it(`fills a password of ${length} octets up to ${padded}`, () => {
        const run = begun({ kind: 'pap' }, { form: 'text', secret: secretOf('p'.repeat(length)) });
        const field = new Uint8Array(padded).fill(0x70, 0, length);
        expect(run.seal()).to.deep.equal(join(USER, avp(2, field)));
      });
    }

    it('accepts when that is out: the Success is the outcome', () => {
      const run = begun({ kind: 'pap' });
      expect(run.accepted).to.deep.equal([]);
      run.seal();
      expect(run.accepted.map(({ isFinal }) => isFinal)).to.deep.equal([false]);
      expect(run.keys?.msk.reveal()).to.deep.equal(toyMaterial.slice(0, 64));
      expect(run.keys?.emsk?.reveal()).to.deep.equal(toyMaterial.slice(64));
    });

    it('destroys the keys it was going to hand over when TLS fails to seal the answer', () => {
      const born = bornSecrets();
      try {
        const run = begun({ kind: 'pap' });
        expect(run.written).to.have.length(1);
        run.turn({ fault: eapFault('tls', 'the session broke down') });
        expect(run.fault?.code).to.equal('tls');
        expect(run.accepted).to.deep.equal([]);
        run.release();
        // Identity and password, and those they took the place of, are the spec's.
        expect(born.readable).to.equal(4);
      } finally {
        born.end();
      }
    });

    it('a refusal that follows is one of the password', () => {
      const fault = { code: 'rejected', message: 'the server ended TTLS with a Failure', method: 'TTLS', isOfPassword: true };
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
      run.establish();
      expect(run.commands.filter((command) => command.do === 'explain')).to.deep.equal([{ do: 'explain', fault }]);
    });

    it('cannot do it with a hash', () => {
      const run = begun({ kind: 'pap' }, { form: 'ntHash', secret: Secret.of(new Uint8Array(16)) });
      expect(run.fault).to.deep.include({ code: 'noCredential', method: 'TTLS' });
      expect(run.written).to.deep.equal([]);
    });
  });

  it('with CHAP answers the challenge of the session', () => {
    const run = begun({ kind: 'chap' });
    const md5 = createHash('md5').update(Uint8Array.of(IDENTIFIER)).update('clientPass').update(RFC_2759.authenticator).digest();
    const response = avp(3, Uint8Array.of(IDENTIFIER, ...md5));
    expect(run.seal()).to.deep.equal(join(USER, avp(60, RFC_2759.authenticator), response));
    expect(run.accepted).to.have.length(1);
  });

  it('with MSCHAP answers with the NT response alone', () => {
    const run = begun({ kind: 'mschap' });
    const said = run.seal();
    const challenge = microsoft(11, RFC_2759.authenticator.slice(0, 8));
    expect(said.slice(0, USER.length + challenge.length)).to.deep.equal(join(USER, challenge));
    const response = said.slice(USER.length + challenge.length);
    expect(response.slice(0, 14)).to.deep.equal(Uint8Array.of(0, 0, 0, 1, 0xc0, 0, 0, 62, 0, 0, 1, 0x37, IDENTIFIER, 1));
    expect(response.slice(14, 38)).to.deep.equal(new Uint8Array(24));
    expect(response.slice(62)).to.deep.equal(new Uint8Array(2));
    expect(run.accepted).to.have.length(1);
  });

  describe('with MSCHAPv2', () => {
    it('answers as RFC 2759 9.2 says', () => {
      const run = begun({ kind: 'mschapv2' });
      const value = join(Uint8Array.of(IDENTIFIER, 0), RFC_2759.peer, new Uint8Array(8), RFC_2759.response);
      expect(run.seal()).to.deep.equal(join(USER, microsoft(11, RFC_2759.authenticator), microsoft(25, value)));
    });

    it('does not accept with the answer', () => {
      const run = begun({ kind: 'mschapv2' });
      run.seal();
      expect(run.accepted).to.deep.equal([]);
    });

    it('accepts the proof of the server, and acknowledges it with nothing', () => {
      const run = begun({ kind: 'mschapv2' });
      run.seal();
      const wanted = run.say(microsoft(26, SUCCESS));
      expect(wanted.map((command) => command.do)).to.deep.equal(['respond', 'accept']);
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
      expect(run.accepted.at(0)).to.include({ isFinal: true });
    });

    const wrong: Readonly<Record<string, Uint8Array>> = {
      'with one digit changed': Uint8Array.from(SUCCESS, (octet, at) => (at === 10 ? octet ^ 1 : octet)),
      'under another identifier': Uint8Array.from(SUCCESS, (octet, at) => (at === 0 ? octet ^ 1 : octet)),
      'that is cut off': SUCCESS.slice(0, 30),
      'that is empty': new Uint8Array(0),
    };
    for (const [title, data] of Object.entries(wrong)) {
      it(`refuses a proof ${title}`, () => {
        const run = begun({ kind: 'mschapv2' });
        run.seal();
        run.say(microsoft(26, data));
        expect(run.fault).to.deep.include({ code: 'serverUnproven', method: 'TTLS' });
        expect(run.accepted).to.deep.equal([]);
      });
    }

    it('takes no proof before it has answered', () => {
      const keys = { keyMaterial: toyMaterial.slice(), methodId: new Uint8Array(64), challenge: new Uint8Array(17) };
      const run = new MethodRun(ttls({ inner: { kind: 'mschapv2' } }));
      run.establish(standing13({ keys }), { records: Uint8Array.of(6) });
      run.say(microsoft(26, SUCCESS));
      expect(run.accepted).to.deep.equal([]);
    });

    it('tells what an error means', () => {
      const run = begun({ kind: 'mschapv2' });
      run.seal();
      run.say(microsoft(2, Uint8Array.of(IDENTIFIER, ...text('E=691 R=0 C=00112233445566778899aabbccddeeff V=3 M=no'))));
      expect(run.fault).to.deep.include({ code: 'wrongPassword', method: 'TTLS', serverCode: 691 });
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
    });

    it('takes a hash for the password', () => {
      const hash = hex('44EBBA8D5312B8D611474411F56989AE');
      const run = begun({ kind: 'mschapv2' }, { form: 'ntHash', secret: Secret.of(hash) });
      run.seal();
      run.say(microsoft(26, SUCCESS));
      expect(run.accepted).to.have.length(1);
    });
  });

  describe('without a password', () => {
    const asking = () => {
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }), { identity: secretOf('User') }, { hasPassword: false });
      run.establish();
      return run;
    };

    it('asks for it, and then shows it', () => {
      const run = asking();
      expect(run.of('ask').map(({ want }) => want)).to.deep.equal(['password']);
      expect(run.responses).to.have.length(1);
      const secret = secretOf('secret');
      run.feed({ kind: 'supplied', secret });
      const field = new Uint8Array(16);
      field.set(text('secret'));
      expect(run.seal()).to.deep.equal(join(USER, avp(2, field)));
      expect(secret.reveal()).to.deep.equal(new Uint8Array(6));
      expect(run.accepted).to.have.length(1);
    });

    it('refuses where nobody knows it', () => {
      const run = asking();
      run.feed({ kind: 'supplied' });
      expect(run.fault).to.deep.include({ code: 'noCredential', method: 'TTLS' });
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
    });

    it('destroys an answer nobody waits for', () => {
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
      const secret = secretOf('secret');
      run.feed({ kind: 'supplied', secret });
      expect(secret.reveal()).to.deep.equal(new Uint8Array(6));
    });
  });

  describe('of what the server says', () => {
    it('refuses an AVP it has to know and does not', () => {
      for (const unknown of [
        avp(4711, text('x')),
        avp(26, text('x')),
        microsoft(99, text('x')),
        avp(79, text('x'), { vendor: 9 }),
      ]) {
        const run = begun({ kind: 'mschapv2' });
        run.seal();
        run.say(join(unknown, microsoft(26, SUCCESS)));
        expect(run.fault).to.deep.include({ code: 'outOfTurn', method: 'TTLS' });
        expect(run.accepted).to.deep.equal([]);
      }
    });

    it('passes over one it need not know', () => {
      const run = begun({ kind: 'mschapv2' });
      run.seal();
      run.say(join(avp(4711, text('xyz'), { flags: 0 }), microsoft(26, SUCCESS)));
      expect(run.accepted).to.have.length(1);
    });

    it('takes a last AVP without its padding', () => {
      const run = begun({ kind: 'mschapv2' });
      run.seal();
      run.say(microsoft(26, SUCCESS).slice(0, 12 + SUCCESS.length));
      expect(run.accepted).to.have.length(1);
    });

    for (const [title, octets] of [
      ['that is cut off', microsoft(26, SUCCESS).slice(0, 30)],
      ['that is shorter than its header', hex('0000001a 40000007')],
      ['of a vendor that is shorter than its header', hex('0000001a c000000b 00000137')],
      ['that is longer than there is', hex('0000001a 40ffffff 00')],
    ] as const) {
      it(`refuses an AVP ${title}`, () => {
        const run = begun({ kind: 'mschapv2' });
        run.seal();
        run.say(octets);
        expect(run.fault).to.deep.include({ code: 'malformed', method: 'TTLS' });
      });
    }

    it('acknowledges a message for the user', () => {
      const run = begun({ kind: 'pap' });
      run.seal();
      run.say(avp(18, text('hello')));
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
      expect(run.fault).to.equal(undefined);
    });
  });

  describe('with an EAP of its own', () => {
    const eap = (method = toyMethod()) => begun({ kind: 'eap', methods: [method] });

    it('begins with the identity, unasked', () => {
      expect(eap().seal()).to.deep.equal(eapMessage(2, 0, 0, 9, 1, ...text('User')));
    });

    it('accepts with the inner method, and has the keys of the tunnel', () => {
      const run = eap();
      run.seal();
      run.say(eapMessage(1, 5, 0, 8, TOY, 1, 2, 3));
      expect(run.accepted).to.deep.equal([]);
      const answer = toyAnswer(text('clientPass'), Uint8Array.of(1, 2, 3));
      expect(run.seal()).to.deep.equal(eapMessage(2, 5, 0, 8, TOY, ...answer));
      expect(run.accepted.map(({ isFinal }) => isFinal)).to.deep.equal([false]);
      expect(run.keys?.msk.reveal()).to.deep.equal(toyMaterial.slice(0, 64));
    });

    it('takes a packet cut into several AVPs', () => {
      const run = eap();
      run.seal();
      run.say(join(eapMessage(1, 5, 0, 8, TOY), eapMessage(1, 2, 3)));
      run.seal();
      expect(run.accepted).to.have.length(1);
    });

    it('takes an inner Success', () => {
      const run = eap();
      run.seal();
      run.say(eapMessage(1, 5, 0, 8, TOY, 1, 2, 3));
      run.seal();
      run.say(eapMessage(3, 5, 0, 4));
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
      expect(run.fault).to.equal(undefined);
      expect(run.accepted).to.have.length(1);
    });

    it('does not accept by an inner Success alone', () => {
      const run = eap();
      run.seal();
      run.say(eapMessage(3, 0, 0, 4));
      expect(run.accepted).to.deep.equal([]);
    });

    it('refuses with the inner method, whose last word still goes out', () => {
      const fault = eapFault('wrongPassword', 'no', { method: 'Toy' });
      const run = eap(
        toyMethod({
          onRequest: () => [
            { do: 'respond', data: Uint8Array.of(4) },
            { do: 'refuse', fault },
          ],
        }),
      );
      run.seal();
      run.say(eapMessage(1, 5, 0, 6, TOY, 1));
      expect(run.fault).to.equal(undefined);
      expect(run.seal()).to.deep.equal(eapMessage(2, 5, 0, 6, TOY, 4));
      expect(run.fault).to.deep.equal(fault);
    });

    it('refuses with an inner Failure', () => {
      const run = eap();
      run.seal();
      run.say(eapMessage(4, 0, 0, 4));
      expect(run.fault?.code).to.equal('rejected');
      expect(run.accepted).to.deep.equal([]);
    });

    it('lets go of the inner method', () => {
      const toy = toyMethod();
      const run = eap(toy);
      run.seal();
      run.say(eapMessage(1, 5, 0, 8, TOY, 1, 2, 3));
      run.release();
      expect(toy.released()).to.equal(1);
    });
  });

  describe('in a resumed session', () => {
    it('believes a Success at once', () => {
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
      run.establish(standing({ isResumed: true }), { records: Uint8Array.of(6) });
      expect(run.accepted.map(({ isFinal }) => isFinal)).to.deep.equal([false]);
      expect(run.written).to.deep.equal([]);
    });

    it('believes it in TLS 1.3 too: hostapd 2.10 says no more', () => {
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
      run.establish(standing13({ isResumed: true }), { records: Uint8Array.of(6) });
      expect(run.accepted.map(({ isFinal, isProven }) => [isFinal, isProven])).to.deep.equal([[false, undefined]]);
    });

    it('takes no octet of zero that came before our Finished', () => {
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
      run.establish(standing13({ isResumed: true }), { records: Uint8Array.of(6), plain: Uint8Array.of(0) });
      expect(run.accepted.some(({ isProven }) => isProven)).to.equal(false);
      expect(run.fault?.code).to.equal('malformed');
    });

    it('shows the password if the server goes on', () => {
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
      run.establish(standing({ isResumed: true }), { records: Uint8Array.of(6) });
      run.acknowledge();
      expect(run.written).to.have.length(1);
    });

    it('is sure after the octet of zero of TLS 1.3', () => {
      const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
      run.establish(standing13({ isResumed: true }), { records: Uint8Array.of(6) });
      run.say(Uint8Array.of(0));
      expect(run.accepted.at(-1)).to.include({ isFinal: true, isProven: true });
      expect(run.written).to.deep.equal([]);
    });
  });

  it('takes no octet of zero for a result where nothing was resumed', () => {
    const run = new MethodRun(ttls({ inner: { kind: 'pap' } }));
    run.establish(standing13(), { records: Uint8Array.of(6) });
    run.say(Uint8Array.of(0));
    expect(run.accepted).to.deep.equal([]);
  });
});
