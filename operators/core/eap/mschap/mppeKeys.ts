import { Secret } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import { joined } from '../../rsn/keys/joined.js';

/** RFC 3079 3.4: the 16 octets a peer sends under, and those it receives under. */
export interface MppeKeys {
  readonly send: Secret;
  readonly receive: Secret;
}

const MASTER = 'This is the MPPE Master Key';
/** What a client says of its own direction, a server of the other one. */
const CLIENT_SENDS = 'On the client side, this is the send key; on the server side, it is the receive key.';
const CLIENT_RECEIVES = 'On the client side, this is the receive key; on the server side, it is the send key.';
const KEY_OCTETS = 16;
const PAD_OCTETS = 40;

/** GetAsymmetricStartKey of RFC 3079 3.4 for keys of 128 bits. */
const startKey = (crypto: Crypto, master: Uint8Array, purpose: string): Secret => {
  const material = joined(master, new Uint8Array(PAD_OCTETS), purpose, new Uint8Array(PAD_OCTETS).fill(0xf2));
  const digest = crypto.hash('sha1', material);
  const key = Secret.of(digest, 0, KEY_OCTETS);
  material.fill(0);
  digest.fill(0);
  return key;
};

/** The keys of the side that was asked for its password, for MSCHAPv2. */
export const mppeKeys = (crypto: Crypto, ntHash: Uint8Array, ntResponse: Uint8Array): MppeKeys => {
  const hashHash = crypto.md4(ntHash);
  const material = joined(hashHash, ntResponse, MASTER);
  const digest = crypto.hash('sha1', material);
  const master = digest.subarray(0, KEY_OCTETS);
  const keys = { send: startKey(crypto, master, CLIENT_SENDS), receive: startKey(crypto, master, CLIENT_RECEIVES) };
  for (const secret of [hashHash, material, digest]) secret.fill(0);
  return keys;
};
