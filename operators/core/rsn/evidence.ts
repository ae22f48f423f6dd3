import type { Fault } from './fault.js';

/** What was seen of a handshake, for whoever has to explain it. */
export interface Evidence {
  readonly messages1: number;
  /** Message 3 came with a MIC that verifies: the access point has accepted ours, so the passphrase is right. */
  readonly wasAccepted: boolean;
  /** Message 1 named a PMK that is not ours. Anybody can write that, so by itself it proves nothing. */
  readonly namedOtherPmk: boolean;
  /** The latest faults. */
  readonly faults: ReadonlyArray<Fault>;
}

export const noEvidence: Evidence = { messages1: 0, wasAccepted: false, namedOtherPmk: false, faults: [] };

/** A storm of forged frames must not fill the memory. */
const KEPT = 16;

export const withFault = (evidence: Evidence, fault: Fault): Evidence => ({
  ...evidence,
  faults: [...evidence.faults.slice(1 - KEPT), fault],
});
