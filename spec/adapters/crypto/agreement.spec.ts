import { expect } from 'chai';
import fc from 'fast-check';
import { bulkCrypto, nodeCrypto, portableCrypto, rememberingPassphrases } from '../../../adapters/crypto/index.js';
import type { Crypto, HashName } from '../../../operators/core/crypto/index.js';

/** Lengths around the borders of blocks, registers and padding, and any other. */
const bytes = fc
  .oneof(
    fc.constantFrom(0, 1, 7, 8, 15, 16, 17, 24, 31, 32, 47, 48, 55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 512, 520),
    fc.nat(300),
  )
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));

/** A view into a larger buffer, so that offsets matter, and sometimes a Buffer, whose `slice` is no copy. */
const input = fc.tuple(bytes, fc.nat(5), fc.boolean()).map(([content, offset, isBuffer]) => {
  const room = new Uint8Array(offset + content.length + 3).fill(0xee);
  room.set(content, offset);
  return isBuffer ? Buffer.from(room.buffer, offset, content.length) : room.subarray(offset, offset + content.length);
});

const hashName = fc.constantFrom<HashName>('md5', 'sha1', 'sha256', 'sha384', 'sha512');

type Result = Uint8Array | boolean | undefined;
interface Call {
  readonly name: string;
  readonly inputs: ReadonlyArray<Uint8Array>;
  readonly run: (crypto: Crypto) => Result;
}

const oneInput = (name: string, run: (crypto: Crypto, a: Uint8Array) => Result): fc.Arbitrary<Call> =>
  input.map((a) => ({ name, inputs: [a], run: (crypto) => run(crypto, a) }));

const twoInputs = (name: string, run: (crypto: Crypto, a: Uint8Array, b: Uint8Array) => Result): fc.Arbitrary<Call> =>
  fc.tuple(input, input).map(([a, b]) => ({ name, inputs: [a, b], run: (crypto) => run(crypto, a, b) }));

const keyed = (
  name: string,
  lengths: ReadonlyArray<number>,
  run: (crypto: Crypto, key: Uint8Array, b: Uint8Array) => Result,
): fc.Arbitrary<Call> =>
  fc
    .tuple(
      fc.constantFrom(...lengths).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
      input,
    )
    .map(([key, b]) => ({ name, inputs: [key, b], run: (crypto) => run(crypto, key, b) }));

const wrappedAgain = (crypto: Crypto, kek: Uint8Array, plain: Uint8Array): Result => {
  const wrapped = crypto.aesWrap(kek, plain);
  return wrapped === undefined ? undefined : crypto.aesUnwrap(kek, wrapped);
};

const sealedAgain = (crypto: Crypto, key: Uint8Array, plain: Uint8Array): Result => {
  const sealed = crypto.aesSivSeal(key, plain, [key, plain]);
  return sealed === undefined ? undefined : crypto.aesSivOpen(key, sealed, [key, plain]);
};

const call: fc.Arbitrary<Call> = fc.oneof(
  hashName.chain((hash) => oneInput(`hash ${hash}`, (crypto, a) => crypto.hash(hash, a))),
  hashName.chain((hash) => twoInputs(`hmac ${hash}`, (crypto, a, b) => crypto.hmac(hash, a, b))),
  hashName.chain((hash) => twoInputs(`hmacs ${hash}`, (crypto, a, b) => crypto.hmacs(hash, a, [b, a, b]))),
  fc
    .tuple(hashName, fc.integer({ min: -1, max: 4 }), fc.integer({ min: -1, max: 150 }))
    .chain(([hash, iterations, octets]) =>
      twoInputs(`pbkdf2 ${hash}`, (crypto, a, b) => crypto.pbkdf2(hash, a, b, iterations, octets)),
    ),
  twoInputs('aesCmac', (crypto, a, b) => crypto.aesCmac(a, b)),
  keyed('aesCmac', [16], (crypto, key, b) => crypto.aesCmac(key, b)),
  twoInputs('aesWrap', (crypto, a, b) => crypto.aesWrap(a, b)),
  keyed('aesWrap', [16, 32], (crypto, key, b) => crypto.aesWrap(key, b)),
  keyed('aesUnwrap', [16, 32], (crypto, key, b) => crypto.aesUnwrap(key, b)),
  keyed('aesUnwrap of aesWrap', [16, 32], wrappedAgain),
  twoInputs('aesSivSeal', (crypto, a, b) => crypto.aesSivSeal(a, b, [b])),
  keyed('aesSivSeal', [32, 48, 64], (crypto, key, b) => crypto.aesSivSeal(key, b, [key, b])),
  keyed('aesSivOpen', [32, 48, 64], (crypto, key, b) => crypto.aesSivOpen(key, b, [])),
  keyed('aesSivOpen of aesSivSeal', [32, 48, 64], sealedAgain),
  keyed('aesCounter', [16, 24, 32], (crypto, key, b) => crypto.aesCounter(key, key.subarray(0, 16), b)),
  twoInputs('aesCounter', (crypto, a, b) => crypto.aesCounter(a, b, a)),
  keyed('aesCcmOpen', [16, 24, 32], (crypto, key, b) => crypto.aesCcmOpen(key, key.subarray(0, 13), b, key, 8)),
  twoInputs('aesCcmOpen', (crypto, a, b) => crypto.aesCcmOpen(a, b, a, b, 16)),
  keyed('aesGcmOpen', [16, 24, 32], (crypto, key, b) => crypto.aesGcmOpen(key, key.subarray(0, 12), b, key)),
  twoInputs('aesGcmOpen', (crypto, a, b) => crypto.aesGcmOpen(a, b, a, b)),
  fc.nat(300).chain((skip) => twoInputs('rc4', (crypto, a, b) => crypto.rc4(a, skip, b))),
  oneInput('md4', (crypto, a) => crypto.md4(a)),
  twoInputs('des', (crypto, a, b) => crypto.des(a, b)),
  keyed('des', [8], (crypto, key, b) => crypto.des(key, b.slice(0, 8))),
  twoInputs('equal', (crypto, a, b) => crypto.equal(a, b)),
  oneInput('equal', (crypto, a) => crypto.equal(a, a.slice())),
);

const plainOf = (result: Result): unknown => (result instanceof Uint8Array ? Buffer.from(result).toString('hex') : result);

const others: Readonly<Record<string, Crypto>> = {
  nodeCrypto,
  bulkCrypto,
  'rememberingPassphrases(nodeCrypto)': rememberingPassphrases(nodeCrypto, 2),
};

describe('the implementations', () => {
  it('agree, whatever the lengths, and throw nothing', () => {
    fc.assert(
      fc.property(call, ({ name, run }) => {
        const expected = plainOf(run(portableCrypto));
        for (const [who, crypto] of Object.entries(others)) expect(plainOf(run(crypto)), `${name} of ${who}`).to.equal(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('leave their inputs as they were, and return bytes of the caller', () => {
    fc.assert(
      fc.property(call, ({ name, inputs, run }) => {
        for (const [who, crypto] of Object.entries({ portableCrypto, ...others })) {
          const before = inputs.map((bytes) => bytes.slice().toString());
          const result = run(crypto);
          expect(inputs.map(String), `${name} of ${who}`).to.deep.equal(before);
          if (!(result instanceof Uint8Array)) continue;
          expect(result.constructor, `${name} of ${who}`).to.equal(Uint8Array);
          expect(result.buffer.byteLength, `${name} of ${who}`).to.equal(result.length);
          const seen = plainOf(result);
          result.fill(0xdd);
          expect(plainOf(run(crypto)), `${name} of ${who}`).to.equal(seen);
          expect(inputs.map(String), `${name} of ${who}`).to.deep.equal(before);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('agree on the points of the curves', () => {
    fc.assert(
      fc.property(fc.constantFrom(19, 20, 21), fc.bigInt({ min: 0n, max: 2n ** 530n }), (group, scalar) => {
        const [ours, theirs] = [portableCrypto.curve(group), nodeCrypto.curve(group)];
        const point = ours?.multiply(ours.generator, scalar + 1n);
        if (point === undefined || theirs === undefined) return;
        expect(theirs.multiply(point, scalar)).to.deep.equal(ours?.multiply(point, scalar));
      }),
      { numRuns: 15 },
    );
  });
});
