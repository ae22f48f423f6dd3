import { lookup } from 'node:dns/promises';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../streams/events/index.js';
import type { RadiusServer } from '../../radius/index.js';
import type { ServerPlace } from './serverPlace.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such name',
  EAI_AGAIN: 'the name servers do not answer',
};

const whyNot = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return WORDS[code] ?? code;
};

const addressesOf = async ({
  host,
  port,
}: ServerPlace): Promise<Either<string, ReadonlyArray<Pick<RadiusServer, 'name' | 'address' | 'family' | 'port'>>>> => {
  try {
    const found = await lookup(host, { all: true });
    return right(found.map(({ address, family }) => ({ name: host, address, family: family === 6 ? 6 : 4, port })));
  } catch (error) {
    return left(`--server ${host}: it cannot be found: ${whyNot(error)}`);
  }
};

/** Every address of every server, in the order in which they are to be tried. */
export const findServers = async (
  places: ReadonlyArray<ServerPlace>,
  transport: RadiusServer['transport'],
  secret: Secret,
): Promise<Either<string, readonly [RadiusServer, ...ReadonlyArray<RadiusServer>]>> => {
  const servers: RadiusServer[] = [];
  for (const place of places) {
    const found = await addressesOf(place);
    if (found._tag === 'Left') return found;
    servers.push(...found.right.map((one) => ({ ...one, transport, secret })));
  }
  const [first, ...others] = servers;
  return first === undefined ? left('the servers have no address') : right([first, ...others]);
};
