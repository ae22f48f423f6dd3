import type * as t from 'io-ts';
import type { StepName } from './codec/course.js';
import type { CauseJson, FindingJson, OutcomeJson, PassphraseJson } from './codec/ExplanationCodec.js';

/** What became of a connection. `authorized`: the port was opened at any time in it. */
export type Outcome = t.TypeOf<typeof OutcomeJson>;

/** Where a connection ended that failed or was interrupted. */
export type ConnectionStep = t.TypeOf<typeof StepName>;

export type Cause = t.TypeOf<typeof CauseJson>;

/** What the frames and the credentials given prove about the passphrase the station used. */
export type PassphraseJudgement = t.TypeOf<typeof PassphraseJson>;

/** Something worth saying, with the frames that prove it; `id` is a stable name, e.g. `fourWay.message3Lost`. */
export type Finding = t.TypeOf<typeof FindingJson>;

/** What is decided of a connection before anything is said about it. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly step: ConnectionStep;
  readonly cause: Cause;
  readonly passphrase: PassphraseJudgement;
}
