export { type AuthenticationDeps, type AuthenticationEvent, authenticate } from './authenticate.js';
export type { ConversationRemark, ConversationResult } from './Conversation.js';
export { compareKeys, type KeyComparison } from './keyComparison.js';
export type { Trail } from './Trail.js';
export type { Verdict, VerdictKind } from './Verdict.js';
