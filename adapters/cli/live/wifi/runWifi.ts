import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { lastValueFrom, tap } from 'rxjs';
import type { LogFile } from '../../../event-log/index.js';
import {
  createRehearsal,
  linuxRadio,
  linuxWiphy,
  otherSupplicants,
  type Radio,
  type Rehearsal,
  type WifiEvent,
  wifiSupplicant,
} from '../../../linux/index.js';
import { ExitStatus } from '../../Command.js';
import type { Io } from '../../Io.js';
import { onInterrupt } from '../../onInterrupt.js';
import { afterwards } from '../afterwards.js';
import { openRecord } from '../openRecord.js';
import { wiphyJson, wiphyText } from './showWiphy.js';
import { type WifiMetrics, wifiMetrics } from './WifiMetrics.js';
import { jsonWifiReport, textWifiReport, type WifiReport } from './WifiReport.js';
import type { WifiRequest } from './WifiRequest.js';
import { type WifiCredentials, wifiCredentials } from './wifiCredentials.js';

const COLUMNS = 120;
/** The other one for programs, SIGUSR1, Node takes for its debugger. */
const ROAM = 'SIGUSR2';
const MICROSECONDS = 1000;

interface Stage {
  readonly credentials: WifiCredentials;
  readonly radio: Radio;
  readonly log: LogFile | undefined;
  readonly metrics: WifiMetrics | undefined;
}

/** What stands in the way is told before anything is sent. */
const prepare = async (request: WifiRequest): Promise<Either<ReadonlyArray<string>, Stage>> => {
  const credentials = await wifiCredentials(request);
  if (credentials._tag === 'Left') return credentials;
  const fail = (problem: string): Either<ReadonlyArray<string>, never> => {
    credentials.right.release();
    return left([problem]);
  };
  const { interface: name, byPackets, metrics: place } = request;
  const radio = await linuxRadio({ interface: name, byPackets });
  if (radio._tag === 'Left') return fail(radio.left.message);
  const metrics = place && (await wifiMetrics(place, name));
  if (metrics?._tag === 'Left') return fail(metrics.left);
  const log = request.recordFile === undefined ? undefined : openRecord(request.recordFile);
  if (log?._tag === 'Left') {
    metrics?.right.close();
    return fail(log.left);
  }
  return right({ credentials: credentials.right, radio: radio.right, log: log?.right, metrics: metrics?.right });
};

const reportOn = (io: Io, { isJson, showsCalls }: WifiRequest): WifiReport => {
  const columns = io.isTerminal ? (process.stdout.columns ?? COLUMNS) : COLUMNS;
  return isJson ? jsonWifiReport(io) : textWifiReport(io, { showsCalls, columns });
};

/** What a short scan leaves undone is rehearsed once there is nothing else to do. */
const direct = (rehearsal: Rehearsal, { kind }: WifiEvent): void => {
  switch (kind) {
    case 'scanning':
      rehearsal.refresh();
      break;
    case 'waiting':
    case 'connected':
      rehearsal.resume();
      break;
    case 'chosen':
    case 'packet':
      rehearsal.pause();
      break;
    default:
  }
};

/** Connects, and stays so until it is told to end, or until the first verdict if that is enough. */
const play = async ({ credentials, radio, log, metrics }: Stage, request: WifiRequest, io: Io): Promise<number> => {
  const { network, passphrase, peer } = credentials;
  const cachesOpportunistically = request.cachesOpportunistically || credentials.cachesOpportunistically === true;
  const recording = afterwards((line: string) => log?.write(line));
  const { events$, end, roam, scheduler } = wifiSupplicant({
    ...{ radio, network, cachesOpportunistically },
    ...(passphrase && { passphrase }),
    ...(peer && { peer }),
    ...(log && { record: recording.add, recordsSecrets: request.recordsSecrets }),
  });
  const report = reportOn(io, request);
  // A packet is answered before anybody is told of it.
  const telling = afterwards(({ at, event }: { readonly at: number; readonly event: WifiEvent }) => {
    metrics?.event(at, event);
    if (!report(at, event)) setImmediate(end);
  });
  const rehearsal = createRehearsal({ ...(log && { record: () => undefined }) });
  let status: number = ExitStatus.bad;
  const see = (event: WifiEvent): void => {
    telling.add({ at: Math.round(scheduler.now() * MICROSECONDS), event });
    direct(rehearsal, event);
    const isVerdict = event.kind === 'connected' || event.kind === 'failed';
    if (isVerdict) status = event.kind === 'connected' ? ExitStatus.good : ExitStatus.bad;
    // Whoever is in the middle of a call has to be through with it.
    if (request.isOnce && isVerdict) setImmediate(end);
  };
  const stopListening = onInterrupt(end);
  const wander = (): void => roam();
  process.on(ROAM, wander);
  try {
    await lastValueFrom(events$.pipe(tap(see)), { defaultValue: undefined });
  } finally {
    process.off(ROAM, wander);
    rehearsal.pause();
    stopListening();
    telling.flush();
    recording.flush();
  }
  return status;
};

const showCapabilities = async ({ interface: name, isJson }: WifiRequest, io: Io): Promise<number> => {
  const wiphy = await linuxWiphy(name);
  if (wiphy._tag === 'Left') {
    io.err(`postassoc: ${wiphy.left.message}\n`);
    return ExitStatus.unreadable;
  }
  io.out(isJson ? `${JSON.stringify(wiphyJson(wiphy.right))}\n` : wiphyText(name, wiphy.right));
  return ExitStatus.good;
};

/** Does what `postassoc live wifi` was called for. */
export const runWifi = async (request: WifiRequest, io: Io): Promise<number> => {
  if (request.showsCapabilities) return showCapabilities(request, io);
  const stage = await prepare(request);
  if (stage._tag === 'Left') {
    for (const problem of stage.left) io.err(`postassoc: ${problem}\n`);
    return ExitStatus.unreadable;
  }
  const { credentials, log, metrics } = stage.right;
  for (const remark of [...credentials.remarks, ...(await otherSupplicants(request.interface))]) io.err(`postassoc: ${remark}\n`);
  const status = await play(stage.right, request, io);
  credentials.release();
  log?.close();
  metrics?.close();
  return status;
};
