import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { defer, finalize, type Observable, tap } from 'rxjs';
import { drawRandom, nodeCrypto } from '../../crypto/index.js';
import { nodeProfileIo, peerOf, type ResolvedProfile, readProfile, resolveProfile } from '../../profile/index.js';
import {
  type Attempt,
  type AuthenticationEvent,
  attempts,
  authenticate,
  createRadiusClient,
  nasAttributes,
  type RadiusClient,
  type RadiusServer,
  RFC_5080,
  Tally,
} from '../../radius/index.js';
import { type Arguments, ExitStatus } from '../Command.js';
import { coloursOf } from '../colours.js';
import type { Io } from '../Io.js';
import { attemptJson, tallyJson } from './attemptJson.js';
import { findServers } from './findServers.js';
import { givenFile } from './given.js';
import { attemptProgress } from './progress.js';
import { type RadiusRequest, radiusRequest } from './RadiusRequest.js';
import { channelsFor } from './radsecChannels.js';
import { sharedSecret } from './sharedSecret.js';
import { showAttempt } from './showAttempt.js';
import { showEvent } from './showEvent.js';
import { showTally } from './showTally.js';

/** All it takes to begin. */
interface Prepared {
  readonly request: RadiusRequest;
  readonly profile: ResolvedProfile;
  readonly servers: readonly [RadiusServer, ...ReadonlyArray<RadiusServer>];
  readonly client: RadiusClient;
}

const profileOf = async ({ profileFile, network }: RadiusRequest): Promise<Either<ReadonlyArray<string>, ResolvedProfile>> => {
  const text = await givenFile('--profile', profileFile);
  if (text._tag === 'Left') return left([text.left]);
  const profile = readProfile(new TextDecoder().decode(text.right), profileFile, network);
  if (profile._tag === 'Left') return profile;
  if (profile.right.eap === undefined) return left([`${profileFile}: the profile says nothing of EAP; give it a field eap`]);
  return resolveProfile(profile.right, nodeProfileIo());
};

const prepare = async (request: RadiusRequest, io: Io): Promise<Either<ReadonlyArray<string>, Prepared>> => {
  const secret = await sharedSecret(request, io);
  if (secret._tag === 'Left') return left([secret.left]);
  const servers = await findServers(request.servers, request.radsec === undefined ? 'udp' : 'tls', secret.right);
  if (servers._tag === 'Left') return left([servers.left]);
  const channels = await channelsFor(request.radsec);
  if (channels._tag === 'Left') return left([channels.left]);
  const profile = await profileOf(request);
  if (profile._tag === 'Left') return profile;
  const policy = { ...RFC_5080, repetitions: request.retries, durationMs: request.timeoutMs };
  const client = createRadiusClient({ crypto: nodeCrypto, draw: drawRandom, channels: channels.right, policy });
  return right({ request, profile: profile.right, servers: servers.right, client });
};

/** One authentication, whose copies of the secrets are destroyed with it. */
const authentication = ({ request, profile, servers, client }: Prepared, { now }: Io): Observable<AuthenticationEvent> => {
  const [ssid] = profile.ssids;
  const { attributes, calledStation = ssid === undefined ? undefined : `02-00-00-00-00-00:${ssid}`, ...nas } = request.nas;
  const own = nasAttributes({ ...nas, more: attributes, ...(calledStation !== undefined && { calledStation }) });
  return defer(() => {
    const peer = peerOf(profile);
    const { identity, shownIdentity, password } = peer.options;
    return authenticate({ client, servers, peer, nas: own, now }).pipe(
      finalize(() => {
        for (const secret of [identity, shownIdentity, password?.secret]) secret?.zeroise();
      }),
    );
  });
};

const release = ({ result: { msk, mppe } }: Attempt): void => {
  for (const key of [msk, mppe?.send, mppe?.receive]) key?.zeroise();
};

const runOne = async (prepared: Prepared, io: Io): Promise<number> => {
  const { isJson, isVerbose, showsSecrets } = prepared.request;
  const colours = coloursOf(io);
  const timeline: AuthenticationEvent[] = [];
  const tell = (event: AuthenticationEvent): void => {
    if (isJson) timeline.push(event);
    const line = isJson ? undefined : showEvent(event, colours);
    if (line !== undefined) io.out(`${line}\n`);
  };
  const told = attempts({ repeat: 1, concurrency: 1, authentication: () => authentication(prepared, io).pipe(tap(tell)) });
  let status: number = ExitStatus.bad;
  await told.forEach((attempt) => {
    const json = (): string => `${JSON.stringify(attemptJson(attempt, showsSecrets, isVerbose ? timeline : undefined))}\n`;
    io.out(isJson ? json() : `\n${showAttempt(attempt, showsSecrets, colours)}`);
    release(attempt);
    if (attempt.result.verdict.kind === 'authenticated') status = ExitStatus.good;
  });
  return status;
};

const runMany = async (prepared: Prepared, io: Io): Promise<number> => {
  const { repeat, concurrency, isJson, isVerbose, showsSecrets } = prepared.request;
  const colours = coloursOf(io);
  const tally = new Tally();
  const progress = attemptProgress(io, repeat);
  const tell = (attempt: Attempt): void => {
    progress.clear();
    io.out(
      isJson ? `${JSON.stringify(attemptJson(attempt, showsSecrets))}\n` : `${showAttempt(attempt, showsSecrets, colours)}\n`,
    );
  };
  const began = io.now();
  const all = attempts({ repeat, concurrency, authentication: () => authentication(prepared, io) });
  await all.forEach((attempt) => {
    tally.add(attempt);
    if (isVerbose) tell(attempt);
    release(attempt);
    progress.at(tally.count, tally.authenticated);
  });
  progress.clear();
  const report = tally.report((io.now() - began) / 1000);
  io.out(isJson ? `${JSON.stringify(tallyJson(report))}\n` : showTally(report, colours));
  return report.authenticated === report.attempts ? ExitStatus.good : ExitStatus.bad;
};

/** Authenticates as often as it was asked to, and tells what came of it. */
export const run = async (args: Arguments, io: Io): Promise<number> => {
  const prepared = await prepare(radiusRequest(args), io);
  if (prepared._tag === 'Left') {
    for (const problem of prepared.left) io.err(`postassoc: ${problem}\n`);
    return ExitStatus.unreadable;
  }
  const { request, client, profile } = prepared.right;
  try {
    return await (request.repeat === 1 ? runOne(prepared.right, io) : runMany(prepared.right, io));
  } finally {
    client.close();
    profile.release();
  }
};
