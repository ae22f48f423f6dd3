import { lookup } from 'node:dns/promises';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
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

/** A server, but for the secret that is shared with it. */
export type ServerAddress = Omit<RadiusServer, 'secret'>;

const addressesOf = async ({
  host,
  port,
}: ServerPlace): Promise<Either<string, ReadonlyArray<Omit<ServerAddress, 'transport'>>>> => {
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
): Promise<Either<string, readonly [ServerAddress, ...ReadonlyArray<ServerAddress>]>> => {
  const servers: ServerAddress[] = [];
  for (const place of places) {
    const found = await addressesOf(place);
    if (found._tag === 'Left') return found;
    servers.push(...found.right.map((one) => ({ ...one, transport })));
  }
  const [first, ...others] = servers;
  return first === undefined ? left('the servers have no address') : right([first, ...others]);
};
