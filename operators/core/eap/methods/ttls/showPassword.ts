import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { Secret } from '../../../../../streams/events/index.js';
import { joined } from '../../../rsn/keys/joined.js';
import { chapResponse } from '../../chapResponse.js';
import { type EapFault, eapFault } from '../../EapFault.js';
import type { EapMethodContext, PeerPassword } from '../../EapPeerMethod.js';
import { mschapV2Proof, mschapV2Response } from '../../mschap/mschapV2.js';
import { ntChallengeResponse } from '../../mschap/ntChallengeResponse.js';
import { ntHash } from '../../mschap/ntHash.js';
import { noPassword } from '../textPassword.js';
import { type Avp, AvpCode, avp, MicrosoftAvp, microsoftAvp } from './avp.js';
import { TTLS_NAME, type TtlsPasswordKind } from './TtlsState.js';

/** What is said to the server, and what it has to prove. */
export interface ShownPassword {
  readonly avps: ReadonlyArray<Avp>;
  readonly proof?: Secret;
}

type Shown = Either<EapFault, ShownPassword>;
/** The challenge comes out of the session, so that neither side can choose it (RFC 5281 11.1). */
type Show = (context: EapMethodContext, password: PeerPassword, challenge: Uint8Array) => Shown;

const PAP_BLOCK = 16;
const PEER_CHALLENGE_SIZE = 16;

/** How long the implicit challenge is, the identifier at its end included. */
export const CHALLENGE_SIZES: Readonly<Record<TtlsPasswordKind, number>> = { pap: 0, chap: 17, mschap: 9, mschapv2: 17 };

const split = (challenge: Uint8Array): readonly [value: Uint8Array, identifier: Uint8Array] => [
  challenge.subarray(0, -1),
  challenge.subarray(-1),
];

const withText = (
  context: EapMethodContext,
  { form, secret }: PeerPassword,
  use: (text: Uint8Array) => ReadonlyArray<Avp>,
): Shown =>
  form === 'text'
    ? right({ avps: use(secret.reveal()) })
    : left(noPassword(TTLS_NAME, { ...context, password: { form, secret } }));

const withHash = (context: EapMethodContext, password: PeerPassword, use: (hash: Uint8Array) => ShownPassword): Shown => {
  const hash = ntHash(context.crypto, password);
  if (hash === undefined)
    return left(
      eapFault('noCredential', 'the password is neither a text in UTF-8 nor a hash of 16 octets', { method: TTLS_NAME }),
    );
  const shown = use(hash);
  hash.fill(0);
  return right(shown);
};

/** RFC 5281 11.2.5: filled up with zeros, so that its length does not show. */
const pap: Show = (context, password) =>
  withText(context, password, (text) => {
    const padded = new Uint8Array(Math.max(1, Math.ceil(text.length / PAP_BLOCK)) * PAP_BLOCK);
    padded.set(text);
    return [avp(AvpCode.USER_PASSWORD, padded)];
  });

/** RFC 5281 11.2.2. */
const chap: Show = (context, password, challenge) =>
  withText(context, password, (text) => {
    const [value, identifier] = split(challenge);
    const response = chapResponse(context.crypto, identifier[0] ?? 0, text, value);
    return [avp(AvpCode.CHAP_CHALLENGE, value), avp(AvpCode.CHAP_PASSWORD, joined(identifier, response))];
  });

/** RFC 5281 11.2.3: no answer of LAN Manager's, and a flag that says so. */
const mschap: Show = (context, password, challenge) =>
  withHash(context, password, (hash) => {
    const [value, identifier] = split(challenge);
    const response = joined(identifier, Uint8Array.of(1), new Uint8Array(24), ntChallengeResponse(context.crypto, value, hash));
    return {
      avps: [microsoftAvp(MicrosoftAvp.CHAP_CHALLENGE, value), microsoftAvp(MicrosoftAvp.CHAP_RESPONSE, response)],
    };
  });

/** RFC 5281 11.2.4. The identifier in front of the proof: the server repeats it. */
const mschapv2: Show = (context, password, challenge) =>
  withHash(context, password, (hash) => {
    const { crypto, identity, draw } = context;
    const [authenticatorChallenge, identifier] = split(challenge);
    const peerChallenge = draw(PEER_CHALLENGE_SIZE);
    const exchange = { authenticatorChallenge, peerChallenge, userName: identity.reveal(), ntHash: hash };
    const ntResponse = mschapV2Response(crypto, exchange);
    const proof = Secret.of(joined(identifier, mschapV2Proof(crypto, exchange, ntResponse)));
    const response = joined(identifier, Uint8Array.of(0), peerChallenge, new Uint8Array(8), ntResponse);
    const challenges = microsoftAvp(MicrosoftAvp.CHAP_CHALLENGE, authenticatorChallenge);
    return { avps: [challenges, microsoftAvp(MicrosoftAvp.CHAP2_RESPONSE, response)], proof };
  });

const WAYS: Readonly<Record<TtlsPasswordKind, Show>> = { pap, chap, mschap, mschapv2 };

/** The user's name, and the password in the wished way. */
export const showPassword = (
  context: EapMethodContext,
  kind: TtlsPasswordKind,
  password: PeerPassword,
  challenge: Uint8Array,
): Shown => {
  const shown = WAYS[kind](context, password, challenge);
  if (shown._tag === 'Left') return shown;
  const { avps, ...rest } = shown.right;
  return right({ avps: [avp(AvpCode.USER_NAME, context.identity.reveal()), ...avps], ...rest });
};
