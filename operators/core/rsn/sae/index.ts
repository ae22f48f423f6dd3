export type { SaeAddresses } from './addresses.js';
export { derivePt, type SaePassword, type SaePt } from './hashToElement.js';
export type { CommitFault } from './peerCommit.js';
export { SAE_TIMER, type SaeFailure, type SaeInput, type SaeOutput } from './SaeOutput.js';
export { defaultTiming, type ElementMethod, type SaeCredential, type SaeSetup, type SaeTiming } from './SaeSetup.js';
export { releaseSae, type SaeState, type SaeStep } from './SaeState.js';
export { beginSae, stepSae } from './sae.js';
