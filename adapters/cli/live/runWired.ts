import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { lastValueFrom, tap } from 'rxjs';
import { toHex } from '../../../streams/events/index.js';
import type { LogFile } from '../../event-log/index.js';
import { linuxWire, type Wire, type WiredEvent, wiredSupplicant } from '../../linux/index.js';
import { ExitStatus } from '../Command.js';
import type { Io } from '../Io.js';
import { onInterrupt } from '../onInterrupt.js';
import type { LiveItem } from './LiveItem.js';
import { type LiveMetrics, liveMetrics } from './LiveMetrics.js';
import { jsonReport, type LiveReport, textReport } from './LiveReport.js';
import type { LiveRequest } from './LiveRequest.js';
import { idleLive, liveItems } from './liveItems.js';
import { openRecord } from './openRecord.js';
import { type LiveProfile, profileFrom } from './profileFrom.js';

const COLUMNS = 120;
const MICROSECONDS = 1000;

/** Everything it takes, open. */
interface Stage {
  readonly profile: LiveProfile;
  readonly wire: Wire;
  readonly log: LogFile | undefined;
  readonly metrics: LiveMetrics | undefined;
}

type Problems = ReadonlyArray<string>;

const openOutputs = async (request: LiveRequest): Promise<Either<Problems, Pick<Stage, 'log' | 'metrics'>>> => {
  const { metrics: place, recordFile } = request;
  const metrics = place && (await liveMetrics(place, request.interface));
  if (metrics?._tag === 'Left') return left([metrics.left]);
  const log = recordFile === undefined ? undefined : openRecord(recordFile);
  if (log?._tag === 'Left') {
    metrics?.right.close();
    return left([log.left]);
  }
  return right({ log: log?.right, metrics: metrics?.right });
};

/** What stands in the way is told before anything is sent. */
const prepare = async (request: LiveRequest): Promise<Either<Problems, Stage>> => {
  const { isPromiscuous, interface: name } = request;
  const profile = await profileFrom(request);
  if (profile._tag === 'Left') return profile;
  const wire = await linuxWire({ interface: name, isPromiscuous });
  if (wire._tag === 'Left') {
    profile.right.release();
    return left([wire.left.message]);
  }
  const outputs = await openOutputs(request);
  if (outputs._tag === 'Left') {
    profile.right.release();
    return outputs;
  }
  return right({ profile: profile.right, wire: wire.right, ...outputs.right });
};

const reportOf = ({ isJson, showsCalls }: LiveRequest, io: Io): LiveReport => {
  const columns = io.isTerminal ? (process.stdout.columns ?? COLUMNS) : COLUMNS;
  return isJson ? jsonReport(io) : textReport(io, { showsCalls, columns });
};

/** Authenticates until it is told to end, or until the first verdict if that is enough. */
const play = async ({ profile, wire, log, metrics }: Stage, request: LiveRequest, report: LiveReport): Promise<number> => {
  const { startPeriodMs: startPeriod, retryAfterMs: retryAfter, showsSecrets, isOnce } = request;
  const { events$, end, scheduler } = wiredSupplicant({
    wire,
    peer: () => profile.peer(wire.link.mtu),
    pae: { startPeriod, heldPeriod: retryAfter },
    policy: { retryAfter },
    ...(log && { record: log.write }),
    ...(showsSecrets && { showKey: (key) => report.secret('half of the MSK', toHex(key.reveal())) }),
  });
  let state = idleLive;
  let status: number = ExitStatus.bad;
  const take = (item: LiveItem): void => {
    metrics?.item(item);
    const isRead = report.item(item);
    if (item.kind === 'verdict') status = item.verdict.kind === 'authenticated' ? ExitStatus.good : ExitStatus.bad;
    // The engine hears of the result after those who watch.
    if (!isRead || (isOnce && item.kind === 'verdict')) setImmediate(end);
  };
  const see = (event: WiredEvent): void => {
    const step = liveItems(state, Math.round(scheduler.now() * MICROSECONDS), event);
    state = step.state;
    for (const item of step.effects) take(item);
  };
  const stopListening = onInterrupt(end);
  try {
    await lastValueFrom(events$.pipe(tap(see)), { defaultValue: undefined });
  } finally {
    stopListening();
  }
  return status;
};

/** Does what `postassoc live wired` was called for. */
export const runWired = async (request: LiveRequest, io: Io): Promise<number> => {
  const stage = await prepare(request);
  if (stage._tag === 'Left') {
    for (const problem of stage.left) io.err(`postassoc: ${problem}\n`);
    return ExitStatus.unreadable;
  }
  const { profile, wire, log, metrics } = stage.right;
  for (const remark of profile.remarks) io.err(`postassoc: ${remark}\n`);
  const report = reportOf(request, io);
  report.begin(`${wire.name}, profile ${JSON.stringify(profile.name)}: ${profile.methods.join(', ')}`);
  const status = await play(stage.right, request, report);
  profile.release();
  log?.close();
  metrics?.close();
  return status;
};
