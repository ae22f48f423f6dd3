import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '../../operators/core/verdict/index.js';
import { type CaptureComparison, compareCapture, originOf } from './captureComparison.js';
import { explainedOf } from './captureDifferences.js';
import { type ConnectionRead, readingOf } from './captureReading.js';
import { captureNames } from './captures.js';
import { labPassphrase } from './labExplanations.js';
import { counted, table } from './markdown.js';

const outcomeOf = ({ outcome, step, cause, passphrase }: Explanation): string => {
  const where = step === 'none' ? '' : `, ${step}`;
  const why = cause === 'none' ? '' : `: ${cause}`;
  const proven = passphrase === 'unknown' ? '' : ` (passphrase ${passphrase})`;
  return `${outcome}${where}${why}${proven}`;
};

/** Outcomes that are alike are shown once, with their number. */
const outcomes = (connections: ReadonlyArray<ConnectionRead>): string =>
  counted(connections.map(({ explanation }) => outcomeOf(explanation))).join('; ');

const securityOf = ({ security: { proto, akmName, pairwise } }: Explanation): string =>
  [proto, akmName, pairwise].filter((part) => part !== null).join(' ');

const networks = (connections: ReadonlyArray<ConnectionRead>): string =>
  [...new Set(connections.map(({ explanation }) => securityOf(explanation)))].filter((each) => each !== '').join('; ');

const MESSAGES = ['M1', 'M2', 'M3', 'M4', 'G1', 'G2'] as const;

/** What was heard of key handshakes and of EAP. */
const contents = (connections: ReadonlyArray<ConnectionRead>): string => {
  const names = connections.flatMap((connection) => connection.sightings.map(({ name }) => name));
  const shown = counted(MESSAGES.flatMap((message) => names.filter((name) => name === message)));
  const packets = connections.reduce((sum, { explanation }) => sum + (explanation.eap?.packets ?? 0), 0);
  return [...shown, ...(packets === 0 ? [] : [`${packets} EAP packets`])].join(', ');
};

const keysOf = (connections: ReadonlyArray<ConnectionRead>): string => {
  const [tks, groupKeys] = [
    new Set(connections.flatMap(({ tks: each }) => each)),
    new Set(connections.flatMap(({ groupKeys: each }) => each.map(({ key }) => key))),
  ];
  return tks.size + groupKeys.size === 0 ? '' : `${tks.size} pairwise, ${groupKeys.size} group`;
};

const sourceOf = (name: string): string => {
  const { source_repo = '', source_path = name } = (originOf(name) ?? {}) as { source_repo?: string; source_path?: string };
  return `${source_repo.replace(/ \(.*$/, '')}: \`${source_path.split('/').at(-1)}\``;
};

const captureRow = (name: string, { read, oracle, retries }: CaptureComparison): ReadonlyArray<string> => [
  sourceOf(name),
  `${oracle.frames} (${oracle.link_type})`,
  networks(read.connections),
  contents(read.connections) + (retries.length === 0 ? '' : `; ${retries.length} retries`),
  outcomes(read.connections),
  keysOf(read.connections),
];

const differences = (name: string): ReadonlyArray<string> =>
  explainedOf(name).map(({ differences: said, because }) => {
    const shown = said.length > 4 ? `${said.slice(0, 3).join('; ')}; and ${said.length - 3} more` : said.join('; ');
    return `- ${sourceOf(name)}: ${because}\n  (${shown})`;
  });

const labFolder = fileURLToPath(new URL('../../../shared/lab/cases/', import.meta.url));

const labCaptures = (): ReadonlyArray<readonly [name: string, path: string]> =>
  readdirSync(labFolder).flatMap((name) => {
    const path = ['air', 'wire'].map((each) => `${labFolder}${name}/${each}.pcap`).find((each) => existsSync(each));
    return path === undefined ? [] : [[name, path] as const];
  });

const labRow = ([name, path]: readonly [name: string, path: string]): ReadonlyArray<string> => {
  const { frames, connections } = readingOf(readFileSync(path), labPassphrase(name));
  return [name, `${frames}`, networks(connections), contents(connections), outcomes(connections), keysOf(connections)];
};

const INTRODUCTION = `# Captures

<!-- Written by \`UPDATE_CAPTURES=1 npm run -s spec -- spec/real/captures/report.spec.ts\`; do not edit. -->

What \`postassoc explain\` makes of captures that are not of its own making, each held against what other tools say of it: of every
frame which message it is, its replay counter, nonce and MIC, EAP code and type, status and reason, and every key. A capture
belongs to whoever published it and is named by its origin; none of them is in this package. *Retries* are frames other tools
list again although they are copies, by the retry bit and by content, of one that was taken.

`;

const COLUMNS = ['capture', 'frames', 'network', 'heard', 'outcome of its connections', 'keys'];

const summary = (compared: ReadonlyArray<CaptureComparison>): string => {
  const sightings = compared.flatMap(({ read }) => read.connections.flatMap((connection) => connection.sightings));
  const withMic = sightings.filter(({ mic }) => mic === 'valid').length;
  const frames = compared.reduce((sum, { read }) => sum + read.frames, 0);
  const connections = compared.reduce((sum, { read }) => sum + read.connections.length, 0);
  const retries = compared.reduce((sum, each) => sum + each.retries.length, 0);
  return [
    `${compared.length} captures, ${frames} frames, ${connections} connections, ${sightings.length} messages of key handshakes,`,
    `${withMic} MICs found right, ${retries} retries left out.`,
  ].join(' ');
};

/** The whole of docs/captures.md. */
export const capturesReport = (): string => {
  const compared = captureNames.map((name) => [name, compareCapture(name)] as const);
  return [
    `${INTRODUCTION}${summary(compared.map(([, each]) => each))}`,
    `## Published captures\n\n${table(
      COLUMNS,
      compared.map(([name, each]) => captureRow(name, each)),
    )}`,
    `## Where other tools differ\n\nEach is proven from the bytes in \`spec/real/captures/differences.spec.ts\`.\n\n${captureNames
      .flatMap(differences)
      .join('\n')}`,
    '## hostapd and wpa_supplicant 2.10\n\nRecorded for this project, with the logs of both ends: as many handshakes and group handshakes were complete, stations connected, and EAP exchanges\nsuccessful as the logs say, with the same reasons and the same keys. Explained here with the passphrase of the network alone.',
    table(COLUMNS, labCaptures().map(labRow)),
  ]
    .join('\n\n')
    .concat('\n');
};
