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
  PortCall,
  SecurityMethod,
  Step,
  Verdict,
  Violation,
} from './operators/core/index.js';
export { Admission, andThen, emit, failure, Ledger, open, stay, steps, success } from './operators/core/index.js';
export * from './operators/index.js';
export * from './streams/events/index.js';
export * from './streams/sources/index.js';
