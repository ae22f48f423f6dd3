export type { LogCredential } from './hostap/credentials.js';
export type { LogAccount } from './LogAccount.js';
export type { LogClock } from './LogClock.js';
export { type LogEvents, type ReadLogEventsOptions, readLogEvents } from './readLogEvents.js';
export { type LogFormat, recogniseLog } from './recogniseLog.js';
