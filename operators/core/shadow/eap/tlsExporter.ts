import type { Crypto, HashName } from '../../crypto/index.js';
import { joined } from '../../rsn/keys/joined.js';

/** HKDF-Expand (RFC 5869 2.3). */
const expand = (crypto: Crypto, hash: HashName, secret: Uint8Array, info: Uint8Array, octets: number): Uint8Array => {
  const out = new Uint8Array(octets);
  let block: Uint8Array = new Uint8Array(0);
  for (let at = 0, count = 1; at < octets; at += block.length, count++) {
    block = crypto.hmac(hash, secret, joined(block, info, Uint8Array.of(count)));
    out.set(block.subarray(0, octets - at), at);
  }
  block.fill(0);
  return out;
};

/** HKDF-Expand-Label (RFC 8446 7.1). */
const expandLabel = (
  crypto: Crypto,
  hash: HashName,
  { secret, label, context }: { readonly secret: Uint8Array; readonly label: string; readonly context: Uint8Array },
  octets: number,
): Uint8Array => {
  const name = `tls13 ${label}`;
  const info = joined(Uint8Array.of(octets >>> 8, octets, name.length), name, Uint8Array.of(context.length), context);
  return expand(crypto, hash, secret, info, octets);
};

/** The exporter of TLS 1.3 (RFC 8446 7.5), of the exporter secret a key log has. */
export const tlsExporter = (
  crypto: Crypto,
  hash: HashName,
  { secret, label, context }: { readonly secret: Uint8Array; readonly label: string; readonly context: Uint8Array },
  octets: number,
): Uint8Array => {
  const nothing = crypto.hash(hash, new Uint8Array(0));
  const derived = expandLabel(crypto, hash, { secret, label, context: nothing }, nothing.length);
  const out = expandLabel(crypto, hash, { secret: derived, label: 'exporter', context: crypto.hash(hash, context) }, octets);
  derived.fill(0);
  return out;
};
