import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { huntAndPeck } from '../../../../../operators/core/rsn/sae/huntingAndPecking.js';
import { integerOf } from '../../../../../operators/core/rsn/sae/octets.js';
import { ownCommit } from '../../../../../operators/core/rsn/sae/ownCommit.js';
import { hashFor } from '../../../../../operators/core/rsn/sae/SaeSetup.js';
import { confirmOf, saeKeys, saltOf, sharedSecret } from '../../../../../operators/core/rsn/sae/saeKeys.js';
import { curve } from './exchange.js';
import { annexJ10 } from './vectors.js';

describe('the keys of SAE', () => {
  const { hunting, password } = annexJ10;
  const p256 = curve(19);
  const element = huntAndPeck(nodeCrypto, p256, password, hunting.addresses, new Uint8Array(32));
  const own =
    element === undefined
      ? undefined
      : ownCommit(p256, element, { rand: integerOf(hunting.rand), mask: integerOf(hunting.mask) });
  const peer = { scalar: hunting.peerScalar, element: hunting.peerElement };

  it('IEEE 802.11-2020 J.10: the commit', () => {
    expect(own?.scalar).to.deep.equal(hunting.scalar);
    expect(own?.element).to.deep.equal(hunting.element);
  });

  it('IEEE 802.11-2020 J.10: KCK, PMK and PMKID', () => {
    const k = own === undefined ? undefined : sharedSecret(p256, own, peer);
    const { kck, pmk, pmkid } = saeKeys(nodeCrypto, k ?? new Uint8Array(0), {
      curve: p256,
      hash: hashFor('huntingAndPecking', p256),
      pmkOctets: 32,
      scalars: [hunting.scalar, peer.scalar],
      salt: saltOf('sha256', hunting.addresses, { own: [], peer: [] }),
    });
    expect(kck.reveal()).to.deep.equal(hunting.kck);
    expect(pmk.reveal()).to.deep.equal(hunting.pmk);
    expect(pmkid).to.deep.equal(hunting.pmkid);
  });

  it('the salt is zeros, or the rejected groups of both, those of the greater address first', () => {
    const { own: lesser, peer: greater } = hunting.addresses;
    expect(saltOf('sha384', { own: lesser, peer: greater }, { own: [], peer: [] })).to.deep.equal(new Uint8Array(48));
    const lists = { own: [19, 0x1234], peer: [20] };
    expect([...saltOf('sha256', { own: greater, peer: lesser }, lists)]).to.deep.equal([19, 0, 0x34, 0x12, 20, 0]);
    expect([...saltOf('sha256', { own: lesser, peer: greater }, lists)]).to.deep.equal([20, 0, 19, 0, 0x34, 0x12]);
  });

  it('a commit is not made of numbers whose sum is 0 or 1', () => {
    const secrets = { rand: 5n, mask: p256.order - 5n };
    if (element === undefined) throw new Error('no element');
    expect(ownCommit(p256, element, secrets)).to.equal(undefined);
    expect(ownCommit(p256, element, { ...secrets, rand: 6n })).to.equal(undefined);
    expect(ownCommit(p256, element, { ...secrets, rand: 7n })).to.not.equal(undefined);
  });

  it('the shared secret is not the identity', () => {
    if (own === undefined || element === undefined) throw new Error('no commit');
    // The peer's element undoes its scalar: K is the point at infinity.
    const undone = ownCommit(p256, element, { rand: 0n, mask: integerOf(hunting.mask) });
    if (undone === undefined) throw new Error('no commit');
    expect(sharedSecret(p256, own, undone)).to.equal(undefined);
  });

  it('a confirm is bound to its counter, to the key and to who said what', () => {
    if (own === undefined) throw new Error('no commit');
    const { kck } = saeKeys(nodeCrypto, new Uint8Array(32), {
      curve: p256,
      hash: 'sha256',
      pmkOctets: 32,
      scalars: [own.scalar, peer.scalar],
      salt: new Uint8Array(32),
    });
    const said = [
      confirmOf(nodeCrypto, 'sha256', kck, 1, [own, peer]),
      confirmOf(nodeCrypto, 'sha256', kck, 2, [own, peer]),
      confirmOf(nodeCrypto, 'sha256', kck, 0x100, [own, peer]),
      confirmOf(nodeCrypto, 'sha256', kck, 1, [peer, own]),
    ];
    expect(new Set(said.map(String)).size).to.equal(4);
  });
});
