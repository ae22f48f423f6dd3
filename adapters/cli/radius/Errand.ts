import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { findServers, type ServerAddress } from './findServers.js';
import { givenFile } from './given.js';
import type { RadiusRequest } from './RadiusRequest.js';

/** What was asked for, with what can be read or looked up once only, so that it can be handed to a thread: plain values in memory. */
export interface Errand {
  readonly request: RadiusRequest;
  readonly servers: readonly [ServerAddress, ...ReadonlyArray<ServerAddress>];
  /** The text of the profile. */
  readonly profile: Uint8Array;
}

export const errandOf = async (request: RadiusRequest): Promise<Either<ReadonlyArray<string>, Errand>> => {
  const servers = await findServers(request.servers, request.radsec === undefined ? 'udp' : 'tls');
  if (servers._tag === 'Left') return left([servers.left]);
  const profile = await givenFile('--profile', request.profileFile);
  if (profile._tag === 'Left') return left([profile.left]);
  return right({ request, servers: servers.right, profile: profile.right });
};
