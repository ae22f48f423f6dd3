import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { Curve, CurvePoint } from '../../../crypto/index.js';
import { BLINDING_OCTETS } from '../../../rsn/sae/hunt.js';
import { commitOctets, type OwnCommit, ownCommit, secretsOf } from '../../../rsn/sae/ownCommit.js';
import type { EapFault } from '../../EapFault.js';
import type { EapMethodContext, PeerPassword } from '../../EapPeerMethod.js';
import type { Proposal } from './PwdState.js';
import { prepare } from './preparation.js';
import { pwdElement } from './pwdCrypto.js';

/** So often are numbers drawn again that give a scalar of 0 or 1: once in 2^255 times. */
const DRAWS = 3;

const elementOf = (
  context: EapMethodContext,
  proposal: Proposal,
  password: PeerPassword,
  salt: Uint8Array,
): CurvePoint | undefined => {
  const { curve, preparation, server } = proposal;
  const prepared = prepare(context, preparation, password, salt);
  if (prepared === undefined) return undefined;
  const parties = { token: server.token, peer: context.identity.reveal(), server: server.identity };
  const blinding = context.draw(BLINDING_OCTETS);
  const element = pwdElement(context.crypto, curve, prepared, parties, blinding);
  for (const octets of [prepared, blinding]) octets.fill(0);
  return element;
};

const drawCommit = ({ draw }: EapMethodContext, curve: Curve, element: CurvePoint): OwnCommit | undefined => {
  for (let count = 0; count < DRAWS; count++) {
    const random = draw(commitOctets(curve));
    const own = ownCommit(curve, element, secretsOf(curve, random));
    random.fill(0);
    if (own !== undefined) return own;
  }
  return undefined;
};

/** Our half of RFC 5931 2.8.4.2, or why there is none. */
export const makeCommit = (
  context: EapMethodContext,
  proposal: Proposal,
  password: PeerPassword,
  salt: Uint8Array,
): Either<readonly [EapFault['code'], string], OwnCommit> => {
  const element = elementOf(context, proposal, password, salt);
  if (element === undefined) return left(['noCredential', 'the password cannot be prepared as the server keeps it']);
  const own = drawCommit(context, proposal.curve, element);
  return own === undefined ? left(['cancelled', 'the random numbers are not random']) : right(own);
};
