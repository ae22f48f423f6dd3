import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { Secret } from '../../../streams/events/index.js';
import type { Io } from '../Io.js';
import { givenFile } from './given.js';
import type { RadiusRequest } from './RadiusRequest.js';

/** RFC 6614 2.3: what stands for a secret where TLS protects the packets. */
const RADSEC = 'radsec';
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** An editor ends a file with a line break, which is no part of the secret. */
const withoutBreak = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.at(-1) === LINE_FEED ? bytes.length - 1 : bytes.length;
  return bytes.subarray(0, end < bytes.length && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end);
};

const filled = (where: string, bytes: Uint8Array): Either<string, Secret> =>
  bytes.length === 0 ? left(`${where}: the shared secret is empty`) : right(Secret.of(bytes));

/** The secret that is shared with the servers. */
export const sharedSecret = async (
  { secretFile, secretVariable }: Pick<RadiusRequest, 'secretFile' | 'secretVariable'>,
  { env }: Pick<Io, 'env'>,
): Promise<Either<string, Secret>> => {
  if (secretFile !== undefined) {
    const read = await givenFile('--secret-file', secretFile);
    if (read._tag === 'Left') return read;
    const secret = filled(`--secret-file ${secretFile}`, withoutBreak(read.right));
    read.right.fill(0);
    return secret;
  }
  const text = secretVariable === undefined ? RADSEC : env[secretVariable];
  if (text === undefined) return left(`--secret-env: the environment has no variable ${secretVariable}`);
  return filled(`--secret-env ${secretVariable}`, new TextEncoder().encode(text));
};
