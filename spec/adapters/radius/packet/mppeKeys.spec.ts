import { expect } from 'chai';
import fc from 'fast-check';
import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { compareKeys, mppeKeysOf, readRadius } from '../../../../adapters/radius/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { bornSecrets } from '../../../support/bornSecrets.js';
import { hideKey, vendorSpecific } from '../../../support/radius/answers.js';
import { rightOf } from '../../../support/radius/rightOf.js';

const shared = { crypto: nodeCrypto, secret: new TextEncoder().encode('s3cret') };
const authenticator = Uint8Array.from({ length: 16 }, (_, n) => n);
const SEND = 16;
const RECV = 17;

const packetWith = (...attributes: ReadonlyArray<Uint8Array>) => {
  const body = attributes.flatMap((attribute) => [...attribute]);
  return rightOf(readRadius(Uint8Array.of(2, 0, (20 + body.length) >>> 8, 20 + body.length, ...new Uint8Array(16), ...body)));
};

const keysOf = (...attributes: ReadonlyArray<Uint8Array>) => mppeKeysOf(shared, packetWith(...attributes), authenticator);

const hidden = (key: Uint8Array, salt = 0x8001) => hideKey(shared, authenticator, salt, key);

describe('mppeKeysOf', () => {
  it('decrypts keys of any size, each under its own salt', () => {
    const key = fc.uint8Array({ minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(key, key, (send, receive) => {
        const keys = rightOf(keysOf(vendorSpecific(311, SEND, hidden(send)), vendorSpecific(311, RECV, hidden(receive, 0xfffe))));
        expect(keys.send?.reveal()).to.deep.equal(send);
        expect(keys.receive?.reveal()).to.deep.equal(receive);
      }),
    );
  });

  it('has nothing where there is nothing, and looks at no other vendor', () => {
    expect(rightOf(keysOf())).to.deep.equal({});
    expect(rightOf(keysOf(vendorSpecific(9, SEND, hidden(new Uint8Array(32)))))).to.deep.equal({});
    expect(rightOf(keysOf(vendorSpecific(311, 26, Uint8Array.of(1))))).to.deep.equal({});
  });

  const wrong: Readonly<Record<string, readonly [ReadonlyArray<Uint8Array>, RegExp]>> = {
    'without salt': [
      [vendorSpecific(311, SEND, Uint8Array.of(0x80))],
      /Send-Key at byte 26: expected a salt of 2 bytes, found 1/,
    ],
    'with a salt whose first bit is not set': [[vendorSpecific(311, RECV, hidden(new Uint8Array(32), 1))], /Recv-Key.*first bit/],
    'that is no whole number of blocks': [
      [vendorSpecific(311, SEND, hidden(new Uint8Array(32)).slice(0, 40))],
      /expected a multiple of 16 bytes, found 38/,
    ],
    'that is empty': [[vendorSpecific(311, SEND, Uint8Array.of(0x80, 1))], /expected a multiple of 16 bytes, found 0/],
    'that says it is longer than it is': [
      [vendorSpecific(311, SEND, hideKey(shared, authenticator, 0x8001, new Uint8Array(10), 200))],
      /does not decrypt/,
    ],
    'that comes twice': [
      [vendorSpecific(311, SEND, hidden(new Uint8Array(32))), vendorSpecific(311, SEND, hidden(new Uint8Array(32), 0x8002))],
      /expected one, found a second/,
    ],
    'in a vendor attribute that is too short for a vendor': [[Uint8Array.of(26, 5, 0, 0, 1)], /Vendor-Id at byte 22/],
    'whose length passes the end of its attribute': [
      [Uint8Array.of(26, 8, 0, 0, 1, 55, 16, 9)],
      /Vendor length at byte 27: expected from 2 to the 2 bytes there are, found 9/,
    ],
  };
  for (const [name, [attributes, message]] of Object.entries(wrong)) {
    it(`refuses a key ${name}`, () => {
      const keys = keysOf(...attributes);
      expect(isLeft(keys) && keys.left).to.match(message);
    });
  }

  it('destroys the key that was good where the other is not', () => {
    const born = bornSecrets();
    try {
      const good = vendorSpecific(311, SEND, hidden(new Uint8Array(32).fill(7)));
      for (const bad of [vendorSpecific(311, RECV, Uint8Array.of(0x80)), good]) expect(isLeft(keysOf(good, bad))).to.equal(true);
      expect(born.readable).to.equal(0);
    } finally {
      born.end();
    }
  });

  it('never tells a key, nor the secret', () => {
    const keys = keysOf(vendorSpecific(311, SEND, hidden(new Uint8Array(32).fill(0x61))));
    expect(JSON.stringify(rightOf(keys))).to.equal('{"send":"[redacted 32 B]"}');
  });
});

describe('compareKeys', () => {
  const [first, second, other] = [1, 2, 3].map((octet) => Secret.of(new Uint8Array(32).fill(octet)));
  const msk = Secret.of(Uint8Array.from({ length: 64 }, (_, n) => (n < 32 ? 1 : 2)));
  const none = Secret.of(new Uint8Array(0));
  const comparisons = [
    ['match', msk, first, second],
    ['bothDiffer', msk, second, first],
    ['sendDiffers', msk, first, other],
    ['receiveDiffers', msk, other, second],
    ['bothDiffer', msk, none, none],
  ] as const;
  for (const [expected, ours, receive, send] of comparisons) {
    it(`says ${expected}`, () => {
      if (receive === undefined || send === undefined) throw new Error('no key');
      expect(compareKeys(ours, { receive, send })).to.equal(expected);
    });
  }

  it('says which side has none', () => {
    const receive = Secret.of(new Uint8Array(32));
    expect(compareKeys(undefined, {})).to.equal('none');
    expect(compareKeys(undefined, { receive })).to.equal('unexpected');
    expect(compareKeys(msk, {})).to.equal('missing');
    expect(compareKeys(msk, { receive })).to.equal('missing');
  });

  it('knows the short keys of MSCHAPv2, behind which there is nothing', () => {
    const [receive, send] = [Secret.of(new Uint8Array(16).fill(1)), Secret.of(new Uint8Array(16).fill(2))];
    const short = Uint8Array.from({ length: 64 }, (_, n) => [1, 2, 0, 0][n >> 4] ?? 0);
    expect(compareKeys(Secret.of(short), { receive, send })).to.equal('match');
    expect(compareKeys(Secret.of(short), { receive: send, send: receive })).to.equal('bothDiffer');
    short[63] = 1;
    expect(compareKeys(Secret.of(short), { receive, send })).to.not.equal('match');
  });

  it('does not take a shorter key for the whole half', () => {
    expect(
      compareKeys(msk, { receive: Secret.of(new Uint8Array(16).fill(1)), send: Secret.of(new Uint8Array(32).fill(2)) }),
    ).to.equal('receiveDiffers');
  });
});
