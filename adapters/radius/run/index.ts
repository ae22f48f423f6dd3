export type { Attempt } from './Attempt.js';
export { type AttemptsOptions, attempts } from './attempts.js';
export { type Spread, spreadOf, Tally, type TallyReport } from './Tally.js';
