import { type AssociationCompletion, copyBytes, type HandlerCall, type IhvProfile } from '../events/index.js';

/** The host may reuse its memory once the call returns (R33). */
export const copyOf = (association: AssociationCompletion): AssociationCompletion => ({
  ...association,
  request: copyBytes(association.request),
  response: copyBytes(association.response),
  beacon: copyBytes(association.beacon),
  ihvData: copyBytes(association.ihvData),
  activePhys: [...association.activePhys],
  encapsulation: association.encapsulation.map((entry) => ({ ...entry })),
});

export const ownProfile = (profile: IhvProfile): IhvProfile => ({ ...profile, security: profile.security.copy() });

/** Secrets of the host are looked at on a later turn, when its memory may be something else (R112). */
export const withOwnSecrets = (call: HandlerCall): HandlerCall => {
  switch (call.kind) {
    case 'oneXIndicateResult': {
      const { parameters, ...result } = call;
      if (!parameters) return result;
      const { sendKey, receiveKey } = parameters;
      return { ...result, parameters: { ...parameters, sendKey: sendKey.copy(), receiveKey: receiveKey.copy() } };
    }
    case 'processUIResponse':
      return { ...call, response: call.response.copy() };
    default:
      return call;
  }
};
