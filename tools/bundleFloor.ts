/** Bundles what `explain` is held against by `bench:capture`, in place, the way `explain` is bundled: `tsx tools/bundleFloor.ts` */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { constantsOf } from './constants.js';

const floor = fileURLToPath(new URL('../dist-bench/floor.js', import.meta.url));

await build({
  ...{ entryPoints: [floor], outfile: floor, allowOverwrite: true },
  ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning' },
});
writeFileSync(floor, constantsOf(readFileSync(floor, 'utf8')));
