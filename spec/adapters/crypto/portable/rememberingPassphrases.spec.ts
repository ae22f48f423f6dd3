import { inspect } from 'node:util';
import { expect } from 'chai';
import { portableCrypto, rememberingPassphrases } from '../../../../adapters/crypto/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { ascii } from '../implementations.js';

const counted = (capacity?: number) => {
  let derivations = 0;
  const crypto = rememberingPassphrases(
    {
      ...portableCrypto,
      pbkdf2: (...question) => {
        derivations++;
        return portableCrypto.pbkdf2(...question);
      },
    },
    capacity,
  );
  const derive = (passphrase: string, ssid: string, iterations = 1, octets = 32, hash: 'sha1' | 'sha256' = 'sha1') =>
    crypto.pbkdf2(hash, ascii(passphrase), ascii(ssid), iterations, octets);
  return { crypto, derive, derivations: () => derivations };
};

/** The bytes of every `Secret` made while something runs. */
const secretsOf = (run: () => void): ReadonlyArray<Uint8Array> => {
  const made: Uint8Array[] = [];
  const original = Secret.of;
  Secret.of = (bytes) => {
    const secret = original(bytes);
    made.push(secret.reveal());
    return secret;
  };
  try {
    run();
  } finally {
    Secret.of = original;
  }
  return made;
};

const isZero = (bytes: Uint8Array): boolean => bytes.every((octet) => octet === 0);

describe('rememberingPassphrases', () => {
  it('derives a key once', () => {
    const { derive, derivations } = counted();
    const first = derive('password', 'IEEE');
    expect(derive('password', 'IEEE')).to.deep.equal(first);
    expect(first).to.deep.equal(portableCrypto.pbkdf2('sha1', ascii('password'), ascii('IEEE'), 1, 32));
    expect(derivations()).to.equal(1);
  });

  it('tells questions apart that differ in anything', () => {
    const { derive, derivations } = counted();
    derive('password', 'IEEE');
    derive('passwordI', 'EEE');
    derive('password', 'IEEF');
    derive('password', 'IEEE', 2);
    derive('password', 'IEEE', 1, 16);
    derive('password', 'IEEE', 1, 32, 'sha256');
    expect(derivations()).to.equal(6);
  });

  it('hands out bytes of the caller, which may destroy them', () => {
    const { derive } = counted();
    const first = derive('password', 'IEEE');
    const kept = first.slice();
    first.fill(0);
    derive('password', 'IEEE').fill(0);
    expect(derive('password', 'IEEE')).to.deep.equal(kept);
  });

  it('gives up the key not asked for longest, and zeroises it', () => {
    const { derive, derivations } = counted(2);
    const [a, b, c] = secretsOf(() => {
      derive('a', 'ssid');
      derive('b', 'ssid');
      derive('a', 'ssid');
      derive('c', 'ssid');
    });
    expect([a, b, c].map((bytes) => isZero(bytes ?? new Uint8Array(1)))).to.deep.equal([false, true, false]);
    expect(derivations()).to.equal(3);
    derive('a', 'ssid');
    expect(derivations()).to.equal(3);
    derive('b', 'ssid');
    expect(derivations()).to.equal(4);
  });

  it('remembers 64 keys unless told otherwise, and none if told so', () => {
    const usual = counted();
    const asked = (count: number) => Array.from({ length: count }, (_, i) => `passphrase ${i}`);
    for (const passphrase of asked(64)) usual.derive(passphrase, 'ssid');
    usual.derive('passphrase 0', 'ssid');
    expect(usual.derivations()).to.equal(64);
    usual.derive('one more', 'ssid');
    usual.derive('passphrase 1', 'ssid');
    expect(usual.derivations()).to.equal(66);
    const none = counted(0);
    const made = secretsOf(() => {
      none.derive('a', 'ssid');
      none.derive('a', 'ssid');
    });
    expect(none.derivations()).to.equal(2);
    expect(made.every(isZero)).to.equal(true);
  });

  it('forgets when told to', () => {
    const { crypto, derive, derivations } = counted();
    const made = secretsOf(() => {
      derive('a', 'ssid');
      derive('b', 'ssid');
      crypto.forget();
    });
    expect(made).to.have.length(2);
    expect(made.every(isZero)).to.equal(true);
    derive('a', 'ssid');
    expect(derivations()).to.equal(3);
  });

  it('shows neither passphrase nor key', () => {
    const { crypto, derive } = counted();
    const key = Buffer.from(derive('a passphrase', 'ssid')).toString('hex');
    const shown = inspect(crypto, { depth: 10, showHidden: true }) + JSON.stringify(crypto);
    expect(shown).to.not.include('a passphrase');
    expect(shown).to.not.include(key);
  });
});
