export * from './AirEvent.js';
export type { LastHeard } from './accessPoints.js';
export { createEar, type Ear } from './Ear.js';
export type { EarOptions } from './EarOptions.js';
export * from './KeyAction.js';
export * from './Mac48.js';
export * from './ManagementSubtype.js';
export * from './RecordBatch.js';
