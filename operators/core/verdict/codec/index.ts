export { DamageCodec, type DamageReport } from './DamageCodec.js';
export { type Explanation, ExplanationCodec } from './ExplanationCodec.js';
export { type Summary, SummaryCodec } from './SummaryCodec.js';
