import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { merge, type Observable, tap } from 'rxjs';
import type { Secret } from '../../../streams/events/index.js';
import { type AuthenticationEvent, attempts, Tally } from '../../radius/index.js';
import { type Arguments, ExitStatus } from '../Command.js';
import { coloursOf } from '../colours.js';
import type { Io } from '../Io.js';
import { INTERRUPTED } from '../onInterrupt.js';
import { personToAsk } from '../personToAsk.js';
import { attemptJson, tallyJson } from './attemptJson.js';
import { attemptsElsewhere, sharesOf } from './attemptsElsewhere.js';
import { attemptsHere, destroyKeys, type ToldAttempt } from './attemptsHere.js';
import { type Errand, errandOf } from './Errand.js';
import { authentication, type Prepared, prepare, release } from './prepare.js';
import { attemptProgress } from './progress.js';
import { type RadiusRequest, radiusRequest } from './RadiusRequest.js';
import { sharedSecret } from './sharedSecret.js';
import { showAttempt } from './showAttempt.js';
import { showEvent } from './showEvent.js';
import { showTally } from './showTally.js';
import { untilInterrupted } from './untilInterrupted.js';

const runOne = async (prepared: Prepared, io: Io): Promise<number> => {
  const { isJson, isVerbose, showsSecrets } = prepared.request;
  const colours = coloursOf(io);
  const timeline: AuthenticationEvent[] = [];
  const tell = (event: AuthenticationEvent): void => {
    if (isJson) timeline.push(event);
    const line = isJson ? undefined : showEvent(event, colours);
    if (line !== undefined) io.out(`${line}\n`);
  };
  const told = attempts({ repeat: 1, concurrency: 1, authentication: () => authentication(prepared, io.now).pipe(tap(tell)) });
  let status: number = ExitStatus.bad;
  await told.forEach((attempt) => {
    const json = (): string => `${JSON.stringify(attemptJson(attempt, showsSecrets, isVerbose ? timeline : undefined))}\n`;
    io.out(isJson ? json() : `\n${showAttempt(attempt, showsSecrets, colours)}`);
    destroyKeys(attempt);
    if (attempt.result.verdict.kind === 'authenticated') status = ExitStatus.good;
  });
  return status;
};

interface Given {
  readonly errand: Errand;
  readonly secret: Secret;
}

/** The last share is never the smallest, and this thread's own. */
const attemptsOfAll = (prepared: Prepared, { errand, secret }: Given, io: Io): Observable<ToldAttempt> => {
  const { isTerminal, env, now } = io;
  // Another thread has no terminal.
  const shares = sharesOf(prepared.request, prepared.needsPerson ? 1 : prepared.request.jobs);
  const elsewhere = shares
    .slice(0, -1)
    .map((share) => attemptsElsewhere({ errand, secret: secret.reveal().slice(), share, terminal: { isTerminal, env } }));
  const here = shares.slice(-1).map((share) => attemptsHere(prepared, share, { now, colours: coloursOf(io) }));
  return merge(...elsewhere, ...here);
};

const runMany = async (prepared: Prepared, given: Given, io: Io): Promise<number> => {
  const { repeat, isJson } = prepared.request;
  const tally = new Tally();
  const progress = attemptProgress(io, repeat);
  const began = io.now();
  let isInterrupted = false;
  const interrupted = (): void => {
    isInterrupted = true;
  };
  await attemptsOfAll(prepared, given, io)
    .pipe(untilInterrupted(interrupted))
    .forEach((attempt) => {
      tally.add(attempt);
      if (attempt.told !== undefined) {
        progress.clear();
        io.out(attempt.told);
      }
      progress.at(tally.count, tally.authenticated);
    });
  progress.clear();
  const report = tally.report((io.now() - began) / 1000);
  io.out(isJson ? `${JSON.stringify(tallyJson(report, isInterrupted))}\n` : showTally(report, coloursOf(io)));
  if (isInterrupted) {
    io.err(`postassoc: interrupted after ${report.attempts} of ${repeat} authentications\n`);
    return INTERRUPTED;
  }
  return report.authenticated === report.attempts ? ExitStatus.good : ExitStatus.bad;
};

const runGiven = async (given: Given, io: Io): Promise<Either<ReadonlyArray<string>, number>> => {
  const prepared = await prepare(given.errand, given.secret, personToAsk());
  if (prepared._tag === 'Left') return prepared;
  for (const remark of prepared.right.profile.remarks) io.err(`postassoc: ${remark}\n`);
  try {
    const { repeat } = given.errand.request;
    return right(await (repeat === 1 ? runOne(prepared.right, io) : runMany(prepared.right, given, io)));
  } finally {
    release(prepared.right);
  }
};

const runRequest = async (request: RadiusRequest, io: Io): Promise<Either<ReadonlyArray<string>, number>> => {
  const secret = await sharedSecret(request, io);
  if (secret._tag === 'Left') return left([secret.left]);
  try {
    const errand = await errandOf(request);
    return errand._tag === 'Left' ? errand : await runGiven({ errand: errand.right, secret: secret.right }, io);
  } finally {
    secret.right.zeroise();
  }
};

/** Authenticates as often as it was asked to, and tells what came of it. */
export const run = async (args: Arguments, io: Io): Promise<number> => {
  const came = await runRequest(radiusRequest(args), io);
  if (came._tag === 'Right') return came.right;
  for (const problem of came.left) io.err(`postassoc: ${problem}\n`);
  return ExitStatus.unreadable;
};
