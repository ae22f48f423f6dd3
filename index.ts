/** The package's front face: what an application composes. The bytes, the codes and the pure core have faces of their own. */
export type {
  Algorithms,
  CheckOptions,
  KeyDownload,
  MethodCommand,
  MethodContext,
  MethodInput,
  NumberedEntry,
  Outstanding,
  SecurityMethod,
  Step,
  Violation,
} from './operators/core/index.js';
export { Admission, andThen, emit, Ledger, open, stay, steps } from './operators/core/index.js';
export * from './operators/index.js';
export * from './streams/events/index.js';
export * from './streams/sources/index.js';
