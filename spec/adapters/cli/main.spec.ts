import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { handshake, recordedRun } from '../event-log/recordedRun.js';
import { textOfLines } from './testIo.js';

const root = join(import.meta.dirname, '../../..');
const COMMAND = ['--conditions=postassoc-source', '--import', 'tsx', join(root, 'adapters/cli/main.ts')];

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in a process of its own; with `until`, its output is read no further than that. */
const start = (argv: ReadonlyArray<string>, input: string, until?: string): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [...COMMAND, ...argv], { cwd: root });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => {
      out += String(data);
      if (until !== undefined && out.includes(until)) child.stdout.destroy();
    });
    child.stderr.on('data', (data) => {
      err += String(data);
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('close', (status) => resolve({ status, out, err }));
  });

const run = textOfLines(recordedRun(handshake));

describe('the process', function () {
  this.timeout(60_000);
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postassoc-'));
  });

  after(() => rmSync(folder, { recursive: true }));

  it('reads standard input', async () => {
    const { status, out, err } = await start(['check', '-'], run);
    expect({ status, err }).to.deep.equal({ status: 0, err: '' });
    expect(out).to.match(/^standard input: \d+ entries; no violation\n$/);
  });

  it('reads a file, and replays it with a method of a module', async () => {
    const file = join(folder, 'run.ndjson');
    writeFileSync(file, run);
    const { status, out, err } = await start(['replay', file, '--method', 'spec/adapters/cli/symbolicModule.ts'], '');
    expect({ status, err }).to.deep.equal({ status: 0, err: '' });
    expect(out).to.include('the same');
  });

  it('ends quietly when its output is closed', async () => {
    const down = '{"v":1,"t":1,"dir":"in","kind":"deinitService"}\n';
    const { status, out, err } = await start(['check', '-'], down.repeat(40_000), '\n');
    expect(out).to.match(/^R1 /);
    expect({ status, err }).to.deep.equal({ status: 1, err: '' });
  });

  it('says of a folder, and of a file that is not there, that it cannot be read', async () => {
    expect(await start(['check', folder], '')).to.deep.equal({
      status: 2,
      out: '',
      err: `postassoc: cannot read ${folder}: it is a folder\n`,
    });
    const none = join(folder, 'none.ndjson');
    expect((await start(['replay', none], '')).err).to.equal(`postassoc: cannot read ${none}: there is no such file\n`);
  });
});
