import { L2Reason, OneXAuthStatus } from '../../../../streams/events/index.js';
import { type EapFault, eapFault } from '../EapFault.js';
import type { PaeResult } from './Pae.js';

const { FAILURE, NO_AUTHENTICATOR_FOUND } = OneXAuthStatus.codes;
const REASON = L2Reason.codes;

type Failure = Extract<PaeResult, { result: 'failure' }>;

/** What the interface has to say of a fault; what it has no word for is that EAP failed. */
const reasonOf = ({ code }: EapFault, hasMethod: boolean): number => {
  switch (code) {
    case 'noCommonMethod':
      return REASON.ONEX_PROFILE_DISALLOWED_EAP_TYPE;
    case 'noCredential':
      return REASON.ONEX_UNABLE_TO_IDENTIFY_USER;
    case 'cancelled':
      return REASON.ONEX_UI_CANCELLED;
    case 'noAnswer':
      return hasMethod ? REASON.ONEX_AUTHENTICATOR_NO_LONGER_PRESENT : REASON.ONEX_NO_RESPONSE_TO_IDENTITY;
    default:
      return REASON.ONEX_EAP_FAILURE_RECEIVED;
  }
};

/** A fault as the 802.1X module reports it; `hasMethod` says whether the server had come further than the identity. */
export const failureOf = (fault: EapFault, hasMethod: boolean): Failure => ({
  result: 'failure',
  status: FAILURE,
  reason: reasonOf(fault, hasMethod),
  fault,
});

/** R102: no EAPOL-Start was answered. No reason of the module's says so, only the status does. */
export const nobodyThere = (starts: number): Failure => ({
  result: 'failure',
  status: NO_AUTHENTICATOR_FOUND,
  reason: REASON.UNKNOWN,
  fault: eapFault('noAnswer', `nobody answered ${starts} EAPOL-Start packets`),
});
