/**
 * `postassoc explain` beside the tools people use for the same captures: wall clock, processor time, peak memory.
 *
 * Ours checks every MIC, unwraps every group key and says of each station what became of it. None of the others does all of
 * that: aircrack-ng (given one wrong word) finds the handshakes, airdecap-ng derives keys and decrypts data, tshark dissects
 * everything, hcxpcapngtool extracts hashes. Those that are not installed are named and left out. `the floor` is what reading and
 * cryptography alone take in this runtime (floor.ts).
 *
 * The captures are made once, in a folder of the system's for temporary files. Rounds alternate, so that who else uses the
 * machine hits all of them; the medians are shown. `SESSIONS`, `BUSY_FRAMES`, `ROUNDS` and `PEERS=airdecap-ng,tshark` (or `none`) change
 * what is run, and `CAPTURES=air.pcap,more.pcap` over what: captures of a network with the same name and passphrase.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bulkCrypto } from 'postassoc/crypto';
import { PASSPHRASE, SSID, writeAir } from './air.js';
import { median } from './median.js';

const SESSIONS = Number(process.env['SESSIONS'] ?? 100_000);
const BUSY_FRAMES = Number(process.env['BUSY_FRAMES'] ?? 2_000_000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const FRAMES_A_SESSION = 10;
/** One frame in a hundred of the busy air is EAPOL. */
const BUSY_SESSIONS = Math.floor(BUSY_FRAMES / 400);
const PATIENCE_MS = 120_000;

const folder = join(tmpdir(), 'postassoc-bench');
const cli = fileURLToPath(new URL('../dist/adapters/cli/main.js', import.meta.url));
const floor = fileURLToPath(new URL('./floor.js', import.meta.url));
const words = join(folder, 'words');
const keyFile = join(folder, 'keys');

interface Capture {
  readonly name: string;
  readonly path: string;
}

const made = (name: string, sessions: number, background: number): Capture => {
  const path = join(folder, `${name}.pcap`);
  if (!existsSync(path)) {
    process.stderr.write(`making ${path}\n`);
    writeAir(`${path}.part`, { sessions, background, crypto: bulkCrypto });
    renameSync(`${path}.part`, path);
  }
  return { name, path };
};

interface Contender {
  readonly name: string;
  readonly command: (path: string) => ReadonlyArray<string>;
}

const ours = (name: string, ...options: ReadonlyArray<string>): Contender => ({
  name,
  command: (path) => [process.execPath, cli, 'explain', '--keys', keyFile, ...options, path],
});

const wiresharkKey = `uat:80211_keys:"wpa-pwd","${PASSPHRASE}:${SSID}"`;

const DECRYPTING = ['-o', 'wlan.enable_decryption:TRUE', '-o', wiresharkKey];

const tsharkWithKey = (path: string): ReadonlyArray<string> => ['tshark', '-r', path, ...DECRYPTING];

/** What comes closest to what ours finds out: whose frame it is, which message, under which keys. */
const TOLD = ['frame.number', 'wlan.staa', 'wlan_rsna_eapol.keydes.msgnr', 'wlan.analysis.tk', 'wlan.analysis.gtk'];

const peers: ReadonlyArray<Contender> = [
  { name: 'aircrack-ng, one word', command: (path) => ['aircrack-ng', '-w', words, '-e', SSID, path] },
  { name: 'airdecap-ng', command: (path) => ['airdecap-ng', '-p', PASSPHRASE, '-e', SSID, '-o', '/dev/null', path] },
  { name: 'hcxpcapngtool', command: (path) => ['hcxpcapngtool', '-o', '/dev/null', path] },
  { name: 'tshark -Y eapol', command: (path) => ['tshark', '-r', path, '-Y', 'eapol'] },
  { name: 'tshark with the key', command: (path) => [...tsharkWithKey(path), '-Y', 'eapol'] },
  {
    name: 'tshark, keys told',
    command: (path) => [...tsharkWithKey(path), '-T', 'fields', ...TOLD.flatMap((field) => ['-e', field])],
  },
];

const isInstalled = ({ command }: Contender): boolean => spawnSync('which', [command('')[0] ?? '']).status === 0;

interface Measured {
  readonly wall: number;
  readonly cpu: number;
  readonly megabytes: number;
}

const measure = ({ command }: Contender, { path }: Capture): Measured | undefined => {
  const [program = '', ...args] = command(path);
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '\n%e %U %S %M', program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 28,
  });
  if (status === null) return undefined;
  const [wall = 0, user = 0, system = 0, kilobytes = 0] =
    stderr.toString().trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { wall, cpu: user + system, megabytes: kilobytes / 1024 };
};

const row = (name: string, results: ReadonlyArray<Measured>, reference: number): string => {
  if (results.length === 0) return `${name.padEnd(26)} more than ${PATIENCE_MS / 1000} s`;
  const [wall, cpu, megabytes] = [
    median(results.map((r) => r.wall)),
    median(results.map((r) => r.cpu)),
    median(results.map((r) => r.megabytes)),
  ];
  const ratio = (wall / reference).toFixed(2);
  return `${name.padEnd(26)} ${wall.toFixed(2).padStart(7)} s wall ${cpu.toFixed(2).padStart(7)} s cpu ${megabytes.toFixed(0).padStart(5)} MB ${ratio.padStart(7)}`;
};

const compare = (capture: Capture, contenders: ReadonlyArray<Contender>): void => {
  const results = new Map<Contender, Measured[]>(contenders.map((each) => [each, []]));
  const tooSlow = new Set<Contender>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of contenders) {
      const measured = tooSlow.has(each) ? undefined : measure(each, capture);
      if (measured === undefined) tooSlow.add(each);
      else results.get(each)?.push(measured);
    }
  }
  const [first] = contenders;
  const reference = median((first === undefined ? undefined : results.get(first))?.map(({ wall }) => wall) ?? []);
  process.stdout.write(`\n${capture.name}: medians of ${ROUNDS}; the last column is wall clock relative to the first line\n`);
  for (const [contender, measured] of results) process.stdout.write(`${row(contender.name, measured, reference)}\n`);
};

mkdirSync(folder, { recursive: true });
writeFileSync(words, 'wrong horse battery\n');
writeFileSync(keyFile, `wpa-pwd:${PASSPHRASE}:${SSID}\n`);
const wanted = process.env['PEERS']?.split(',');
const isWanted = ({ command }: Contender): boolean => wanted?.includes(command('')[0] ?? '') ?? true;
const present = peers.filter((each) => isWanted(each) && isInstalled(each));
for (const each of peers) if (!present.includes(each)) process.stdout.write(`${each.name}: not run\n`);
const contenders = [
  ours('postassoc --jobs 1', '--jobs', '1'),
  ours('postassoc --jobs 2', '--jobs', '2'),
  { name: 'the floor', command: (path: string) => [process.execPath, floor, path] },
  ...present,
];
process.stdout.write(`Node ${process.version}\n`);
const given = process.env['CAPTURES']?.split(',').map((path): Capture => ({ name: basename(path), path }));
const captures = (): ReadonlyArray<Capture> => [
  made(`busy-${BUSY_FRAMES}`, BUSY_SESSIONS, BUSY_FRAMES - BUSY_SESSIONS * FRAMES_A_SESSION),
  made(`sessions-${SESSIONS}`, SESSIONS, 0),
];
for (const capture of given ?? captures()) compare(capture, contenders);
