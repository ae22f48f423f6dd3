import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The version of the package this is. */
export const versionOf = (): string => {
  const manifest = createRequire(import.meta.url).resolve('postassoc/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
};
