import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mac48At } from '../../../streams/air/index.js';
import { type MacAddress, macToBytes } from '../../../streams/events/index.js';
import { BASE, STATION_MAC, type Stage } from '../Stage.js';
import type { AirConnection } from './AirStopwatch.js';
import { airConnections } from './airConnections.js';
import type { BenchNetwork } from './BenchNetwork.js';
import { type BenchResult, figuresOf, runsIn } from './BenchResult.js';
import { type BenchRounds, benchScript } from './benchScript.js';
import { type KernelConnection, kernelConnections } from './kernelConnections.js';
import type { Supplicant } from './supplicants.js';

const PATIENCE_MS = 3_600_000;
const STATION = mac48At(macToBytes(STATION_MAC as MacAddress), 0);

interface Heard {
  readonly runs: ReturnType<typeof runsIn>;
  readonly connections: ReadonlyArray<AirConnection>;
  readonly kernel: ReadonlyMap<string, KernelConnection>;
  readonly log: string;
}

const refusal = ({ connections, log }: Heard, { toldWrong }: Supplicant): string => {
  if (connections.some(({ whole }) => whole !== undefined)) return 'LET IN';
  return `not let in, ${connections.length} attempts, ${toldWrong.test(log) ? 'says why' : 'does not say why'}`;
};

const rekeys = ({ runs, kernel }: Heard): Pick<BenchResult, 'outcome' | 'answers'> => {
  const answers = kernel.get('rekey')?.answers ?? [];
  const isThere = runs.find(({ name }) => name === 'after')?.answered !== undefined;
  return { outcome: isThere ? `${answers.length} answers, traffic goes on` : 'no traffic afterwards', answers };
};

const judged = (supplicant: Supplicant, { name: network, play }: BenchNetwork, heard: Heard): BenchResult => {
  const { name } = supplicant;
  if (play === 'refuse') return { network, supplicant: name, outcome: refusal(heard, supplicant) };
  if (play === 'rekey') return { network, supplicant: name, ...rekeys(heard) };
  const { runs, connections, kernel } = heard;
  const [cold, warm] = ['cold', 'warm'].map((kind) => figuresOf(kind, runs, connections, kernel));
  return { network, supplicant: name, outcome: '', ...(cold && { cold }), ...(warm && { warm }) };
};

/** Lets one supplicant do what is done at one network. */
export const playBench = async (
  stage: Stage,
  supplicant: Supplicant,
  network: BenchNetwork,
  rounds: BenchRounds,
): Promise<BenchResult> => {
  const files = supplicant.files(network.instructions);
  if (files === undefined) return { network: network.name, supplicant: supplicant.name, outcome: 'not offered' };
  const accessPoint = `${[...BASE, ...network.accessPoint].join('\n')}\n`;
  let folder = '';
  for (const [name, text] of Object.entries({ ...network.files, ...files, 'ap.conf': accessPoint })) {
    mkdirSync(dirname(join(stage.folder, name)), { recursive: true });
    folder = stage.write(name, text).slice(0, -name.length - 1);
  }
  const { status, out } = await stage.run(benchScript(supplicant, network, rounds, folder), PATIENCE_MS);
  if (status !== 0) throw new Error(`status ${status} of the script: ${out.slice(-1_000)}`);
  return judged(supplicant, network, {
    runs: runsIn(stage.read('runs.txt')),
    connections: airConnections(join(stage.folder, 'air.pcap'), STATION),
    kernel: kernelConnections(stage.read('trace.txt')),
    log: stage.read('supplicant.log'),
  });
};
