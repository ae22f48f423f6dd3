import type { Secret } from '../../../../../streams/events/index.js';
import type { Curve } from '../../../crypto/index.js';
import { forgetCommit, type OwnCommit } from '../../../rsn/sae/ownCommit.js';
import type { Step } from '../../../Step.js';
import type { EapKeys, EapMethodCommand, EapMethodContext, PeerPassword } from '../../EapPeerMethod.js';
import type { PwdGathering } from './gatherPwd.js';
import type { Preparation } from './preparation.js';
import type { PwdAgreement } from './pwdCrypto.js';
import type { PwdIdentity } from './pwdPackets.js';

/** What the server proposed, and is agreed to. */
export interface Proposal {
  readonly server: PwdIdentity;
  readonly curve: Curve;
  readonly preparation: Preparation;
}

type Progress =
  | { readonly phase: 'begun' }
  /** A person is asked for the password, and the server waits for our identity. */
  | { readonly phase: 'asking'; readonly proposal: Proposal }
  | {
      readonly phase: 'identified';
      readonly proposal: Proposal;
      readonly password: PeerPassword;
      /** Made while the server was at work on its own. */
      readonly own?: OwnCommit;
    }
  | { readonly phase: 'committed'; readonly agreement: PwdAgreement }
  | { readonly phase: 'over' };

/** A message of ours that did not fit one packet, and what is to be said with its last piece. */
export interface PwdSending {
  readonly packets: ReadonlyArray<Uint8Array>;
  readonly keys?: EapKeys;
}

export interface PwdState {
  readonly context: EapMethodContext;
  readonly progress: Progress;
  readonly gathering?: PwdGathering;
  readonly sending?: PwdSending;
  /** What a person answered. */
  readonly supplied?: Secret;
}

export type PwdStep = Step<PwdState, EapMethodCommand>;

export const releasePwd = ({ progress, sending, supplied }: PwdState): void => {
  if (progress.phase === 'committed') progress.agreement.k.zeroise();
  if (progress.phase === 'identified' && progress.own !== undefined) forgetCommit(progress.own);
  sending?.keys?.msk.zeroise();
  sending?.keys?.emsk?.zeroise();
  supplied?.zeroise();
};
