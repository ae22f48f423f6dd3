import type { Crypto } from '../../crypto/index.js';
import { joined } from '../../rsn/keys/joined.js';
import { ntChallengeResponse } from './ntChallengeResponse.js';

/** What both sides of MSCHAPv2 know in the end (RFC 2759 4 and 5), and the hash of the password that only they know. */
export interface MschapV2Exchange {
  readonly authenticatorChallenge: Uint8Array;
  readonly peerChallenge: Uint8Array;
  /** As the user gave it; a domain in front of it does not count. */
  readonly userName: Uint8Array;
  readonly ntHash: Uint8Array;
}

const BACKSLASH = 0x5c;
const SIGNING = 'Magic server to client signing constant';
const ITERATION = 'Pad to make it do more than one iteration';

/** ChallengeHash of RFC 2759 8.2. */
export const challengeHash = (
  crypto: Crypto,
  { authenticatorChallenge, peerChallenge, userName }: Omit<MschapV2Exchange, 'ntHash'>,
): Uint8Array => {
  const name = userName.subarray(userName.indexOf(BACKSLASH) + 1);
  return crypto.hash('sha1', joined(peerChallenge, authenticatorChallenge, name)).slice(0, 8);
};

/** GenerateNTResponse of RFC 2759 8.1: 24 octets. */
export const mschapV2Response = (crypto: Crypto, exchange: MschapV2Exchange): Uint8Array =>
  ntChallengeResponse(crypto, challengeHash(crypto, exchange), exchange.ntHash);

/** GenerateAuthenticatorResponse of RFC 2759 8.7: the 20 octets an authenticator proves itself with, which it writes in hex. */
export const mschapV2Proof = (crypto: Crypto, exchange: MschapV2Exchange, ntResponse: Uint8Array): Uint8Array => {
  const hashHash = crypto.md4(exchange.ntHash);
  const signed = joined(hashHash, ntResponse, SIGNING);
  const digest = crypto.hash('sha1', signed);
  const proof = crypto.hash('sha1', joined(digest, challengeHash(crypto, exchange), ITERATION));
  for (const secret of [hashHash, signed]) secret.fill(0);
  return proof;
};
