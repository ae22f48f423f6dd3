/**
 * `postassoc radius` beside eapol_test of wpa_supplicant, which authenticate with the same configuration file to the same servers:
 * hostapd's own and FreeRADIUS, at ports of 127.0.0.1, each with the same certificates. Nobody resumes sessions of TLS.
 *
 * Latency is taken neither from what the peers say of themselves nor from their lives, in which eapol_test sleeps: RADIUS passes
 * through a socket of ours which looks at the clock, and passes on. `p50` and `p99` are from the first Access-Request to the
 * Access-Accept; `own` is what of that the peer took, from each answer to its next request; `cpu` is that of whole processes, divided by
 * their authentications. Ours is warm: the first hundreds of a process, in which V8 compiles, are not counted but in `cpu`, and the
 * first of all stands apart. It is compared with eapol_test in whichever of two lives is quicker: it pauses between authentications of
 * one process, in which caches go cold.
 *
 * Throughput is without that socket, from the start of the processes to the end of the last, node's own start included, with FreeRADIUS:
 * hostapd answers 200 authentications a second at most, for long. It is measured twice: `shared`, with a server that has its share of the
 * processors the clients use, and `elsewhere`, where the server has a processor to itself (taskset of util-linux) and the clients another, as
 * one that is tested by RADIUS is on a machine of its own. Where its processor is taken, the server was what bounded the rate.
 *
 * Rounds alternate, so that who else uses the machine hits both. What is printed last are the tables of docs/benchmarks.md. `SERVERS=hostapd`,
 * `METHODS=PWD,TLS-1.3`, `ROUNDS` (0: no latency), `REPEAT`, `WARM_UP`, `PACED`, `PROCESSES`, `THROUGHPUT_SERVERS`, `THROUGHPUT_METHODS`,
 * `THROUGHPUT_ROUNDS` (0: none), `PLACES=elsewhere`, `CONCURRENCY=10,100`, `COUNT` and `JOBS` (threads of ours) change what is run. Beside each
 * rate stands what the processors allow, by the processor time of an authentication on both sides: on a machine with nothing else to do, no
 * more is left.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { RADIUS_SECRET } from '../lab/onex/identities.js';
import { compareLatency, type LatencyResult } from './onex/latency.js';
import { networks } from './onex/networks.js';
import { openStamp } from './onex/openStamp.js';
import type { Errand } from './onex/peers.js';
import { places } from './onex/places.js';
import { SERVER_KINDS, type Server, startServer } from './onex/startServer.js';
import { type Measured, tablesOf } from './onex/tables.js';
import { compareThroughput, type ThroughputResult } from './onex/throughput.js';

const listOf = (name: string): ReadonlyArray<string> | undefined => process.env[name]?.split(',').filter((word) => word !== '');
const numberOf = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

const kinds = SERVER_KINDS.filter((kind) => listOf('SERVERS')?.includes(kind) ?? true);
const chosen = networks.filter(({ name }) => listOf('METHODS')?.includes(name) ?? true);
const crowdedServers = listOf('THROUGHPUT_SERVERS') ?? ['freeradius'];
const crowded = listOf('THROUGHPUT_METHODS') ?? ['PEAP-MSCHAPv2', 'PWD', 'TLS-1.2'];
const latencyPlan = {
  rounds: numberOf('ROUNDS', 2),
  repeat: numberOf('REPEAT', 200),
  warmUp: numberOf('WARM_UP', 500),
  paced: numberOf('PACED', 30),
  processes: numberOf('PROCESSES', 5),
};
const found = places();
const chosenPlaces = found.places.filter(({ name }) => listOf('PLACES')?.includes(name) ?? true);
const MANY = 100;
/** Few at once need not be as many to come to a steady rate, and take longer for it. */
const countOf = (concurrency: number): number => Math.ceil(numberOf('COUNT', 4000) / (concurrency < MANY ? 4 : 1));
const throughputPlans = (listOf('CONCURRENCY') ?? ['1', '10', `${MANY}`])
  .map(Number)
  .map((concurrency) => ({ rounds: numberOf('THROUGHPUT_ROUNDS', 1), concurrency, count: countOf(concurrency) }));

const folder = mkdtempSync(join(tmpdir(), 'postassoc-onex-'));
const secretFile = join(folder, 'secret');

const latenciesOf = async (server: Server, errandOf: (name: string) => Errand): Promise<ReadonlyArray<LatencyResult>> => {
  const results: LatencyResult[] = [];
  const stamp = await openStamp(server.port);
  for (const network of latencyPlan.rounds > 0 ? chosen : []) {
    process.stdout.write(`\n${server.kind}, ${network.name}: milliseconds\n`);
    results.push(await compareLatency(network, errandOf(network.name), stamp, latencyPlan));
  }
  stamp.close();
  return results;
};

const throughputsOf = async (server: Server, errandOf: (name: string) => Errand): Promise<ReadonlyArray<ThroughputResult>> => {
  const isWanted = crowdedServers.includes(server.kind);
  const wanted = isWanted ? chosen.filter(({ name }) => crowded.includes(name)) : [];
  const runs = wanted.flatMap((network) =>
    chosenPlaces.flatMap((place) => throughputPlans.filter(({ rounds }) => rounds > 0).map((plan) => ({ network, place, plan }))),
  );
  const results: ThroughputResult[] = [];
  for (const { network, place, plan } of runs) {
    process.stdout.write(`\n${server.kind}, ${network.name}, ${plan.concurrency} at once, server ${place.name}\n`);
    results.push(await compareThroughput(place, network, errandOf(network.name), server, plan));
  }
  return results;
};

const compare = async (server: Server): Promise<Measured> => {
  const errandOf = (name: string): Errand => ({ configuration: join(folder, `${name}.conf`), secretFile, port: server.port });
  const latencies = await latenciesOf(server, errandOf);
  return { kind: server.kind, latencies, throughputs: await throughputsOf(server, errandOf) };
};

const loadWords = (): string =>
  `Node ${process.version}, ${availableParallelism()} processors, load average ${loadavg()[0]?.toFixed(1)}\n`;

try {
  writeFileSync(secretFile, RADIUS_SECRET);
  for (const { name, configuration } of networks) writeFileSync(join(folder, `${name}.conf`), configuration);
  process.stdout.write(loadWords());
  if (found.lacking !== undefined) process.stdout.write(`no measurement with the server elsewhere: ${found.lacking}\n`);
  const all: Measured[] = [];
  for (const kind of kinds) {
    const server = await startServer(kind, join(folder, kind));
    try {
      all.push(await compare(server));
    } finally {
      await server.stop();
    }
  }
  process.stdout.write(`\n${loadWords()}${tablesOf(all)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
