import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';
import { pwd } from '../../../../../operators/core/index.js';
import { isZero, Secret, toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { type EapExchange, exchanges, replay } from '../../../../support/eapExchanges.js';

/** Every secret that is made meanwhile. */
const bornIn = (run: () => void): ReadonlyArray<Secret> => {
  const born: Secret[] = [];
  const { of } = Secret;
  Secret.of = (...bytes) => {
    const secret = of.apply(Secret, bytes);
    born.push(secret);
    return secret;
  };
  try {
    run();
  } finally {
    Secret.of = of;
  }
  return born;
};

/** All the buffers somebody computes with. */
const watched = (): { readonly crypto: Crypto; readonly seen: Uint8Array[] } => {
  const seen: Uint8Array[] = [];
  const note = <A>(value: A): A => {
    if (value instanceof Uint8Array) seen.push(value);
    return value;
  };
  const crypto: Crypto = {
    ...nodeCrypto,
    hash: (name, data) => note(nodeCrypto.hash(name, note(data))),
    hmac: (name, key, message) => note(nodeCrypto.hmac(name, note(key), note(message))),
    md4: (data) => note(nodeCrypto.md4(note(data))),
    des: (key, block) => nodeCrypto.des(note(key), block),
  };
  return { crypto, seen };
};

/** The password in every form a method makes of it. */
const formsOf = ({ password, form }: EapExchange): ReadonlyArray<string> => {
  const utf16 = new Uint8Array(Buffer.from(password, 'utf16le'));
  const hash = form === 'ntHash' ? hex(password) : nodeCrypto.md4(utf16);
  const text = form === 'ntHash' ? [] : [toHex(new TextEncoder().encode(password)), toHex(utf16)];
  return [...text, toHex(hash), toHex(nodeCrypto.md4(hash))];
};

describe('the secrets of a method', () => {
  for (const exchange of exchanges) {
    it(`are gone, wherever it ends: ${exchange.name}`, () => {
      const steps = exchange.packets.filter((line) => line.startsWith('server')).length;
      // Identity, password, and what a person is going to answer are the spec's.
      const given = bornIn(() => void replay(exchange, nodeCrypto, 0)).length;
      for (let upTo = 1; upTo <= steps; upTo++) {
        const born = bornIn(() => {
          const run = replay(exchange, nodeCrypto, upTo);
          run.release();
          const keys = run.of('succeed')[0]?.keys;
          for (const key of [keys?.msk, keys?.emsk]) {
            if (key === undefined) continue;
            expect(isZero(key.reveal()), 'what was handed over').to.equal(false);
            key.zeroise();
          }
        });
        const made = born.slice(given);
        expect(
          made.filter((secret) => !isZero(secret.reveal())),
          `after ${upTo} packets`,
        ).to.have.length(0);
      }
    });

    it(`leave no copy of the password in what was computed with: ${exchange.name}`, () => {
      const { crypto, seen } = watched();
      const forms = formsOf(exchange);
      replay(exchange, crypto);
      if (exchange.method !== 'gtc') expect(seen).to.not.deep.equal([]);
      for (const buffer of seen) for (const form of forms) expect(toHex(buffer)).to.not.contain(form);
    });
  }

  const first = (name: string): EapExchange => exchanges.find((one) => one.name === name) ?? expect.fail(name);

  it('are gone when a server has not proved itself', () => {
    const exchange = first('mschapv2, eapol_test with hostapd');
    const spoiled = exchange.packets.map((line) => line.replace('533d46', '533d45'));
    expect(spoiled).to.not.deep.equal(exchange.packets);
    const born = bornIn(() => expect(replay({ ...exchange, packets: spoiled }, nodeCrypto).of('fail')).to.have.length(1));
    const given = bornIn(() => void replay(exchange, nodeCrypto, 0)).length;
    expect(born.slice(given).every((secret) => isZero(secret.reveal()))).to.equal(true);
  });

  it('are gone when it ends before the last piece is sent that would have made them known', () => {
    const method = pwd();
    const exchange = first('pwd of group 19, with hostapd');
    const left = exchange.draws.map(hex);
    let state = method.begin({
      identity: Secret.of(new TextEncoder().encode(exchange.identity)),
      password: { form: 'text', secret: Secret.of(new TextEncoder().encode(exchange.password)) },
      crypto: nodeCrypto,
      draw: () => left.shift() ?? new Uint8Array(0),
      room: 200,
    });
    const born = bornIn(() => {
      const requests = exchange.packets.filter((line) => /^server 01.{6}34/.test(line)).map((line) => hex(line.slice(17)));
      for (const [at, data] of requests.entries()) {
        // There is less room for the last message.
        if (at === requests.length - 1) state = { ...state, context: { ...state.context, room: 20 } };
        const { state: next, effects } = method.step(state, { kind: 'request', identifier: at, data });
        state = next;
        expect(effects.map((one) => one.do)).to.deep.equal(at === 0 ? ['respond', 'meanwhile'] : ['respond']);
      }
    });
    expect(born.some((secret) => !isZero(secret.reveal()))).to.equal(true);
    method.release(state);
    expect(born.every((secret) => isZero(secret.reveal()))).to.equal(true);
  });
});
