import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Captures of the real world lie beside a checkout, not in it; a test that wants them skips where they are not. */
const folder = fileURLToPath(new URL('../../../shared/captures/', import.meta.url));

export const hasCaptures = existsSync(join(folder, 'files'));

export const captureNames: ReadonlyArray<string> = hasCaptures ? readdirSync(join(folder, 'files')).sort() : [];

export const captureFile = (name: string): Uint8Array => readFileSync(join(folder, 'files', name));

/** A capture wrapped anew for another link type. */
export const derivedFile = (name: string): Uint8Array => readFileSync(join(folder, 'derived', name));

/** What independent analysers say of a capture. */
export const oracleOf = (name: string): unknown => JSON.parse(readFileSync(join(folder, 'oracle', `${name}.json`), 'utf8'));

/** Where a capture comes from, and what is known of its secrets. */
export interface CaptureOrigin {
  readonly file: string;
  readonly sha256: string;
  readonly ssids: ReadonlyArray<string>;
  readonly credentials: ReadonlyArray<{ readonly type: string; readonly value: string; readonly ssid?: string | null }>;
}

export const captureOrigins = (): ReadonlyArray<CaptureOrigin> =>
  JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) as ReadonlyArray<CaptureOrigin>;
