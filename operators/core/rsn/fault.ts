import { L2Reason } from '../../../streams/events/index.js';

/** Which exchange something happened in. */
export type Stage = 'association' | 'message 1' | 'message 3' | 'group message 1';

export type FaultCode =
  | 'MALFORMED'
  | 'OUT_OF_PLACE'
  | 'IN_THE_CLEAR'
  | 'DESCRIPTOR'
  | 'MIC'
  | 'REPLAYED'
  | 'ANONCE'
  | 'KEY_IN_MESSAGE_1'
  | 'NOT_ENCRYPTED'
  | 'NOT_SECURE'
  | 'NO_INSTALL'
  | 'KEY_DATA'
  | 'KEY_LENGTH'
  | 'KEY_INDEX'
  | 'ZERO_KEY'
  | 'RSNE'
  | 'RSNXE'
  | 'SSID'
  | 'DOWNGRADE'
  | 'GROUP_KEY'
  | 'MANAGEMENT_KEY'
  | 'KEY_ID'
  | 'CHANNEL'
  | 'MULTI_LINK'
  | 'FAST_TRANSITION'
  | 'FILS'
  | 'PEER_ERROR'
  | 'NO_SECRET'
  | 'UNSUPPORTED';

/**
 * What is wrong with a message, with the evidence. With a `reason` the handshake ends here, because the message is proven to
 * come from the access point; without one it may be anybody's, and is dropped.
 */
export interface Fault {
  readonly code: FaultCode;
  readonly stage: Stage;
  /** A sentence; it never contains a key. */
  readonly detail: string;
  readonly reason?: number;
}

export const dropped = (code: FaultCode, stage: Stage, detail: string): Fault => ({ code, stage, detail });

export const fatal = (code: FaultCode, stage: Stage, reason: number, detail: string): Fault => ({ code, stage, detail, reason });

const REASON = L2Reason.codes;

/** The reasons that say in which message something was missing. */
export const missing = (stage: Stage) =>
  stage === 'group message 1'
    ? {
        keyData: REASON.MSMSEC_G1_MISSING_KEY_DATA,
        groupKey: REASON.MSMSEC_G1_MISSING_GRP_KEY,
        managementKey: REASON.MSMSEC_G1_MISSING_MGMT_GRP_KEY,
      }
    : {
        keyData: REASON.MSMSEC_M3_MISSING_KEY_DATA,
        groupKey: REASON.MSMSEC_M3_MISSING_GRP_KEY,
        managementKey: REASON.MSMSEC_M3_MISSING_MGMT_GRP_KEY,
      };
