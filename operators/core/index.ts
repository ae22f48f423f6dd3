export { checkEnd, checkStep } from './contract/step.js';
export type { CheckOptions, NumberedEntry, Violation } from './contract/Violation.js';
export { emptyWorld, type World } from './contract/world/World.js';
export type * from './crypto/index.js';
export * from './eap/index.js';
export * from './method/commands.js';
export * from './method/inputs.js';
export * from './method/open.js';
export * from './method/SecurityMethod.js';
export * from './method/wired.js';
export * from './port/adapterDuties.js';
export * from './port/addressed.js';
export * from './port/admission.js';
export * from './port/attempt.js';
export { isPending } from './port/completion.js';
export { answer, type DownloadStep, type Downloads, install, noDownloads, openGate, releaseKeys } from './port/downloads.js';
export * from './port/endPort.js';
export * from './port/faulty.js';
export * from './port/Ledger.js';
export * from './port/latch.js';
export * from './port/Port.js';
export * from './port/portBelief.js';
export type * from './port/preAssociation.js';
export * from './port/stepPort.js';
export * from './port/virtualStation.js';
export * from './rsn/index.js';
export * from './Step.js';
export {
  type CandidateKey,
  type Connection,
  type Credential,
  createKeyRing,
  createKeyWatch,
  createObserver,
  type KeyFacts,
  type KeyRing,
  type KeyWatch,
  type KeyWatchContext,
  type KeyWatchDeps,
  type Observer,
  type ObserverOptions,
  type ObserverTimeouts,
  type Tape,
  type TapedPacket,
  type TlsSecrets,
} from './shadow/index.js';
export * from './verdict/index.js';
