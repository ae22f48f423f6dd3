import { expect } from 'chai';
import { nodeCrypto as crypto } from '../../../../../adapters/crypto/index.js';
import { ntHash } from '../../../../../operators/core/eap/mschap/ntHash.js';
import { mschapv2, type PeerOptions, type PeerOutput, type PeerPassword } from '../../../../../operators/core/index.js';
import { Secret, toHex } from '../../../../../streams/events/index.js';
import { EapCode } from '../../../../../streams/frames/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapFailure, eapServer } from '../../../../support/eapServer.js';
import { type Mschapv2ServerOptions, type Mschapv2ServerResult, mschapv2Script } from '../../../../support/mschapv2Server.js';
import { passwordless } from '../../../../support/passwordless.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const PASSWORD = 'p\u00e4ss\u{1f511}';
const given = (text: string): PeerPassword => ({ form: 'text', secret: Secret.of(utf8(text)) });
const hashOf = (text: string): Uint8Array => ntHash(crypto, given(text)) ?? new Uint8Array(0);

const newChallenge = (digit: string): string => `C=${digit.repeat(32)}`;

const runOf = (server: Partial<Mschapv2ServerOptions> = {}, peer: Partial<PeerOptions> = {}) => {
  const result: Mschapv2ServerResult = { names: [] };
  const speaker = eapServer(() => mschapv2Script({ ntHash: hashOf(PASSWORD), userName: 'user', ...server }, result));
  const run = new PeerRun({ methods: [mschapv2()], password: given(PASSWORD), ...peer });
  run.talk(speaker);
  /** Answers the question and goes on with the server. */
  const supply = (text?: string): Secret => {
    const secret = Secret.of(utf8(text ?? ''));
    let said = run.feed(text === undefined ? { kind: 'supplied' } : { kind: 'supplied', secret });
    for (;;) {
      const sent = said.find((one) => one.do === 'send');
      const next = sent?.do === 'send' ? speaker.receive(sent.packet) : undefined;
      if (next === undefined) return secret;
      said = run.packet(next);
    }
  };
  return { run, result, supply };
};

const faultOf = (run: PeerRun) => {
  expect(run.of('succeed')).to.deep.equal([]);
  return run.of('fail')[0]?.fault;
};

const expectSuccess = ({ run, result }: ReturnType<typeof runOf>): void => {
  const msk = run.of('succeed')[0]?.keys?.msk.reveal() ?? new Uint8Array(0);
  expect(toHex(msk)).to.equal(`${result.msk}${'00'.repeat(32)}`);
  expect(result.farewell).to.equal('03');
};

describe('EAP-MSCHAPv2', () => {
  it('both sides prove themselves, and make the same keys', () => {
    expectSuccess(runOf());
    expectSuccess(runOf({}, { password: { form: 'ntHash', secret: Secret.of(hashOf(PASSWORD)) } }));
  });

  it('has proof of success then: a Failure, which anybody can send, does not undo it', () => {
    const { run } = runOf();
    const only = new PeerRun({ methods: [mschapv2()], password: given(PASSWORD) });
    const result: Mschapv2ServerResult = { names: [] };
    const server = eapServer(() => mschapv2Script({ ntHash: hashOf(PASSWORD), userName: 'user' }, result));
    for (let packet: Uint8Array | undefined = server.begin(); packet !== undefined && packet[0] === EapCode.codes.REQUEST; ) {
      const said: ReadonlyArray<PeerOutput> = only.packet(packet);
      const sent = said.find((one) => one.do === 'send');
      packet = sent?.do === 'send' ? server.receive(sent.packet) : undefined;
    }
    only.packet(eapFailure(only.sent.at(-1)?.[1] ?? 0));
    expect(only.of('fail')).to.deep.equal([]);
    only.feed({ kind: 'timeout' });
    expect(only.of('succeed')[0]?.keys?.msk).to.deep.equal(run.of('succeed')[0]?.keys?.msk);
  });

  it('says the whole name, of which a domain does not count', () => {
    const both = runOf({}, { identity: Secret.of(utf8('LAB\\user')) });
    expectSuccess(both);
    expect(both.result.names).to.deep.equal(['LAB\\user']);
  });

  it('takes a challenge whose MS-Length leaves out the header', () => {
    const change = (_: string, data: Uint8Array): Uint8Array => {
      const changed = data.slice();
      changed.set([0, data.length - 4], 2);
      return changed;
    };
    expectSuccess(runOf({ change }));
  });

  describe('believes no success', () => {
    const expectUnproven = (success: string | ((text: string) => string)): void => {
      const change = (what: string, data: Uint8Array): Uint8Array => {
        if (what !== 'success') return data;
        const text = new TextDecoder().decode(data.subarray(4));
        return Uint8Array.of(...data.subarray(0, 4), ...utf8(typeof success === 'string' ? success : success(text)));
      };
      const { run, result } = runOf({ change });
      expect(faultOf(run)).to.include({ code: 'serverUnproven', method: 'MSCHAPv2' });
      expect(result.farewell, 'it got no answer').to.match(/^02/);
    };
    it('with another proof', () => {
      expectUnproven((text) => text.replace(/S=./, (two) => (two === 'S=0' ? 'S=1' : 'S=0')));
    });
    it('without one', () => {
      for (const success of ['', 'M=welcome', 'S=12']) expectUnproven(success);
    });
    it('before it has answered', () => {
      const change = (what: string, data: Uint8Array): Uint8Array =>
        what === 'challenge' ? Uint8Array.of(3, 1, 0, 46, ...utf8(`S=${'0'.repeat(40)}`)) : data;
      const { run } = runOf({ change });
      expect(run.discarded).to.include('a success before an answer');
      expect(run.of('succeed')).to.deep.equal([]);
    });
  });

  describe('is refused', () => {
    const wrong = { password: given('another') };

    for (const [refusal, code] of [
      [`E=691 R=0 ${newChallenge('1')} V=3 M=no`, 'wrongPassword'],
      ['E=648 R=0', 'accountRestricted'],
      ['E=647 R=1', 'accountRestricted'],
      [`E=646 R=1 ${newChallenge('1')}`, 'accountRestricted'],
      ['E=691 R=1', 'wrongPassword'],
      ['what?', 'rejected'],
    ] as const) {
      it(`by ${refusal}: ${code}`, () => {
        const { run, result } = runOf({ refusals: [refusal] }, wrong);
        expect(faultOf(run)).to.include({ code, method: 'MSCHAPv2' });
        expect(run.of('ask')).to.deep.equal([]);
        expect(result.farewell).to.equal('04');
      });
    }

    const retryable = (digit: string): string => `E=691 R=1 ${newChallenge(digit)} V=3 M=try again`;

    it('and tries another password once somebody gave one', () => {
      const both = runOf({ refusals: [retryable('1')] }, wrong);
      expect(both.run.of('ask')).to.deep.equal([{ do: 'ask', want: 'password', message: 'try again' }]);
      const secret = both.supply(PASSWORD);
      expectSuccess(both);
      expect(secret.reveal().every((octet) => octet === 0)).to.equal(true);
    });

    it('and gives up when nobody does', () => {
      const { run, result, supply } = runOf({ refusals: [retryable('1')] }, wrong);
      supply();
      expect(faultOf(run)).to.include({ code: 'wrongPassword', serverCode: 691 });
      expect(result.farewell).to.equal('04');
    });

    it('and gives up after three more', () => {
      const { run, result, supply } = runOf({ refusals: ['1', '2', '3', '4', '5'].map(retryable) }, wrong);
      for (let count = 0; count < 3; count++) supply(`wrong ${count}`);
      expect(run.of('ask')).to.have.length(3);
      expect(faultOf(run)).to.include({ code: 'wrongPassword' });
      expect(result.names).to.have.length(4);
      expect(result.farewell).to.equal('04');
    });
  });

  describe('without a password', () => {
    it('asks for one', () => {
      const both = runOf({}, { methods: [passwordless(mschapv2())] });
      expect(both.run.of('ask')).to.deep.equal([{ do: 'ask', want: 'password', message: '' }]);
      both.supply(PASSWORD);
      expectSuccess(both);
    });

    it('fails where there is none to be had', () => {
      const both = runOf({}, { methods: [passwordless(mschapv2())] });
      both.supply();
      expect(faultOf(both.run)).to.include({ code: 'noCredential', method: 'MSCHAPv2' });
    });

    it('fails where it is none', () => {
      const broken = Secret.of(Uint8Array.of(0xff, 0xfe));
      expect(faultOf(runOf({}, { password: { form: 'text', secret: broken } }).run)).to.include({ code: 'noCredential' });
      expect(faultOf(runOf({}, { password: { form: 'ntHash', secret: broken } }).run)).to.include({ code: 'noCredential' });
    });
  });
});
