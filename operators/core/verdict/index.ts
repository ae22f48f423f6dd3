export * from './codec/index.js';
export { type Conclusion, conclusionOf } from './conclusionOf.js';
export { createExplainer, type ExplainOptions } from './createExplainer.js';
export type { Cause, ConnectionStep, Finding, Judgement, Outcome, PassphraseJudgement } from './Explanation.js';
export { type ExplainConnectionOptions, explainConnection } from './explainConnection.js';
export { keyFingerprints } from './fingerprint.js';
export { type AirBatch, type CaptureOptions, type ConnectionReader, readConnections, type Wanted } from './readConnections.js';
