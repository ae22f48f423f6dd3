import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** A thread does not inherit what compiles TypeScript on the way, so it begins with that where this is run from its source. */
const fromSource = (file: URL): string =>
  `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); });`;

/** Starts a thread with a module, which is named as it is called when it is compiled. */
export const startThread = (compiled: URL, options: WorkerOptions): Worker =>
  existsSync(fileURLToPath(compiled))
    ? new Worker(compiled, options)
    : new Worker(fromSource(new URL(compiled.href.replace(/js$/, 'ts'))), { ...options, eval: true });
