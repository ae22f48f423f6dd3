import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { Secret, SecretValue } from '../../../streams/events/Secret.js';

const KEY = Uint8Array.from({ length: 32 }, (_, i) => 0xa0 + i);
const bytes = fc.uint8Array({ maxLength: 64 });

describe('Secret', () => {
  const ways: ReadonlyArray<readonly [string, (secret: Secret) => string]> = [
    ['a template', (secret) => `${secret}`],
    ['String()', String],
    ['JSON.stringify', (secret) => JSON.stringify({ secret })],
    ['inspect', (secret) => inspect({ secret }, { depth: null, showHidden: true })],
    ['an error message', (secret) => new Error(`refused ${secret}`).message],
  ];
  for (const [way, print] of ways) {
    it(`R11: shows its length and nothing else in ${way}`, () => {
      const printed = print(Secret.of(KEY));
      expect(printed).to.contain('[redacted 32 B]');
      expect(printed.replace('[redacted 32 B]', '')).to.not.match(/a0|160|161/);
    });
  }

  it('R11: has no property that holds the bytes', () => {
    expect(Object.entries(Secret.of(KEY))).to.deep.equal([['length', 32]]);
  });

  it('R11: reads as zero once zeroised, also through a view taken before', () => {
    const secret = Secret.of(KEY);
    const view = secret.reveal();
    expect(view).to.deep.equal(KEY);
    secret.zeroise();
    expect(view).to.deep.equal(new Uint8Array(32));
    expect(secret.reveal()).to.deep.equal(new Uint8Array(32));
  });

  it('copies what it is given, and destroys only its own copy', () => {
    const given = KEY.slice();
    const secret = Secret.of(given);
    given.fill(7);
    expect(secret.reveal()).to.deep.equal(KEY);
    secret.zeroise();
    expect(given).to.deep.equal(new Uint8Array(32).fill(7));
  });

  it('copies a Node Buffer too, whose slice would share its memory', () => {
    const given = Buffer.from(KEY);
    const secret = Secret.of(given);
    given.fill(7);
    expect(secret.reveal()).to.deep.equal(KEY);
  });

  it('gives a copy a life of its own', () => {
    const first = Secret.of(KEY);
    const second = first.copy();
    first.zeroise();
    expect(second.reveal()).to.deep.equal(KEY);
  });

  it('equals a secret of the same bytes and no other', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(Secret.of(a).equals(Secret.of(a))).to.equal(true);
        expect(Secret.of(a).equals(Secret.of(b))).to.equal(Buffer.compare(a, b) === 0);
      }),
    );
  });

  it('compares redacted secrets by length and fingerprint, and never with known ones', () => {
    const redacted = Secret.redacted(32, 'f1');
    expect(redacted.equals(Secret.redacted(32, 'f1'))).to.equal(true);
    expect(redacted.equals(Secret.redacted(32, 'f2'))).to.equal(false);
    expect(redacted.equals(Secret.redacted(16, 'f1'))).to.equal(false);
    expect(redacted.equals(Secret.of(KEY))).to.equal(false);
    expect(Secret.of(KEY).equals(redacted)).to.equal(false);
  });

  it('reveals nothing of a redacted secret', () => {
    const redacted = Secret.redacted(32, 'f1');
    expect(redacted.isKnown).to.equal(false);
    expect(redacted.length).to.equal(32);
    expect(redacted.reveal()).to.deep.equal(new Uint8Array(0));
    expect(redacted.copy().fingerprint).to.equal('f1');
  });
});

describe('SecretValue', () => {
  const decoded = (json: unknown): Secret | undefined => {
    const result = SecretValue.decode(json);
    return result._tag === 'Right' ? result.right : undefined;
  };

  it('reads the open form', () => {
    expect(decoded({ secret: 'a0a1' })?.reveal()).to.deep.equal(Uint8Array.of(0xa0, 0xa1));
  });

  it('reads the redacted form', () => {
    const secret = decoded({ redacted: 32, fingerprint: 'f1' });
    expect(secret?.isKnown).to.equal(false);
    expect(secret?.length).to.equal(32);
    expect(secret?.fingerprint).to.equal('f1');
  });

  for (const json of [
    { secret: 'a0a' },
    { secret: 'xx' },
    { secret: 1 },
    { redacted: '32', fingerprint: '' },
    'a0a1',
    null,
    {},
  ]) {
    it(`refuses ${JSON.stringify(json)}`, () => {
      expect(decoded(json)).to.equal(undefined);
    });
  }
});
