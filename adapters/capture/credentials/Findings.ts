import { type Either, isLeft } from 'fp-ts/lib/Either.js';
import type { Credential } from '../../../operators/core/index.js';
import type { CredentialsRead } from './CredentialsRead.js';

const SHOWN = 20;

/** Gathers what the lines of a text give, and what is wrong with them. */
export interface Findings {
  add(credential: Credential): void;
  /** A credential, or what is wrong with the line that should have been one. */
  take(line: number, found: Either<string, Credential>): void;
  fault(line: number, problem: string): void;
  read(): CredentialsRead;
}

export const createFindings = (name: string): Findings => {
  const credentials: Credential[] = [];
  const faults: string[] = [];
  let more = 0;
  const fault = (line: number, problem: string): void => {
    if (faults.length < SHOWN) faults.push(`${name}, line ${line}: ${problem}`);
    else more += 1;
  };
  return {
    add: (credential) => {
      credentials.push(credential);
    },
    take: (line, found) => {
      if (isLeft(found)) fault(line, found.left);
      else credentials.push(found.right);
    },
    fault,
    read: () => ({ credentials, faults: more === 0 ? faults : [...faults, `${name}: ${more} more lines like these`] }),
  };
};
