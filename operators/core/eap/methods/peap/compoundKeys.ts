import type { Crypto } from '../../../crypto/index.js';
import { joined } from '../../../rsn/keys/joined.js';

const SHA1_SIZE = 20;
const TUNNEL_KEY_SIZE = 60;
const IPMK_SIZE = 40;
const ISK_SIZE = 32;
const CSK_SIZE = 128;
const PEAP = 25;

/** [MS-PEAP] 3.1.5.5.2.2: PRF+ as in RFC 4306 2.13 over HMAC-SHA1, but for two octets of zero behind the counter. */
const prfPlus = (crypto: Crypto, key: Uint8Array, seed: Uint8Array, octets: number): Uint8Array => {
  const output = new Uint8Array(Math.ceil(octets / SHA1_SIZE) * SHA1_SIZE);
  let last = new Uint8Array(0);
  for (let at = 0; at < octets; at += SHA1_SIZE) {
    last = new Uint8Array(crypto.hmac('sha1', key, joined(last, seed, Uint8Array.of(at / SHA1_SIZE + 1, 0, 0))));
    output.set(last, at);
  }
  return output.subarray(0, octets);
};

/** The keys that bind what happened inside of a tunnel to the tunnel. */
export interface CompoundKeys {
  readonly ipmk: Uint8Array;
  readonly cmk: Uint8Array;
}

/** What the inner method yielded, cut or filled up with zeros to its 32 octets. */
const innerSessionKey = (msk: Uint8Array): Uint8Array => {
  const key = new Uint8Array(ISK_SIZE);
  key.set(msk.subarray(0, ISK_SIZE));
  return key;
};

/**
 * [MS-PEAP] 3.1.5.5.2: the intermediate and the MAC key. Without an inner method, that is in a session taken up again, both are pieces
 * of the tunnel's key.
 */
export const compoundKeys = (crypto: Crypto, keyMaterial: Uint8Array, innerMsk: Uint8Array | undefined): CompoundKeys => {
  const tunnelKey = keyMaterial.subarray(0, TUNNEL_KEY_SIZE);
  if (innerMsk === undefined) return { ipmk: tunnelKey.slice(0, IPMK_SIZE), cmk: tunnelKey.slice(IPMK_SIZE) };
  const isk = innerSessionKey(innerMsk);
  const seed = joined('Inner Methods Compound Keys', isk);
  const both = prfPlus(crypto, tunnelKey.subarray(0, IPMK_SIZE), seed, TUNNEL_KEY_SIZE);
  for (const spent of [isk, seed]) spent.fill(0);
  const keys = { ipmk: both.slice(0, IPMK_SIZE), cmk: both.slice(IPMK_SIZE) };
  both.fill(0);
  return keys;
};

/** [MS-PEAP] 3.1.5.5.1: over the whole TLV, with zeros where the MAC is to be, and the type of the method. */
export const compoundMac = (crypto: Crypto, { cmk }: CompoundKeys, tlv: Uint8Array): Uint8Array => {
  const covered = joined(tlv, Uint8Array.of(PEAP));
  covered.fill(0, tlv.length - SHA1_SIZE, tlv.length);
  return crypto.hmac('sha1', cmk, covered);
};

/** [MS-PEAP] 3.1.5.7: 128 octets, the MSK first; unlike the other label this one counts with its terminating zero. */
export const compoundSessionKey = (crypto: Crypto, { ipmk }: CompoundKeys): Uint8Array =>
  prfPlus(crypto, ipmk, joined('Session Key Generating Function', Uint8Array.of(0)), CSK_SIZE);

export const zeroiseCompoundKeys = ({ ipmk, cmk }: CompoundKeys): void => {
  ipmk.fill(0);
  cmk.fill(0);
};
