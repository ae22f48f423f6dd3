import { readFile } from 'node:fs/promises';
import { type Either, left, right } from 'fp-ts/lib/Either.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by this user',
  EISDIR: 'it is a folder',
};

/** A file that was named by an option. */
export const givenFile = async (option: string, path: string): Promise<Either<string, Uint8Array>> => {
  try {
    return right(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return left(`${option}: cannot read ${path}: ${WORDS[code] ?? code}`);
  }
};
