import { createSecureContext, type SecureContext } from 'node:tls';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { type OpenChannel, radsecChannel, udpChannel } from '../../radius/index.js';
import { givenFile } from './given.js';
import type { RadsecRequest } from './RadiusRequest.js';

type Channels = Readonly<Record<'udp' | 'tls', OpenChannel>>;

const whyNot = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown error');

const contextOf = (files: Readonly<Record<'ca' | 'cert' | 'key', Uint8Array | undefined>>): Either<string, SecureContext> => {
  try {
    const given = Object.fromEntries(
      Object.entries(files).flatMap(([name, bytes]) => (bytes === undefined ? [] : [[name, Buffer.from(bytes)]])),
    );
    return right(createSecureContext(given));
  } catch (error) {
    return left(`--radsec: the authority, certificate or key cannot be used: ${whyNot(error)}`);
  }
};

/** Ways to a server, of which RadSec needs some files. */
export const channelsFor = async (request: RadsecRequest | undefined): Promise<Either<string, Channels>> => {
  if (request === undefined) return right({ udp: udpChannel, tls: udpChannel });
  const named = {
    ca: ['--radsec-ca', request.ca],
    cert: ['--radsec-cert', request.certificate],
    key: ['--radsec-key', request.key],
  } as const;
  const files: Record<keyof typeof named, Uint8Array | undefined> = { ca: undefined, cert: undefined, key: undefined };
  for (const name of ['ca', 'cert', 'key'] as const) {
    const [option, path] = named[name];
    if (path === undefined) continue;
    const read = await givenFile(option, path);
    if (read._tag === 'Left') return read;
    files[name] = read.right;
  }
  const context = contextOf(files);
  if (context._tag === 'Left') return context;
  const { serverName } = request;
  return right({
    udp: udpChannel,
    tls: radsecChannel({ context: context.right, ...(serverName !== undefined && { serverName }) }),
  });
};
