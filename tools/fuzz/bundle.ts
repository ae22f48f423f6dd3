import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Branch, instrument } from './instrument.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the fuzzer looks for ways into. */
const isUnderTest = (file: string): boolean =>
  /^(?:streams\/(?:air|frames)|operators\/core\/(?:eap|rsn|shadow)|adapters\/(?:capture\/credentials|configuration|profile|radius|tls))\//.test(
    file,
  );

/** The fuzzing process and all targets as one file, with a counter in every branch of the code under test. */
export const bundleFuzzer = async (): Promise<{ readonly path: string; readonly branches: ReadonlyArray<Branch> }> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['tools/fuzz/worker.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    conditions: ['postassoc-source'],
  });
  const { code, branches } = instrument(outputFiles[0]?.text ?? '', isUnderTest);
  const folder = join(root, 'node_modules/.cache/postassoc-fuzz');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `fuzzer-${process.pid}.mjs`);
  writeFileSync(path, code);
  return { path, branches };
};
