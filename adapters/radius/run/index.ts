export type { Attempt } from './Attempt.js';
export { type AttemptsOptions, attempts } from './attempts.js';
export { type CountedAttempt, type Spread, spreadOf, Tally, type TallyReport } from './Tally.js';
