export type { AnnotateOptions } from './annotate/AnnotateOptions.js';
export type { ByteSink } from './annotate/BlockWriter.js';
export { wiresharkKeys } from './annotate/wiresharkKeys.js';
export { type Annotated, writeAnnotated } from './annotate/writeAnnotated.js';
export type { Capture, CaptureFault, CaptureFormat, Damage, DecryptionSecrets } from './Capture.js';
export * from './credentials/index.js';
export * from './logs/index.js';
export { type OpenCaptureOptions, openCapture } from './openCapture.js';
export { SecretsType } from './SecretsType.js';
