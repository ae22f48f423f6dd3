import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { liveRequest, metricsPlace } from '../../../../adapters/cli/live/LiveRequest.js';
import { runOver } from '../testIo.js';

const root = join(import.meta.dirname, '../../../..');
const NOBODY = 65_534;

const onLinux = process.platform === 'linux';

/** An Ethernet interface of this machine, whatever it is. */
const anInterface = (): string | undefined =>
  onLinux
    ? readdirSync('/sys/class/net').find((name) => {
        const type = `/sys/class/net/${name}/type`;
        return existsSync(type) && readFileSync(type, 'utf8').trim() === '1';
      })
    : undefined;

const live = (...argv: ReadonlyArray<string>) => runOver('', ['live', ...argv]);

/** Runs the command as somebody without privileges. */
const asNobody = (argv: ReadonlyArray<string>): Promise<{ readonly status: number | null; readonly err: string }> =>
  new Promise((resolve) => {
    const command = ['--conditions=postassoc-source', '--import', 'tsx', join(root, 'adapters/cli/main.ts'), 'live', ...argv];
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const child = spawn(process.execPath, command, { cwd: root, ...user });
    let err = '';
    child.stderr.on('data', (data) => {
      err += String(data);
    });
    child.on('close', (status) => resolve({ status, err }));
  });

describe('postassoc live', function () {
  this.timeout(60_000);
  let folder = '';
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const profile = (): string => file('profile.yaml', 'name: lab\neap: { methods: MD5, identity: somebody, password: made up }\n');

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postassoc-'));
    // Somebody without privileges reads there, too.
    chmodSync(folder, 0o755);
  });

  after(() => rmSync(folder, { recursive: true }));

  it('needs a world, an interface and a profile', async () => {
    const complaint = async (...argv: ReadonlyArray<string>) => {
      const { status, err } = await live(...argv);
      expect(status).to.equal(2);
      return err;
    };
    expect(await complaint()).to.equal('postassoc: it needs to know the world: wired or wifi; see postassoc live --help\n');
    expect(await complaint('wireless')).to.include('there is no world "wireless": wired or wifi');
    expect(await complaint('wired')).to.include('it needs --interface NAME');
    expect(await complaint('wired', '-i', 'eth0')).to.include('it needs --profile FILE');
    expect(await complaint('wired', 'eth0', '-i', 'eth0')).to.include('it takes nothing more, not "eth0"');
    const seconds = await complaint('wired', '-i', 'eth0', '-p', 'p', '--retry-after', 'soon');
    expect(seconds).to.include('--retry-after is a number of seconds above 0, not "soon"');
  });

  it('takes seconds and a place for metrics', () => {
    const values = { interface: 'eth0', profile: 'p.yaml', 'start-period': '1.5', metrics: '[::1]:9100' };
    expect(liveRequest({ values, positionals: ['wired'] })).to.deep.equal({
      interface: 'eth0',
      profileFile: 'p.yaml',
      metrics: { host: '::1', port: 9100 },
      startPeriodMs: 1500,
      retryAfterMs: 60_000,
      isPromiscuous: false,
      isOnce: false,
      isJson: false,
      showsCalls: false,
      showsSecrets: false,
    });
    expect(metricsPlace('9100')).to.deep.equal({ host: '127.0.0.1', port: 9100 });
    expect(metricsPlace('example.org:80')).to.deep.equal({ host: 'example.org', port: 80 });
    for (const text of ['', 'x', '0', '65536', '::1:9100', 'host:', ':9100'])
      expect(() => metricsPlace(text), text).to.throw('--metrics is a port, or HOST:PORT');
  });

  it('says what is wrong with the profile, before anything else', async () => {
    const { status, err } = await live('wired', '-i', 'no-such-if', '-p', join(folder, 'none.yaml'));
    expect({ status, err }).to.deep.equal({
      status: 2,
      err: `postassoc: --profile: cannot read ${join(folder, 'none.yaml')}: there is no such file\n`,
    });
    const open = await live('wired', '-i', 'no-such-if', '-p', file('open.yaml', 'name: cafe\nsecurity: open\n'));
    expect(open.err).to.include('the profile says nothing of EAP');
    const wrong = await live('wired', '-i', 'no-such-if', '-p', file('wrong.yaml', 'name: lab\neap: { methods: LEAP }\n'));
    expect(wrong.err).to.match(/wrong\.yaml, line 2: eap\.methods/);
  });

  it('says which interfaces there are', async function () {
    if (!onLinux) this.skip();
    const { status, err } = await live('wired', '-i', 'no-such-if', '-p', profile());
    expect(status).to.equal(2);
    expect(err).to.match(/^postassoc: there is no interface no-such-if: .+\n$/);
    expect((await live('wired', '-i', 'lo', '-p', profile())).err).to.include('lo is no Ethernet interface');
  });

  it('names the capability to whoever lacks it', async function () {
    const name = anInterface();
    if (name === undefined) this.skip();
    const { status, err } = await asNobody(['wired', '-i', name, '-p', profile()]);
    expect(err).to.include(`cannot listen for 802.1X on ${name}: it takes the capability CAP_NET_RAW. Run it with sudo`);
    expect(status).to.equal(2);
  });
});
