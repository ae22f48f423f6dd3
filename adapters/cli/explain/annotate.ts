import { closeSync, openSync, writeSync } from 'node:fs';
import { writeAnnotated } from '../../capture/annotate/writeAnnotated.js';
import type { Io } from '../Io.js';
import { versionOf } from '../version.js';
import type { Remarks } from './remarks.js';

/** A capture may hold what is nobody else's business. */
const OWNER_ONLY = 0o600;

const writeWhole = (fd: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
};

const because = (error: unknown): string =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'
    ? 'it is there already, and is not overwritten'
    : error instanceof Error
      ? error.message
      : String(error);

/** Copies a capture with remarks on its frames. A sentence if that cannot be. */
export const annotate = (io: Io, path: string, out: string, { of }: Remarks): string | undefined => {
  const source = io.open(path);
  if (source._tag === 'Left') return source.left;
  let fd: number;
  try {
    fd = openSync(out, 'wx', OWNER_ONLY);
  } catch (error) {
    return `cannot write ${out}: ${because(error)}`;
  }
  try {
    const written = writeAnnotated(source.right, (bytes) => writeWhole(fd, bytes), {
      application: `postassoc ${versionOf()}`,
      commentsOf: of,
    });
    return written._tag === 'Left' ? `cannot annotate ${path}: ${written.left.message}` : undefined;
  } catch (error) {
    return `cannot write ${out}: ${because(error)}`;
  } finally {
    closeSync(fd);
  }
};
