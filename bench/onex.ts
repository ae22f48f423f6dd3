/**
 * `postassoc radius` beside eapol_test of wpa_supplicant, which authenticate with the same configuration file to the same servers:
 * hostapd's own and FreeRADIUS, at ports of 127.0.0.1, each with the same certificates. Nobody resumes sessions of TLS.
 *
 * Latency is taken neither from what the peers say of themselves nor from their lives, in which eapol_test sleeps: RADIUS passes
 * through a socket of ours which looks at the clock, and passes on. `p50` and `p99` are from the first Access-Request to the
 * Access-Accept; `own` is what of that the peer took, from each answer to its next request; `cpu` and `wall` are those of whole
 * processes, divided by their authentications. `ratio` compares p50, and `own` behind it own p50, with eapol_test living alike.
 *
 * Throughput is without that socket, from the start of the processes to the end of the last, node's own start included.
 *
 * Rounds alternate, so that who else uses the machine hits both. `SERVERS=hostapd`, `METHODS=PWD,TLS-1.3`, `ROUNDS`, `REPEAT`,
 * `PROCESSES`, `CONCURRENCY=1,10` (or 0: none), `THROUGHPUT_ROUNDS` and `THROUGHPUT_METHODS` change what is run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RADIUS_SECRET } from './onex/credentials.js';
import { compareLatency } from './onex/latency.js';
import { networks } from './onex/networks.js';
import { openStamp } from './onex/openStamp.js';
import type { Errand } from './onex/peers.js';
import { SERVER_KINDS, type Server, startServer } from './onex/startServer.js';
import { compareThroughput } from './onex/throughput.js';

const listOf = (name: string): ReadonlyArray<string> | undefined => process.env[name]?.split(',').filter((word) => word !== '');
const numberOf = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

const kinds = SERVER_KINDS.filter((kind) => listOf('SERVERS')?.includes(kind) ?? true);
const chosen = networks.filter(({ name }) => listOf('METHODS')?.includes(name) ?? true);
const crowded = listOf('THROUGHPUT_METHODS') ?? ['PEAP-MSCHAPv2', 'PWD', 'TLS-1.2'];
const latencyPlan = { rounds: numberOf('ROUNDS', 3), repeat: numberOf('REPEAT', 300), processes: numberOf('PROCESSES', 10) };
const throughputPlan = {
  rounds: numberOf('THROUGHPUT_ROUNDS', 1),
  concurrencies: (listOf('CONCURRENCY') ?? ['1', '10', '100']).map(Number).filter((each) => each > 0),
  least: 100,
  each: 8,
};

const folder = mkdtempSync(join(tmpdir(), 'postassoc-onex-'));
const secretFile = join(folder, 'secret');

const compare = async (server: Server): Promise<void> => {
  const errands = chosen.map((network): readonly [typeof network, Errand] => {
    const configuration = join(folder, `${network.name}.conf`);
    return [network, { configuration, secretFile, port: server.port }];
  });
  const stamp = await openStamp(server.port);
  for (const [network, errand] of errands) {
    process.stdout.write(`\n${server.kind}, ${network.name}: milliseconds\n`);
    if (latencyPlan.rounds > 0) await compareLatency(network, errand, stamp, latencyPlan);
  }
  stamp.close();
  for (const [network, errand] of errands) {
    if (!crowded.includes(network.name) || throughputPlan.concurrencies.length === 0) continue;
    process.stdout.write(`\n${server.kind}, ${network.name}: authentications a second\n`);
    await compareThroughput(errand, throughputPlan);
  }
};

try {
  writeFileSync(secretFile, RADIUS_SECRET);
  for (const { name, configuration } of networks) writeFileSync(join(folder, `${name}.conf`), configuration);
  process.stdout.write(`Node ${process.version}\n`);
  for (const kind of kinds) {
    const server = await startServer(kind, join(folder, kind));
    try {
      await compare(server);
    } finally {
      await server.stop();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
