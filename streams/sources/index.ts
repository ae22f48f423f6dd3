export type { Answers, Fit } from './answers.js';
export type { Handlers } from './handlerTable.js';
export * from './intake.js';
export * from './LiveClock.js';
export * from './LogicalClock.js';
export * from './osCallbacks.js';
export * from './SecretSource.js';
export * from './Sink.js';
