import { expect } from 'chai';
import fc from 'fast-check';
import { bulkCrypto } from '../../../../../adapters/crypto/index.js';
import {
  type EapMethodCommand,
  type EapPeerMethod,
  gtc,
  md5,
  mschapv2,
  type PeerPassword,
  pwd,
} from '../../../../../operators/core/index.js';
import { Secret, toHex } from '../../../../../streams/events/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapServer } from '../../../../support/eapServer.js';
import { mschapv2Script } from '../../../../support/mschapv2Server.js';
import { type PwdServerResult, pwdScript } from '../../../../support/pwdServer.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const password: PeerPassword = { form: 'text', secret: Secret.of(utf8('secret')) };
const NT_HASH = bulkCrypto.md4(new Uint8Array(Buffer.from('secret', 'utf16le')));

const methods: ReadonlyArray<EapPeerMethod> = [pwd(), mschapv2(), md5(), gtc()];

/** Octets that look like something to a method, and others. */
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 120 }),
  fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 0x41, 0x42, 0x81, 0xc1, 0xc2, 0xc3), fc.uint8Array({ maxLength: 100 }))
    .map(([first, rest]) => Uint8Array.of(first, ...rest)),
  fc
    .tuple(fc.constantFrom(19, 20, 21, 22), fc.nat(11), fc.uint8Array({ maxLength: 30 }))
    .map(([group, preparation, rest]) => Uint8Array.of(1, 0, group, 1, 1, 1, 2, 3, 4, preparation, ...rest)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((challenge) => Uint8Array.of(1, 7, 0, 21, 16, ...challenge)),
  fc
    .constantFrom(utf8('E=691 R=1 C=00112233445566778899aabbccddeeff'), utf8(`S=${'0'.repeat(40)}`))
    .map((text) => Uint8Array.of(text[0] === 0x53 ? 3 : 4, 7, 0, text.length + 4, ...text)),
);

type Input = Parameters<EapPeerMethod['step']>[1];
const input: fc.Arbitrary<Input> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.nat(255), octets).map(([identifier, data]): Input => ({ kind: 'request', identifier, data })),
  },
  { weight: 1, arbitrary: octets.map((data): Input => ({ kind: 'supplied', secret: Secret.of(data) })) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: 'supplied' }) },
);

/** What a method says to one thing after the other. */
const saidBy = (
  method: EapPeerMethod,
  inputs: ReadonlyArray<Input>,
  hasPassword: boolean,
): ReadonlyArray<ReadonlyArray<EapMethodCommand>> => {
  const identity = Secret.of(utf8('user'));
  const draw = (count: number): Uint8Array => new Uint8Array(count).fill(0x5a);
  let state = method.begin({ identity, crypto: bulkCrypto, draw, room: 60, ...(hasPassword ? { password } : {}) });
  const said = inputs.map((one) => {
    const { state: next, effects } = method.step(state, one);
    state = next;
    return effects;
  });
  method.release(state);
  return said;
};

describe('whatever a server says', () => {
  for (const method of methods) {
    it(`${method.name} does not break down, and says one thing to each request`, () => {
      fc.assert(
        fc.property(fc.array(input, { maxLength: 8 }), fc.boolean(), (inputs, hasPassword) => {
          for (const [at, commands] of saidBy(method, inputs, hasPassword).entries()) {
            const answers = commands.filter(({ do: what }) => what === 'respond' || what === 'discard' || what === 'ask');
            const isRefused = commands.some(({ do: what }) => what === 'refuse');
            if (inputs[at]?.kind === 'request') expect(answers.length + Number(isRefused)).to.be.within(1, 2);
            expect(answers.length).to.be.at.most(1);
            for (const one of commands) if (one.do === 'respond') expect(one.data.length).to.be.at.most(60);
          }
        }),
        { numRuns: 400 },
      );
    });

    it(`${method.name} accepts nobody ${method.yieldsKeys ? 'at all' : 'it has not answered'}`, () => {
      fc.assert(
        fc.property(fc.array(input, { maxLength: 8 }), (inputs) => {
          for (const commands of saidBy(method, inputs, true)) {
            if (!commands.some(({ do: what }) => what === 'accept')) continue;
            expect(method.yieldsKeys).to.equal(false);
            expect(commands.map(({ do: what }) => what)).to.include('respond');
          }
        }),
        { numRuns: 400 },
      );
    });
  }
});

describe('whatever is changed on the way', () => {
  const change = fc.record({ packet: fc.nat(4), at: fc.nat(120), by: fc.integer({ min: 1, max: 255 }) });
  const changing = ({ packet, at, by }: { packet: number; at: number; by: number }) => {
    let count = 0;
    return (_: unknown, data: Uint8Array): Uint8Array => {
      const changed = Uint8Array.from(data);
      const place = at % changed.length;
      if (++count === packet) changed[place] = (changed[place] ?? 0) ^ by;
      return changed;
    };
  };

  it('PWD accepts no server that said something else', () => {
    fc.assert(
      fc.property(change, (one) => {
        const result: PwdServerResult = { packets: 0 };
        const run = new PeerRun({ methods: [pwd()], password, crypto: bulkCrypto });
        run.talk(eapServer(() => pwdScript({ group: 19, password: utf8('secret'), change: changing(one) }, result)));
        const isUnchanged = one.packet < 1 || one.packet > 3;
        expect(run.of('succeed')).to.have.length(isUnchanged ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  });

  it('MSCHAPv2 makes no other keys than the server', () => {
    fc.assert(
      fc.property(change, (one) => {
        const result = { names: [], msk: '' };
        const run = new PeerRun({ methods: [mschapv2()], password, crypto: bulkCrypto });
        run.talk(eapServer(() => mschapv2Script({ ntHash: NT_HASH, userName: 'user', change: changing(one) }, result)));
        const msk = run.of('succeed')[0]?.keys?.msk.reveal();
        if (msk !== undefined) expect(toHex(msk.subarray(0, 32))).to.equal(result.msk);
      }),
      { numRuns: 100 },
    );
  });
});
