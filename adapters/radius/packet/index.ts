export { type AccessRequest, writeAccessRequest } from './accessRequest.js';
export {
  type AnswerDoubt,
  checkMessage,
  doubtOf,
  type MessageCheck,
  responseAuthenticator,
  type SharedSecret,
  signMessage,
} from './authenticators.js';
export { joinEapMessage, splitEapMessage } from './eapMessage.js';
export { type MppeKeys, mppeKeysOf } from './mppeKeys.js';
export { namedAttribute } from './namedAttribute.js';
export { type Provision, provisionOf } from './Provision.js';
export { attributeName, RadiusAttributeType } from './RadiusAttributeType.js';
export { RadiusCode, radiusCodeName } from './RadiusCode.js';
export { attributesOf, type LocatedAttribute, type RadiusAttribute, type RadiusPacket, readRadius } from './RadiusPacket.js';
export { type VendorAttribute, vendorAttributes } from './vendorAttributes.js';
