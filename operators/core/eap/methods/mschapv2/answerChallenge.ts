import { Secret } from '../../../../../streams/events/index.js';
import { emit } from '../../../Step.js';
import { eapFault } from '../../EapFault.js';
import type { EapMethodCommand, EapMethodContext, PeerPassword } from '../../EapPeerMethod.js';
import { mppeKeys } from '../../mschap/mppeKeys.js';
import { type MschapV2Exchange, mschapV2Proof, mschapV2Response } from '../../mschap/mschapV2.js';
import { ntHash } from '../../mschap/ntHash.js';
import { refusedPassword } from '../textPassword.js';
import { type Challenge, type Mschapv2State, type Mschapv2Step, over } from './Mschapv2State.js';
import { writeMschapv2Response } from './mschapv2Packets.js';

const NAME = 'MSCHAPv2';
const CHALLENGE_OCTETS = 16;
const MSK_OCTETS = 64;

/** The keys of MPPE, those the peer sends under in front, and zeros: methods that make no more have no more (RFC 3748 7.10). */
const mskOf = ({ crypto }: EapMethodContext, hash: Uint8Array, ntResponse: Uint8Array): Secret => {
  const { send, receive } = mppeKeys(crypto, hash, ntResponse);
  const octets = new Uint8Array(MSK_OCTETS);
  octets.set(send.reveal());
  octets.set(receive.reveal(), send.length);
  const msk = Secret.of(octets);
  for (const secret of [send, receive]) secret.zeroise();
  octets.fill(0);
  return msk;
};

const proofOf = ({ crypto }: EapMethodContext, exchange: MschapV2Exchange, ntResponse: Uint8Array): Secret => {
  const octets = mschapV2Proof(crypto, exchange, ntResponse);
  const proof = Secret.of(octets);
  octets.fill(0);
  return proof;
};

/** Response packet (draft-kamath-pppext-eap-mschapv2-02 2.2); what the server is to say to it is worked out at once. */
export const answerChallenge = (
  context: EapMethodContext,
  challenge: Challenge,
  password: PeerPassword,
  retries: number,
): Mschapv2Step => {
  const hash = ntHash(context.crypto, password);
  if (hash === undefined) {
    const message = 'the password is neither a text in UTF-8 nor a hash of 16 octets';
    return emit<Mschapv2State, EapMethodCommand>(over, {
      do: 'refuse',
      fault: eapFault('noCredential', message, { method: NAME }),
    });
  }
  const name = context.identity.reveal();
  const peerChallenge = context.draw(CHALLENGE_OCTETS);
  const exchange = { authenticatorChallenge: challenge.value, peerChallenge, userName: name, ntHash: hash };
  const ntResponse = mschapV2Response(context.crypto, exchange);
  const proof = proofOf(context, exchange, ntResponse);
  const msk = mskOf(context, hash, ntResponse);
  hash.fill(0);
  const data = writeMschapv2Response({ id: challenge.id, peerChallenge, ntResponse, name });
  return emit<Mschapv2State, EapMethodCommand>(
    { phase: 'answered', context, retries, proof, msk },
    { do: 'explain', fault: refusedPassword(NAME) },
    { do: 'respond', data },
  );
};
