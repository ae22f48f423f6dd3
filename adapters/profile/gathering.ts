import { dirname, isAbsolute, join } from 'node:path';
import { Secret } from '../../streams/events/index.js';
import type { ProfileIo } from './ProfileIo.js';
import type { SecretReference } from './secretReference.js';

/** Fetches what a profile refers to, and keeps account of what could not be had. */
export interface Gathering {
  readonly faults: ReadonlyArray<string>;
  /** What is not wrong, and should still be known. */
  readonly remarks: ReadonlyArray<string>;
  file(field: string, path: string): Promise<Uint8Array | undefined>;
  /** A file that is a secret as a whole, to its last octet. */
  secretFile(field: string, path: string): Promise<Secret>;
  secret(field: string, reference: SecretReference | undefined): Promise<Secret | undefined>;
  fault(field: string, message: string): void;
  remark(field: string, message: string): void;
  /** Destroys the secrets that were fetched. */
  release(): void;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** A file or a program ends its line, and that is no part of the secret. */
const withoutLineEnd = (octets: Uint8Array): Uint8Array => {
  const end = octets.at(-1) === NEWLINE ? octets.length - 1 : octets.length;
  return octets.subarray(0, end < octets.length && octets[end - 1] === RETURN ? end - 1 : end);
};

const reasonOf = (error: unknown): string => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  if (code === 'ENOENT') return 'there is none of that name';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read by this user';
  if (code === 'EISDIR') return 'it is a directory';
  if (typeof code === 'number') return `it ended with exit status ${code}`;
  return typeof code === 'string' ? code : 'it failed';
};

const taken = (octets: Uint8Array): Secret => {
  const secret = Secret.of(withoutLineEnd(octets));
  octets.fill(0);
  return secret;
};

export const gathering = (source: string, io: ProfileIo): Gathering => {
  const faults: string[] = [];
  const remarks: string[] = [];
  const secrets: Secret[] = [];
  const fault = (field: string, message: string): void => {
    faults.push(`${source}: ${field}: ${message}`);
  };
  const file = async (field: string, path: string): Promise<Uint8Array | undefined> => {
    const full = isAbsolute(path) ? path : join(dirname(source), path);
    try {
      return await io.readFile(full);
    } catch (error) {
      fault(field, `the file ${full} cannot be read: ${reasonOf(error)}`);
      return undefined;
    }
  };
  const output = async (field: string, [program = '', ...args]: ReadonlyArray<string>): Promise<Uint8Array | undefined> => {
    try {
      return await io.run(program, args);
    } catch (error) {
      fault(field, `the program ${program} gave no secret: ${reasonOf(error)}`);
      return undefined;
    }
  };
  const answer = async (field: string, question: string): Promise<Secret | undefined> => {
    const secret = await io.ask?.(question).catch(() => undefined);
    if (secret === undefined)
      fault(field, io.ask === undefined ? 'there is nobody to ask; run it from a terminal' : 'nothing was answered');
    return secret;
  };
  const variable = (field: string, name: string): Secret | undefined => {
    const value = io.environment(name);
    if (value === undefined || value === '') fault(field, `the environment variable ${name} is not set`);
    return value === undefined || value === '' ? undefined : Secret.of(new TextEncoder().encode(value));
  };
  const found = async (field: string, reference: SecretReference): Promise<Secret | undefined> => {
    switch (reference.from) {
      case 'profile':
        return reference.secret.copy();
      case 'environment':
        return variable(field, reference.variable);
      case 'prompt':
        return answer(field, reference.question);
      case 'file': {
        const octets = await file(field, reference.file);
        return octets && taken(octets);
      }
      case 'command': {
        const octets = await output(field, reference.command);
        return octets && taken(octets);
      }
    }
  };
  return {
    faults,
    remarks,
    file,
    fault,
    remark: (field, message) => remarks.push(`${source}: ${field}: ${message}`),
    secretFile: async (field, path) => {
      const octets = await file(field, path);
      const secret = Secret.of(octets ?? new Uint8Array(0));
      octets?.fill(0);
      secrets.push(secret);
      return secret;
    },
    secret: async (field, reference) => {
      const secret = reference && (await found(field, reference));
      if (secret !== undefined) secrets.push(secret);
      if (secret?.length === 0) fault(field, 'it is empty');
      return secret;
    },
    release: () => {
      for (const secret of secrets) secret.zeroise();
    },
  };
};
