import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto, portableCrypto } from '../../../../../adapters/crypto/index.js';
import { Exchange } from '../../../../../operators/core/eap/methods/pwd/pwdPackets.js';
import { type EapKeys, type PeerOptions, type PeerPassword, pwd } from '../../../../../operators/core/index.js';
import { Secret, toHex } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapRequest, eapServer } from '../../../../support/eapServer.js';
import { passwordless } from '../../../../support/passwordless.js';
import { type PwdServerOptions, type PwdServerResult, pwdScript } from '../../../../support/pwdServer.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const { PWD } = EapMethod.codes;
const PASSWORD = 'a lab pa\u00dfword';

/** Numbers that look random and are the same in every run. */
const drawing = (seed = 1) => {
  let count = 0;
  return (octets: number): Uint8Array => {
    const blocks = Array.from({ length: Math.ceil(octets / 64) }, (_, at) =>
      createHash('sha512').update(`${seed} ${count} ${at}`).digest(),
    );
    count++;
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, octets));
  };
};

const given = (text: string): PeerPassword => ({ form: 'text', secret: Secret.of(utf8(text)) });

const runOf = (server: Partial<PwdServerOptions> = {}, peer: Partial<PeerOptions> = {}) => {
  const result: PwdServerResult = { packets: 0 };
  const run = new PeerRun({ methods: [pwd()], password: given(PASSWORD), draw: drawing(), ...peer });
  run.talk(eapServer(() => pwdScript({ group: 19, password: utf8(PASSWORD), ...server }, result)));
  return { run, result };
};

const keysOf = (run: PeerRun): EapKeys | undefined => run.of('succeed')[0]?.keys;

const expectAgreement = ({ run, result }: ReturnType<typeof runOf>): void => {
  const keys = keysOf(run);
  expect(result.msk, run.of('fail')[0]?.fault.message).to.have.length(128);
  expect({ msk: toHex(keys?.msk.reveal() ?? utf8('')), emsk: toHex(keys?.emsk?.reveal() ?? utf8('')) }).to.deep.equal({
    ...{ msk: result.msk, emsk: result.emsk },
  });
  expect(toHex(keys?.sessionId ?? utf8(''))).to.equal(result.sessionId);
};

const faultOf = ({ run }: ReturnType<typeof runOf>) => {
  expect(run.of('succeed')).to.deep.equal([]);
  return run.of('fail')[0]?.fault;
};

describe('EAP-pwd', () => {
  for (const group of [19, 20, 21]) {
    it(`RFC 5931: both sides agree in group ${group}`, () => {
      for (const crypto of [nodeCrypto, portableCrypto]) expectAgreement(runOf({ group }, { crypto }));
    });
  }

  describe('makes its commit while the server makes its own', () => {
    const talked = (server: Partial<PwdServerOptions>, givesTime: boolean) => {
      const result: PwdServerResult = { packets: 0 };
      const run = new PeerRun({ methods: [pwd()], password: given(PASSWORD), draw: drawing() });
      run.talk(
        eapServer(() => pwdScript({ group: 19, password: utf8(PASSWORD), ...server }, result)),
        givesTime,
      );
      return { run, result };
    };

    it('and comes to the same without the time for it', () => {
      const [ahead, late] = [talked({}, true), talked({}, false)];
      expectAgreement(ahead);
      expectAgreement(late);
      expect(ahead.result.msk).to.equal(late.result.msk);
    });

    it('but not where the salt is still to come', () => {
      const salt = utf8('salt');
      const password = Uint8Array.from(createHash('sha256').update(PASSWORD).update(salt).digest());
      expectAgreement(talked({ preparation: 0x04, salt, password }, true));
    });

    it('once, and destroys it when it is let go', () => {
      const method = pwd();
      const password = given(PASSWORD);
      const context = { identity: Secret.of(utf8('user')), password, crypto: nodeCrypto, draw: drawing(), room: 1400 };
      const script = eapServer(() => pwdScript({ group: 19, password: utf8(PASSWORD) }, { packets: 0 }));
      const [identity] = new PeerRun({ methods: [pwd()] }).packet(script.begin());
      const proposal = identity?.do === 'send' ? script.receive(identity.packet) : undefined;
      const data = proposal?.subarray(5) ?? new Uint8Array(0);
      const identified = method.step(method.begin(context), { kind: 'request', identifier: 0x41, data });
      expect(identified.effects.map((effect) => effect.do)).to.deep.equal(['respond', 'meanwhile']);
      const { state, effects } = method.step(identified.state, { kind: 'meanwhile' });
      expect(effects).to.deep.equal([]);
      expect(method.step(state, { kind: 'meanwhile' }).state).to.equal(state);
      const own = state.progress.phase === 'identified' ? state.progress.own : undefined;
      expect(own?.rand.reveal().some((octet) => octet !== 0)).to.equal(true);
      method.release(state);
      for (const secret of [own?.rand, own?.passwordElement])
        expect(secret?.reveal().every((octet) => octet === 0)).to.equal(true);
    });
  });

  it('agrees whatever the password and the random numbers are', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    const below = fc.bigInt({ min: 2n, max: 2n ** 250n });
    fc.assert(
      fc.property(text, below, below, fc.nat(), (password, rand, mask, seed) => {
        expectAgreement(runOf({ password: utf8(password), rand, mask }, { password: given(password), draw: drawing(seed) }));
      }),
      { numRuns: 15 },
    );
  });

  it('names the peer by its inner identity', () => {
    expect(runOf().result.peerName).to.equal('user');
  });

  describe('prepares the password as the server keeps it', () => {
    const salt = utf8('a salt of any length');
    const digest = (name: string, text: string): Uint8Array => createHash(name).update(text).update(salt).digest();
    /** NFKC makes of the ligature two letters, of the wide space a plain one, and of the soft hyphen nothing. */
    const [raw, prepared] = ['o\ufb03ce\u3000\u00ad1', 'office 1'];
    const ntHash = portableCrypto.md4(Buffer.from(PASSWORD, 'utf16le'));

    const cases: ReadonlyArray<readonly [name: string, text: string, server: Partial<PwdServerOptions>]> = [
      ['RFC 5931: not at all', PASSWORD, {}],
      ['RFC 5931: as MSCHAP does, twice', PASSWORD, { preparation: 1, password: portableCrypto.md4(ntHash) }],
      ['RFC 5931: by SASLprep', raw, { preparation: 2, password: utf8(prepared) }],
      ['RFC 8146: salted, SHA-1', raw, { preparation: 3, salt, password: digest('sha1', raw) }],
      ['RFC 8146: salted, SHA-256', raw, { preparation: 4, salt, password: digest('sha256', raw) }],
      ['RFC 8146: salted, SHA-512', raw, { preparation: 5, salt, password: digest('sha512', raw) }],
      ['RFC 8146: prepared and salted, SHA-1', prepared, { preparation: 7, salt, password: digest('sha1', prepared) }],
      ['RFC 8146: prepared and salted, SHA-256', prepared, { preparation: 8, salt, password: digest('sha256', prepared) }],
      ['RFC 8146: prepared and salted, SHA-512', prepared, { preparation: 9, salt, password: digest('sha512', prepared) }],
    ];
    for (const [name, text, server] of cases) it(name, () => expectAgreement(runOf(server, { password: given(text) })));

    it('from the hash alone, where MSCHAP\u2019s will do', () => {
      const password: PeerPassword = { form: 'ntHash', secret: Secret.of(ntHash) };
      expectAgreement(runOf({ preparation: 1, password: portableCrypto.md4(ntHash) }, { password }));
      expect(faultOf(runOf({}, { password }))).to.include({ code: 'noCredential', method: 'PWD' });
    });

    it('and refuses a way it does not know', () => {
      for (const preparation of [6, 10, 11, 255]) {
        const fault = faultOf(runOf({ preparation }));
        expect(fault).to.include({ code: 'noCommonMethod' });
        expect(fault?.message).to.contain(`method ${preparation}`);
      }
    });

    it('and salts no password that two ways to prepare it would make two of', () => {
      for (const preparation of [7, 8, 9]) {
        for (const text of [raw, '\ufb03', '\u00ad', 'bell\u0007']) {
          const fault = faultOf(runOf({ preparation, salt }, { password: given(text) }));
          expect(fault, `${preparation}, ${text}`).to.include({ code: 'noCredential' });
        }
      }
    });

    it('and refuses a password that cannot be prepared so', () => {
      expect(faultOf(runOf({ preparation: 2 }, { password: given('bell\u0007') }))).to.include({ code: 'noCredential' });
    });
  });

  describe('cuts messages into pieces and puts them together (RFC 5931 3.1)', () => {
    it('of the server', () => {
      for (const room of [4, 31, 32, 33, 95, 96, 97]) expectAgreement(runOf({ room }));
    });

    it('of a server that counts the header of the first piece, as hostapd does', () => {
      expectAgreement(runOf({ room: 40, excess: 3 }));
      for (const excess of [-1, 1, 2, 4]) {
        const { run } = runOf({ room: 40, excess });
        expect(run.of('succeed')).to.deep.equal([]);
        expect(run.discarded.join(), `${excess}`).to.match(/announced/);
      }
    });

    it('of its own', () => {
      for (const [room, packets] of [
        [1400, 3],
        [97, 3],
        [96, 4],
        [20, 9],
      ] as const) {
        const both = runOf({ room: 40 }, { room });
        expectAgreement(both);
        expect(both.result.packets, `room ${room}`).to.equal(packets);
        for (const packet of both.run.sent) expect(packet.length).to.be.at.most(Math.max(room, 9) + 5);
      }
    });
  });

  describe('refuses a server', () => {
    const changing = (exchange: number, change: (message: Buffer) => Uint8Array): Partial<PwdServerOptions> => ({
      change: (at, message) => (at === exchange ? change(message) : message),
    });
    const set = (at: number, octets: Uint8Array) => (message: Buffer) => {
      const changed = Buffer.from(message);
      changed.set(octets, at < 0 ? message.length + at : at);
      return changed;
    };
    const p256 = portableCrypto.curve(19);
    const order = Buffer.from(p256?.order.toString(16) ?? '', 'hex');
    const prime = Buffer.from(p256?.prime.toString(16) ?? '', 'hex');

    it('that knows another password', () => {
      expect(faultOf(runOf({ password: utf8('another') }))).to.include({ code: 'wrongPassword', method: 'PWD' });
    });

    it('that confirms otherwise', () => {
      for (const at of [0, 13, 31]) {
        const flipped = changing(3, (message) => set(at, Uint8Array.of((message[at] ?? 0) ^ 0x10))(message));
        expect(faultOf(runOf(flipped))).to.include({ code: 'wrongPassword' });
      }
    });

    for (const [name, change] of [
      ['zero', set(-32, new Uint8Array(32))],
      [
        'one',
        set(
          -32,
          Uint8Array.from({ length: 32 }, (_, at) => Number(at === 31)),
        ),
      ],
      ['the order', set(-32, order)],
    ] as const) {
      it(`whose scalar is ${name}`, () => {
        const fault = faultOf(runOf(changing(2, change)));
        expect(fault).to.include({ code: 'serverUnproven' });
        expect(fault?.message).to.contain('scalarOutOfRange');
      });
    }

    it('whose element is no point of the curve', () => {
      const fault = faultOf(runOf(changing(2, (message) => set(63, Uint8Array.of((message[63] ?? 0) ^ 1))(message))));
      expect(fault?.message).to.contain('elementNotOnCurve');
      expect(faultOf(runOf(changing(2, set(0, new Uint8Array(64)))))?.message).to.contain('elementNotOnCurve');
    });

    it('whose coordinate is not below the prime', () => {
      expect(faultOf(runOf(changing(2, set(0, prime))))?.message).to.contain('coordinateOutOfRange');
    });

    it('that sends our own commit', () => {
      const { run } = runOf();
      const ours = run.sent[2]?.subarray(6) ?? new Uint8Array(0);
      expect(ours).to.have.length(96);
      const fault = faultOf(runOf(changing(2, () => ours)));
      expect(fault).to.include({ code: 'serverUnproven' });
    });

    it('for nothing that is merely out of shape', () => {
      const longer = runOf(changing(2, (message) => Buffer.concat([message, Buffer.from([0])])));
      expect(longer.run.discarded.join()).to.match(/EAP-pwd-Commit/);
      expect(longer.run.of('fail')).to.deep.equal([]);
      const shorter = runOf(changing(3, (message) => message.subarray(1)));
      expect(shorter.run.discarded.join()).to.match(/a confirm of 31 octets/);
    });

    it('for nothing that is merely out of turn', () => {
      const run = new PeerRun({ methods: [pwd()], password: given(PASSWORD), draw: drawing() });
      const proposal = Uint8Array.of(Exchange.ID, 0, 19, 1, 1, 1, 2, 3, 4, 0, 0x73);
      run.packet(eapRequest(1, PWD, proposal));
      run.packet(eapRequest(2, PWD, proposal));
      run.packet(eapRequest(3, PWD, Uint8Array.of(Exchange.CONFIRM, ...new Uint8Array(32))));
      run.packet(eapRequest(4, PWD, Uint8Array.of(7, 1)));
      const why = run.discarded;
      expect(why).to.include.members(['a second proposal', 'a confirm out of turn', 'exchange 7, which does not exist']);
      expect(run.sent).to.have.length(1);
      expect(run.of('fail')).to.deep.equal([]);
    });

    it('whose group, random function or PRF is not offered', () => {
      for (const [at, octet] of [
        [1, 18],
        [1, 25],
        [0, 1],
        [2, 2],
        [3, 0],
      ] as const) {
        expect(faultOf(runOf(changing(1, set(at, Uint8Array.of(octet)))))).to.include({ code: 'noCommonMethod' });
      }
    });
  });

  describe('and a password that is asked for', () => {
    const asking = () => {
      const run = new PeerRun({ methods: [passwordless(pwd())], draw: drawing() });
      const result: PwdServerResult = { packets: 0 };
      const server = eapServer(() => pwdScript({ group: 19, password: utf8(PASSWORD) }, result));
      run.talk(server);
      expect(run.of('ask')).to.deep.equal([{ do: 'ask', want: 'password', message: '' }]);
      return { run, result, server };
    };
    const isWiped = (secret: Secret): boolean => secret.reveal().every((octet) => octet === 0);

    it('is kept until the commit', () => {
      const { run, result, server } = asking();
      const secret = Secret.of(utf8(PASSWORD));
      const [answer] = run.feed({ kind: 'supplied', secret });
      expect(isWiped(secret)).to.equal(false);
      const commit = answer?.do === 'send' ? server.receive(answer.packet) : undefined;
      const [second] = run.packet(commit ?? new Uint8Array(0));
      expect(isWiped(secret)).to.equal(true);
      const confirm = second?.do === 'send' ? server.receive(second.packet) : undefined;
      const [third] = run.packet(confirm ?? new Uint8Array(0));
      if (third?.do === 'send') run.packet(server.receive(third.packet) ?? new Uint8Array(0));
      expectAgreement({ run, result });
    });

    it('or until it is over', () => {
      const { run } = asking();
      const secret = Secret.of(utf8(PASSWORD));
      run.feed({ kind: 'supplied', secret });
      run.release();
      expect(isWiped(secret)).to.equal(true);
    });

    it('or is not there', () => {
      const { run } = asking();
      run.feed({ kind: 'supplied' });
      expect(run.of('fail')[0]?.fault).to.include({ code: 'noCredential', method: 'PWD' });
    });
  });
});
