import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder, RUN_VARIABLE, sweep, sweepTheDead } from './leftovers.js';
import { type Programs, whyNotHere } from './readiness.js';

const SKIPPED = 77;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const labs: Readonly<Record<string, { readonly programs: Programs; readonly parts: ReadonlyArray<string> }>> = {
  onex: {
    programs: {
      hostapd: 'hostapd',
      hostapd_cli: 'hostapd',
      freeradius: 'freeradius',
      eapol_test: 'eapoltest',
      ip: 'iproute2',
      openssl: 'openssl',
      script: 'bsdutils',
    },
    parts: ['lab/onex/radius*.lab.ts', 'lab/onex/wired*.lab.ts'],
  },
};

interface RunChoices {
  readonly env?: NodeJS.ProcessEnv;
  /** What it says is kept until it has ended, so that it does not mix with what others say. */
  readonly speaksAtItsEnd?: boolean;
}

const run = (
  command: string,
  args: ReadonlyArray<string>,
  { env = {}, speaksAtItsEnd = false }: RunChoices = {},
): Promise<number> =>
  new Promise((resolve) => {
    const output = speaksAtItsEnd ? 'pipe' : 'inherit';
    const child = spawn(command, args, { stdio: ['inherit', output, output], env: { ...process.env, ...env } });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk));
    // A terminal tells all of them; this one stays to tidy up.
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    const end = (status: number): void => {
      for (const signal of SIGNALS) process.off(signal, pass);
      process.stdout.write(Buffer.concat(said));
      resolve(status);
    };
    for (const signal of SIGNALS) process.on(signal, pass);
    child.on('error', () => end(1));
    child.on('close', (code) => end(code ?? 1));
  });

const MOCHA = [
  'mocha',
  '--no-config',
  '--forbid-only',
  '--timeout',
  '120000',
  '--retries',
  '1',
  '--require',
  'lab/toldRetries.ts',
];
const LOADING = ['--node-option', 'import=tsx', '--node-option', 'conditions=postassoc-source'];

/** Puts what has been built where nobody builds again while it is tried. */
const setPackageAside = (): void => {
  const folder = packageFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of ['dist', 'package.json']) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
};

/** Runs one lab, against real peers, and answers with its exit status. */
const main = async ([name = 'onex', ...rest]: ReadonlyArray<string>): Promise<number> => {
  const lab = labs[name];
  if (lab === undefined) {
    process.stderr.write(`there is no lab "${name}"; there are ${Object.keys(labs).join(', ')}\n`);
    return 2;
  }
  const reason = whyNotHere(lab.programs);
  if (reason !== undefined) {
    process.stdout.write(`the lab ${name} is skipped: ${reason}\n`);
    return SKIPPED;
  }
  sweepTheDead();
  const built = await run('npm', ['run', '-s', 'build']);
  if (built !== 0) return built;
  setPackageAside();
  const wanted = rest.some((word) => word.endsWith('.lab.ts')) ? [''] : lab.parts;
  const env = { [RUN_VARIABLE]: String(process.pid) };
  // Much of their time they wait.
  const statuses = await Promise.all(
    wanted.map((part, i) =>
      run('npx', [...MOCHA, ...LOADING, ...rest, ...(part === '' ? [] : [part])], { env, speaksAtItsEnd: i > 0 }),
    ),
  );
  const status = Math.max(...statuses);
  const left = sweep();
  for (const one of left) process.stderr.write(`left behind, and removed now: ${one}\n`);
  return status === 0 && left.length > 0 ? 1 : status;
};

process.exitCode = await main(process.argv.slice(2));
