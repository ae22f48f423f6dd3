import { expect } from 'chai';
import fc from 'fast-check';
import { type Either, isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import {
  beginOwe,
  finishOwe,
  type OweBegun,
  type OweFailure,
  type OweState,
  oweRandomOctets,
  releaseOwe,
} from '../../../../../operators/core/rsn/owe/index.js';
import { type OweKeys, oweKeys } from '../../../../../operators/core/rsn/owe/oweKeys.js';
import { pointOfPublicKey } from '../../../../../operators/core/rsn/owe/owePublicKey.js';
import { integerOf, octetsOf } from '../../../../../operators/core/rsn/sae/octets.js';
import { hex } from '../../../../streams/frames/hex.js';

const DIGESTS = new Map([
  [19, 32],
  [20, 48],
  [21, 64],
]);

const curve = (group: number) => {
  const found = nodeCrypto.curve(group);
  if (found === undefined) throw new Error(`no group ${group}`);
  return found;
};

const right = <A>(either: Either<OweFailure, A>): A => {
  if (isLeft(either)) throw new Error(JSON.stringify(either.left));
  return either.right;
};

/** The random octets a private key is made of. */
const randomFor = (group: number, privateKey: Uint8Array): Uint8Array =>
  octetsOf(integerOf(privateKey) - 2n, curve(group).length + 8);

const element = (group: number, publicKey: Uint8Array): Uint8Array =>
  Uint8Array.from([255, publicKey.length + 3, 32, group & 0xff, group >>> 8, ...publicKey]);

interface Vector {
  readonly origin: string;
  readonly group: number;
  readonly privateKey: string;
  readonly client: string;
  readonly accessPoint: string;
  readonly pmk: string;
  readonly pmkid?: string;
}

const vectors: ReadonlyArray<Vector> = [
  {
    origin: 'Fuchsia, src/connectivity/wlan/lib/sae/src/owe.rs',
    group: 19,
    privateKey: '5d6edb96f46993e0fb7621f93e5d3450813eb8c63ece17ecbf45376c574debb2',
    client: '4abf7c206407893a1c8b27a7b9b2c1dc6e3d7038fed9ad7ae2250d03dc18e080',
    accessPoint: '40ac0ba500964f5872fb969e673d0c83869dd8976c688cec46fe4ba4b140e7ef',
    pmk: 'afac9db29ab652d7f76054c9c51204a3bb59339e302523d9c114b269a46f5734',
  },
  {
    origin: 'computed with pyca/cryptography 48',
    group: 19,
    privateKey: '645923be8c7d0979318b5694ec9c3c1dfe6b62417e8efd53064cc5f850bd0838',
    client: '699c8504b2e1618ba4dc3d50ef63232a9f9aa77d34adfa9cf9a979333e23e86b',
    accessPoint: 'c731aaa0d2640af4a1adad2b429b6a90557303a8ff7541c6d6045590bad9831d',
    pmk: '1f2976832760216f3bce6fcefa1a314849ed2170a7153d24f088923458a3363f',
    pmkid: 'c5213136eaa1df1205cc7f149eddb834',
  },
  {
    origin: 'computed with pyca/cryptography 48',
    group: 20,
    privateKey: '3f1dccebb47442ad2e0206406c921bda4ddf90bbd89bda7f35aff1c680a12c830ee51c07f73472220b09225f2a8bca44',
    client: 'ed0500ab0f69b85eeb7db10da7c0e6e3747234c0b47f36336810b9b2b4faa02ac6b0966e3620da5dda93826b56410ff2',
    accessPoint: '50817f3f2b039f62795fdbda4996cca699ed8e4c2d2d7cd0dbe4668758757033051378a4b0e42f60342a68f9de75deb5',
    pmk: '240540cd384fba029ab3a1b3572a83b5bc2f8be0c5d5856b33cbf49aaf61896ff56db1364b504aaad8e79ca6d361e6b0',
    pmkid: '730532ad930d5f97f7c0f8d6cd41e010',
  },
  {
    origin: 'computed with pyca/cryptography 48',
    group: 21,
    privateKey: `013bc7f56ffded700079381527dedba4f467e4324250fbbc1d13aedc29c6bcee6ac9
                 b90a73f81d41b2d8c5752ce15d1d934060df75399ac6cdfcadbef4ea33b33228`,
    client: `0123edb0d4a728bf9db8e53c343157e7017375e7820c3c28fa4c9da61ab9b55bf9ab
             08d03244aed971789afd61b7d523406b93da2da75dbe1a70b8c8910db94646c1`,
    accessPoint: `01d7d4a202be67ba1039ce41c0a800f783a65a02f5bb028951f8cb913bedad8e0cb4
                  cf6f8b4471c7dc579fd2983eb1116d6d497aec14f1c81a96ccd4e131ab607050`,
    pmk: `f22407c38dcf88ce51d7e74858a06ecb3eb74c326fc583f0aca3f50408af5afc
          dcb23e45e55a275ed956f480d6be1e24252234135d85106edb7d3205b71e5705`,
    pmkid: '923f4aad79552d95a84625219d1f863f',
  },
];

const begun = (group: number, fill = 7): OweBegun =>
  right(beginOwe(nodeCrypto, group, new Uint8Array(oweRandomOctets(nodeCrypto, group) ?? 0).fill(fill)));

/** What an access point makes of the station's element: the same sum, with its own private key. */
const answered = (group: number, client: Uint8Array, fill: number): { readonly element: Uint8Array; readonly keys: OweKeys } => {
  const { state, element: own } = begun(group, fill);
  const point = pointOfPublicKey(curve(group), client);
  const shared = point === undefined ? undefined : curve(group).multiply(point, integerOf(state.privateKey.reveal()));
  if (shared === undefined) throw new Error('no shared secret');
  const z = octetsOf(shared.x, curve(group).length);
  return { element: own, keys: oweKeys(nodeCrypto, curve(group), { client, accessPoint: state.publicKey }, z) };
};

const isErased = ({ privateKey }: OweState): boolean => privateKey.reveal().every((octet) => octet === 0);

describe('OWE', () => {
  for (const { origin, group, privateKey, client, accessPoint, pmk, pmkid } of vectors) {
    it(`group ${group}, ${origin}`, () => {
      const { state, element: ours } = right(beginOwe(nodeCrypto, group, randomFor(group, hex(privateKey))));
      expect(ours).to.deep.equal(element(group, hex(client)));
      const keys = right(finishOwe(nodeCrypto, state, element(group, hex(accessPoint))));
      expect(keys.pmk.reveal()).to.deep.equal(hex(pmk));
      if (pmkid !== undefined) expect(keys.pmkid).to.deep.equal(hex(pmkid));
    });
  }

  for (const [group, octets] of DIGESTS) {
    it(`both ends agree in group ${group}`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 127 }), fc.integer({ min: 128, max: 255 }), (one, other) => {
          const { state } = begun(group, one);
          const { element: theirs, keys } = answered(group, state.publicKey, other);
          const { pmk, pmkid } = right(finishOwe(nodeCrypto, state, theirs));
          expect(pmk.length).to.equal(octets);
          expect(pmk.reveal()).to.deep.equal(keys.pmk.reveal());
          expect(pmkid).to.deep.equal(keys.pmkid);
          expect(isErased(state)).to.equal(true);
        }),
        { numRuns: 8 },
      );
    });
  }

  const refused = (response: (theirs: Uint8Array) => Uint8Array, group = 19): OweFailure => {
    const { state } = begun(group);
    const { element: theirs } = answered(group, state.publicKey, 200);
    const finished = finishOwe(nodeCrypto, state, response(theirs));
    expect(isErased(state)).to.equal(true);
    if (!isLeft(finished)) throw new Error('not refused');
    return finished.left;
  };

  /** The first number from there on that is no x of a point. */
  const offCurve = (group: number): Uint8Array => {
    const { length } = curve(group);
    let x = 2n;
    while (pointOfPublicKey(curve(group), octetsOf(x, length)) !== undefined) x += 1n;
    return octetsOf(x, length);
  };

  for (const [group] of DIGESTS) {
    const { length, prime } = curve(group);

    it(`an x that is on no point of group ${group} is refused`, () => {
      expect(refused(() => element(group, offCurve(group)), group)).to.deep.equal({ reason: 'invalidPublicKey', octets: length });
    });

    it(`an x that is not below the prime of group ${group} is refused`, () => {
      const failure = { reason: 'invalidPublicKey', octets: length };
      expect(refused(() => element(group, octetsOf(prime, length)), group)).to.deep.equal(failure);
      expect(refused(() => element(group, new Uint8Array(length).fill(255)), group)).to.deep.equal(failure);
    });

    it(`a key that is not as long as group ${group} has them is refused`, () => {
      expect(refused((theirs) => element(group, theirs.subarray(6)), group)).to.deep.equal({
        reason: 'invalidPublicKey',
        octets: length - 1,
      });
      expect(refused((theirs) => element(group, Uint8Array.from([0, ...theirs.subarray(5)])), group)).to.deep.equal({
        reason: 'invalidPublicKey',
        octets: length + 1,
      });
    });
  }

  it('another group in the response is refused', () => {
    expect(refused((theirs) => element(20, theirs.subarray(5)))).to.deep.equal({ reason: 'otherGroup', expected: 19, found: 20 });
  });

  it('a response without the element, or with a broken one, is refused', () => {
    expect(refused(() => new Uint8Array(0))).to.deep.equal({ reason: 'noDiffieHellman' });
    expect(refused(() => Uint8Array.of(48, 2, 1, 0))).to.deep.equal({ reason: 'noDiffieHellman' });
    expect(refused((theirs) => theirs.subarray(0, 20)).reason).to.equal('malformed');
    expect(refused(() => Uint8Array.of(255, 2, 32, 19)).reason).to.equal('malformed');
    expect(refused(() => Uint8Array.of(255, 3, 32, 19, 0)).reason).to.equal('malformed');
  });

  it('a private key serves once', () => {
    const { state } = begun(19);
    const { element: theirs } = answered(19, state.publicKey, 200);
    right(finishOwe(nodeCrypto, state, theirs));
    expect(finishOwe(nodeCrypto, state, theirs)).to.deep.equal({ _tag: 'Left', left: { reason: 'noSharedSecret' } });
  });

  it('a private key is erased when the state is released', () => {
    const { state } = begun(21);
    expect(isErased(state)).to.equal(false);
    releaseOwe(state);
    expect(isErased(state)).to.equal(true);
  });

  it('a group that is not offered, and too few random octets, are refused', () => {
    expect(oweRandomOctets(nodeCrypto, 26)).to.equal(undefined);
    expect(beginOwe(nodeCrypto, 26, new Uint8Array(99))).to.deep.equal({
      _tag: 'Left',
      left: { reason: 'unsupportedGroup', group: 26 },
    });
    expect(beginOwe(nodeCrypto, 20, new Uint8Array(55))).to.deep.equal({
      _tag: 'Left',
      left: { reason: 'tooLittleRandom', expected: 56, found: 55 },
    });
  });

  it('random bytes never disturb it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, asKey) => {
        const { state } = begun(19);
        const finished = finishOwe(nodeCrypto, state, asKey ? element(19, bytes.subarray(0, 32)) : bytes);
        if (!isLeft(finished)) expect(finished.right.pmk.length).to.equal(32);
      }),
      { numRuns: 100 },
    );
  });
});
