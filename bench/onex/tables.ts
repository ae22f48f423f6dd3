import type { AuthServerKind } from '../../lab/onex/AuthServer.js';
import { type LatencyFigures, type LatencyResult, quickerOf } from './latency.js';
import type { ThroughputResult } from './throughput.js';

/** What was measured with one server. */
export interface Measured {
  readonly kind: AuthServerKind;
  readonly latencies: ReadonlyArray<LatencyResult>;
  readonly throughputs: ReadonlyArray<ThroughputResult>;
}

const table = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  if (rows.length === 0) return '';
  const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |\n`;
  return `\n${line(heads)}${line(heads.map(() => '---'))}${rows.map(line).join('')}`;
};

const threeOf = ({ whole, own, cpu }: LatencyFigures): string => [whole, own, cpu].map((ms) => ms.toFixed(1)).join(' / ');

const latencyRow = (kind: AuthServerKind, result: LatencyResult): ReadonlyArray<string> => {
  const { network, ours, oursFirst } = result;
  const theirs = quickerOf(result);
  return [
    `${kind}, ${network.name}`,
    threeOf(ours),
    threeOf(theirs),
    (ours.whole / theirs.whole).toFixed(2),
    (ours.own / theirs.own).toFixed(2),
    network.target === undefined ? '–' : `${network.target}`,
    threeOf(oursFirst),
  ];
};

const twoOf = ({ perSecond, cpu }: ThroughputResult['ours']): string => `${perSecond.toFixed(0)} / ${cpu.toFixed(1)}`;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

const throughputRow = (
  kind: AuthServerKind,
  { network, place, concurrency, ours, theirs }: ThroughputResult,
): ReadonlyArray<string> => [
  `${kind}, ${network.name}, ${concurrency} at once, server ${place.name}`,
  twoOf(ours),
  twoOf(theirs),
  (ours.perSecond / theirs.perSecond).toFixed(1),
  (theirs.cpu / ours.cpu).toFixed(1),
  `${ours.serverCpu.toFixed(1)} / ${theirs.serverCpu.toFixed(1)}`,
  place.isApart ? `${percent(ours.serverLoad)} / ${percent(theirs.serverLoad)}` : '–',
  `${ours.bound.toFixed(0)} / ${theirs.bound.toFixed(0)}`,
  (ours.bound / theirs.bound).toFixed(1),
];

const LATENCY_HEADS = [
  '',
  'postassoc, warm: whole / own / cpu',
  'eapol_test: whole / own / cpu',
  'ratio of whole',
  'of own',
  'aim',
  'postassoc, first of a process',
];

const THROUGHPUT_HEADS = [
  'many at once',
  'postassoc: a second / cpu',
  'eapol_test: a second / cpu',
  'ratio of rates',
  'of cpu',
  'cpu of the server, beside either',
  'of its processor',
  'a second at most, by cpu',
  'ratio',
];

/** The tables of docs/benchmarks.md. */
export const tablesOf = (all: ReadonlyArray<Measured>): string => {
  const latencies = all.flatMap(({ kind, latencies }) => latencies.map((one) => latencyRow(kind, one)));
  const throughputs = all.flatMap(({ kind, throughputs }) => throughputs.map((one) => throughputRow(kind, one)));
  return table(LATENCY_HEADS, latencies) + table(THROUGHPUT_HEADS, throughputs);
};
