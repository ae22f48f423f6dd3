export * from './client/index.js';
export * from './conversation/index.js';
export { type Nas, nasAttributes } from './nas/nasAttributes.js';
export * from './packet/index.js';
export * from './run/index.js';
