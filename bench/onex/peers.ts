import { fileURLToPath } from 'node:url';
import { RADIUS_SECRET } from '../../lab/onex/identities.js';

/** What it is to do, and where. */
export interface Errand {
  readonly configuration: string;
  readonly secretFile: string;
  readonly port: number;
}

/** Who authenticates: the command that does it so many times in one process. */
export interface Peer {
  readonly name: string;
  readonly command: (errand: Errand, times: number, concurrency?: number) => ReadonlyArray<string>;
}

const cli = process.env['POSTASSOC'] ?? fileURLToPath(new URL('../../dist/adapters/cli/main.js', import.meta.url));

const jobs = process.env['JOBS'] ?? 'auto';

const times = (repeat: number, concurrency: number): ReadonlyArray<string> =>
  repeat === 1 ? [] : ['--repeat', String(repeat), '--concurrency', String(concurrency), '--jobs', jobs];

export const postassoc: Peer = {
  name: 'postassoc',
  command: ({ configuration, secretFile, port }, repeat, concurrency = 1) => [
    ...[
      process.execPath,
      cli,
      'radius',
      '--server',
      `127.0.0.1:${port}`,
      '--secret-file',
      secretFile,
      '--profile',
      configuration,
    ],
    ...times(repeat, concurrency),
    '--json',
  ],
};

export const eapolTest: Peer = {
  name: 'eapol_test',
  command: ({ configuration, port }, repeat) => [
    ...['eapol_test', '-c', configuration, '-a', '127.0.0.1', '-p', String(port), '-s', RADIUS_SECRET],
    ...(repeat === 1 ? [] : ['-r', String(repeat - 1)]),
  ],
};
