import { Secret } from '../../../../../streams/events/index.js';
import type { Crypto, Curve, CurvePoint } from '../../../crypto/index.js';
import { joined, type Part } from '../../../rsn/keys/joined.js';
import { huntFor } from '../../../rsn/sae/hunt.js';
import type { Commitment } from '../../../rsn/sae/ownCommit.js';
import type { EapKeys } from '../../EapPeerMethod.js';

const DIGEST_OCTETS = 32;
const NO_KEY = new Uint8Array(DIGEST_OCTETS);
const METHOD = 52;

/** H of RFC 5931 2.4: the only random function there is. What it is made of is wiped. */
const randomFunction = (crypto: Crypto, ...parts: ReadonlyArray<Part>): Uint8Array => {
  const message = joined(...parts);
  const digest = crypto.hmac('sha256', NO_KEY, message);
  message.fill(0);
  return digest;
};

/** KDF of RFC 5931 2.5. */
const derive = (crypto: Crypto, key: Uint8Array, label: Part, bits: number): Uint8Array => {
  const octets = Math.ceil(bits / 8);
  const blocks = new Uint8Array(Math.ceil(octets / DIGEST_OCTETS) * DIGEST_OCTETS);
  for (let at = 0, count = 1; at < blocks.length; at += DIGEST_OCTETS, count++) {
    const previous = at === 0 ? blocks.subarray(0, 0) : blocks.subarray(at - DIGEST_OCTETS, at);
    const message = joined(previous, Uint8Array.of(count >>> 8, count), label, Uint8Array.of(bits >>> 8, bits & 0xff));
    const block = crypto.hmac('sha256', key, message);
    blocks.set(block, at);
    message.fill(0);
    block.fill(0);
  }
  return blocks.fill(0, octets).subarray(0, octets);
};

/** What the password element is bound to besides the password. */
export interface PwdParties {
  readonly token: Uint8Array;
  readonly peer: Uint8Array;
  readonly server: Uint8Array;
}

/** The password element of RFC 5931 2.8.3.2; the random octets blind the hunt for it. */
export const pwdElement = (
  crypto: Crypto,
  curve: Curve,
  password: Uint8Array,
  { token, peer, server }: PwdParties,
  random: Uint8Array,
): CurvePoint | undefined => {
  const bits = curve.prime.toString(2).length;
  return huntFor(
    crypto,
    curve,
    {
      password,
      seed: (base, counter) => randomFunction(crypto, token, peer, server, base, Uint8Array.of(counter)),
      stretch: (seed) => derive(crypto, seed, 'EAP-pwd Hunting And Pecking', bits),
    },
    random,
  );
};

/** What both sides have agreed on once the commits are exchanged; `k` is the secret of it. */
export interface PwdAgreement {
  readonly k: Secret;
  readonly suite: Uint8Array;
  readonly peer: Commitment;
  readonly server: Commitment;
}

/** RFC 5931 2.8.5.4: what `by` confirms with. */
export const pwdConfirm = (crypto: Crypto, { k, suite, peer, server }: PwdAgreement, by: 'peer' | 'server'): Uint8Array => {
  const [first, second] = by === 'peer' ? [peer, server] : [server, peer];
  return randomFunction(crypto, k.reveal(), first.element, first.scalar, second.element, second.scalar, suite);
};

/** RFC 5931 2.9. */
export const pwdKeys = (
  crypto: Crypto,
  { k, suite, peer, server }: PwdAgreement,
  confirms: { readonly peer: Uint8Array; readonly server: Uint8Array },
): EapKeys => {
  const master = randomFunction(crypto, k.reveal(), confirms.peer, confirms.server);
  const sessionId = joined(Uint8Array.of(METHOD), randomFunction(crypto, suite, peer.scalar, server.scalar));
  const keys = derive(crypto, master, sessionId, 1024);
  const made = { msk: Secret.of(keys, 0, 64), emsk: Secret.of(keys, 64, 128), sessionId };
  master.fill(0);
  keys.fill(0);
  return made;
};
