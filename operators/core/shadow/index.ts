export type * from './Connection.js';
export type * from './Credential.js';
export { type CandidateKey, createKeyRing, type KeyRing } from './KeyRing.js';
export { createKeyWatch, type KeyFacts, type KeyWatch, type KeyWatchContext, type KeyWatchDeps } from './KeyWatch.js';
export { createObserver, type Observer, type ObserverOptions } from './Observer.js';
export type { Tape, TapedPacket } from './Tape.js';
export type { ObserverTimeouts } from './timeouts.js';
