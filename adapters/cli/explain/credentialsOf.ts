import { readFileSync } from 'node:fs';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { Credential } from '../../../operators/core/index.js';
import { readCredential, readCredentials } from '../../capture/credentials/index.js';
import type { ExplainRequest } from './ExplainRequest.js';

/** The credentials of a request, and what could not be made of it. */
export interface GivenCredentials {
  readonly credentials: ReadonlyArray<Credential>;
  readonly complaints: ReadonlyArray<string>;
}

const textOfFile = (path: string): Either<string, string> => {
  try {
    return right(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return left(`cannot read ${path}: ${code === 'ENOENT' ? 'there is no such file' : code}`);
  }
};

const ofFile = (path: string): GivenCredentials => {
  const text = textOfFile(path);
  if (text._tag === 'Left') return { credentials: [], complaints: [text.left] };
  const { credentials, faults } = readCredentials(text.right, path);
  return { credentials, complaints: faults };
};

const ofArgument = (argument: string): GivenCredentials => {
  const read = readCredential(argument);
  return read._tag === 'Left'
    ? { credentials: [], complaints: [`--key: ${read.left}`] }
    : { credentials: [read.right], complaints: [] };
};

/** Reads the key files and keys of a request. */
export const credentialsOf = ({ keyFiles, keys }: Pick<ExplainRequest, 'keyFiles' | 'keys'>): GivenCredentials => {
  const all = [...keyFiles.map(ofFile), ...keys.map(ofArgument)];
  return {
    credentials: all.flatMap(({ credentials }) => credentials),
    complaints: all.flatMap(({ complaints }) => complaints),
  };
};
