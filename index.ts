export * from './operators/core/index.js';
export * from './operators/index.js';
export * from './streams/events/index.js';
export * from './streams/sources/index.js';
