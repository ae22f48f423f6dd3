import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { md5Radius } from '../../support/radius/md5Radius.js';
import { type TinyServer, tinyServer } from '../../support/radius/radiusServer.js';
import { runOnFiles, type Said } from './explainIo.js';

const PASSWORD = 'correct horse';
const SECRET = 'a shared secret';

const profile = (password: string): string =>
  `name: Spec\nssid: [lab]\neap:\n  methods: [MD5]\n  identity: someone@example.org\n  password: ${password}\n`;

describe('postassoc radius', () => {
  let folder = '';
  let tiny: TinyServer;
  /** From where it has been asked. */
  const ports = new Set<number>();
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'postassoc-radius-'));
    const files = {
      'good.yaml': profile(PASSWORD),
      'wrong.yaml': profile('battery staple'),
      'wired.yaml': 'name: Spec\nsecurity: open\n',
      'pwd.yaml': profile(PASSWORD).replace('MD5', 'PWD'),
      'prompt.yaml': profile('{ prompt: "Who goes there?" }'),
      'unsaid.yaml': profile('').replace(/ {2}password:.*\n/, ''),
      secret: `${SECRET}\n`,
      empty: '\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const answer = md5Radius(PASSWORD);
    tiny = await tinyServer((asked) => {
      ports.add(asked.port);
      answer(asked);
    });
  });
  after(() => {
    tiny.close();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string): string => join(folder, name);
  const server = (): string => `127.0.0.1:${tiny.server.port}`;
  const given = (): ReadonlyArray<string> => ['--server', server(), '--secret-file', file('secret')];
  const radius = (...argv: ReadonlyArray<string>): Promise<Said> => runOnFiles(['radius', ...argv]);

  it('tells the rounds of one authentication, and its verdict', async () => {
    const { status, out, err } = await radius(...given(), '--profile', file('good.yaml'));
    expect({ status, err }).to.deep.equal({ status: 0, err: '' });
    const lines = out.split('\n').map((line) => line.replace(/^ *[\d.]+ ms {2}/, ''));
    expect(lines.slice(0, 9)).to.deep.equal([
      `──▶ Access-Request 0 to ${server()}: Response Identity (156 octets)`,
      '◀── Access-Challenge: Request MD5-Challenge, 17 octets (62 octets)',
      ' ·  the server asks for MD5-Challenge',
      '──▶ Access-Request 1: Response MD5-Challenge, 17 octets (154 octets)',
      '◀── Access-Accept: EAP-Success (44 octets)',
      ' ·  EAP-Success',
      '',
      'authenticated: MD5-Challenge succeeded, and yields no keys, so it is none for Wi-Fi',
      `  server      ${server()}`,
    ]);
  });

  it('exits with 1 when the password is wrong, with what to do', async () => {
    const { status, out } = await radius(...given(), '--profile', file('wrong.yaml'));
    expect(status).to.equal(1);
    expect(out).to.match(/\nrejectedCredentials: the server refused the user or the password in MD5-Challenge/);
    expect(out).to.match(/\n {2}what to do {2}check the password/);
  });

  describe('without a terminal', () => {
    const { isTTY } = process.stdin;
    before(() => {
      process.stdin.isTTY = false;
    });
    after(() => {
      process.stdin.isTTY = isTTY;
    });

    it('says that there is nobody to ask for what the profile wants to ask', async () => {
      const { status, out, err } = await radius(...given(), '--profile', file('prompt.yaml'));
      expect({ status, out }).to.deep.equal({ status: 2, out: '' });
      expect(err).to.match(/prompt\.yaml: eap\.password: there is nobody to ask; run it from a terminal$/m);
    });

    it('says that a password is missing once the server wants one', async () => {
      const { status, out } = await radius(...given(), '--profile', file('unsaid.yaml'));
      expect(status).to.equal(1);
      expect(out).to.match(/^noCredential: MD5-Challenge needs a password, and there is none$/m);
    });
  });

  it('says which method the server asks for when the profile has another', async () => {
    const { status, out } = await radius(...given(), '--profile', file('pwd.yaml'));
    expect(status).to.equal(1);
    expect(out).to.include('Response Nak, asks for PWD');
    expect(out).to.match(/\nmethodRefused: the server asked for MD5-Challenge/);
  });

  it('says as JSON what programs want to know, and no secret', async () => {
    const { status, out } = await radius(...given(), '--profile', file('good.yaml'), '--json', '--verbose');
    expect(status).to.equal(0);
    const said = JSON.parse(out) as Record<string, unknown>;
    expect(said).to.deep.include({ kind: 'authenticated', method: 'MD5-Challenge', keys: 'none', rounds: 2, server: server() });
    expect(said['timeline']).to.be.an('array').with.length(6);
    expect(out).to.not.match(/someone|example\.org|correct horse|shared secret/);
  });

  it('authenticates many times, and reports latencies and verdicts', async () => {
    const before = tiny.requests.length;
    const { status, out } = await radius(...given(), '--profile', file('good.yaml'), '--repeat', '50', '--concurrency', '8');
    expect(status).to.equal(0);
    expect(tiny.requests.length - before).to.equal(100);
    expect(out).to.match(/^50 authentications in .* s: .* a second, 100 rounds\n {5}50 {2}authenticated: /);
    expect(out.match(/^(?:whole|server| {2}\S+) .* 50$/gm)?.map((line) => line.trim().split(/ +/)[0])).to.deep.equal([
      'whole',
      'server',
      'identity',
      'md5-challenge',
    ]);
  });

  it('divides them among threads, and adds up the same', async () => {
    const before = tiny.requests.length;
    ports.clear();
    const argv = ['--repeat', '50', '--concurrency', '7', '--jobs', '3', '--verbose', '--json'];
    const { status, out, err } = await radius(...given(), '--profile', file('good.yaml'), ...argv);
    expect({ status, err }).to.deep.equal({ status: 0, err: '' });
    expect(tiny.requests.length - before).to.equal(100);
    expect(ports.size).to.equal(3);
    const told = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).to.have.length(51);
    for (const attempt of told.slice(0, -1)) expect(attempt).to.include({ kind: 'authenticated', rounds: 2 });
    const report = told.at(-1);
    expect(report).to.deep.include({ attempts: 50, authenticated: 50, rounds: 100, repetitions: 0 });
    expect(report?.['whole']).to.include({ count: 50, max: Math.max(...told.slice(0, -1).map(({ ms }) => Number(ms))) });
    expect(out).to.not.match(/someone|example\.org|correct horse|shared secret/);
  });

  it('has no more threads than authentications at the same time', async () => {
    const { status, out } = await radius(...given(), '--profile', file('wrong.yaml'), '--repeat', '2', '--jobs', '8', '--json');
    expect(status).to.equal(1);
    expect(JSON.parse(out)).to.deep.include({ attempts: 2, authenticated: 0 });
  });

  it('counts failures among many, and exits with 1', async () => {
    const argv = [...given(), '--profile', file('wrong.yaml'), '--repeat', '3', '--json'];
    const { status, out } = await radius(...argv);
    expect(status).to.equal(1);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).to.deep.include({ attempts: 3, authenticated: 0, rounds: 6 });
    expect((await radius(...argv, '--verbose')).out.trimEnd().split('\n')).to.have.length(4);
  });

  describe('a run that is interrupted', () => {
    /** A process of its own, since it is the process that is interrupted. */
    const interrupted = async (signal: NodeJS.Signals, ...argv: ReadonlyArray<string>): Promise<Said> => {
      const [first, limit] = [tiny.requests.length, 40];
      ports.clear();
      const main = fileURLToPath(new URL('../../../adapters/cli/main.ts', import.meta.url));
      const command = ['--import', 'tsx', main, 'radius', ...given(), '--profile', file('good.yaml'), ...argv];
      const child = spawn(process.execPath, command, { cwd: fileURLToPath(new URL('../../../', import.meta.url)) });
      const said = { out: '', err: '' };
      child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
      child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
      const watch = setInterval(() => {
        if (ports.size < 2 || tiny.requests.length - first < limit) return;
        clearInterval(watch);
        child.kill(signal);
      }, 5);
      const [code]: ReadonlyArray<unknown> = await once(child, 'close');
      clearInterval(watch);
      return { status: Number(code), ...said };
    };
    const many = ['--repeat', '1000000', '--concurrency', '4', '--jobs', '2'];

    it('tells what there was until then, and its threads end with it', async () => {
      const { status, out, err } = await interrupted('SIGINT', ...many, '--json');
      expect(status).to.equal(130);
      const report = JSON.parse(out) as Record<string, unknown>;
      expect(report).to.include({ interrupted: true, attempts: report['authenticated'] });
      expect(report['attempts']).to.be.within(1, 999_999);
      expect(err).to.equal(`postassoc: interrupted after ${report['attempts']} of 1000000 authentications\n`);
    });

    it('does so for a person as well, and when it is terminated', async () => {
      const { status, out, err } = await interrupted('SIGTERM', ...many);
      expect(status).to.equal(130);
      const [attempts] = /^\d+(?= authentications in )/.exec(out) ?? [];
      expect(err).to.equal(`postassoc: interrupted after ${attempts} of 1000000 authentications\n`);
    });
  });

  it('sends the attributes it is told to', async () => {
    const own = ['--nas-identifier', 'desk', '--ethernet', '--attribute', 'NAS-Port-Id=swp7', '--attribute', '126=0x31'];
    await radius(...given(), '--profile', file('good.yaml'), ...own);
    const sent = new Map(tiny.requests.at(-1)?.attributes.map(({ type, value }) => [type, new TextDecoder().decode(value)]));
    expect([sent.get(32), sent.get(87), sent.get(126), sent.get(61)]).to.deep.equal(['desk', 'swp7', '1', '\0\0\0\x0f']);
    expect(sent.get(30)).to.equal('02-00-00-00-00-00:lab');
  });

  it('asks the next server when nobody listens at the first', async () => {
    const gone = await tinyServer(() => undefined);
    gone.close();
    const { status, out } = await radius('--server', `127.0.0.1:${gone.server.port}`, ...given(), '--profile', file('good.yaml'));
    expect(status).to.equal(0);
    expect(out).to.include(`nothing listens on UDP port ${gone.server.port} of 127.0.0.1`);
  });

  const HELP = '; see postassoc radius --help';
  type Wrong = readonly [argv: () => ReadonlyArray<string>, err: string | RegExp];
  const wrong: ReadonlyArray<Wrong> = [
    [() => [], `it needs a server: --server HOST or --server HOST:PORT${HELP}`],
    [() => ['--server', 'a'], `it needs a profile: --profile FILE says who authenticates, and how${HELP}`],
    [() => ['--server', 'a', '--profile', 'p'], `it needs the shared secret: --secret-file FILE or --secret-env VARIABLE${HELP}`],
    [() => ['--server', 'a:b', '--profile', 'p'], `--server a:b: a port is a number from 1 to 65535, not "b"${HELP}`],
    [() => ['--server', '[a]:1', '--profile', 'p'], `--server is HOST, HOST:PORT or [IPV6]:PORT, not "[a]:1"${HELP}`],
    [() => ['--server', 'a:0', '--profile', 'p'], `--server a:0: a port is a number from 1 to 65535, not "0"${HELP}`],
    [() => [...given(), '--profile', 'none.yaml'], '--profile: cannot read none.yaml: there is no such file'],
    [
      () => ['--server', server(), '--secret-file', 'none', '--profile', 'p'],
      '--secret-file: cannot read none: there is no such file',
    ],
    [
      () => ['--server', server(), '--secret-file', file('empty'), '--profile', 'p'],
      /--secret-file .*empty: the shared secret is empty$/,
    ],
    [
      () => ['--server', server(), '--secret-env', 'NONE', '--profile', 'p'],
      '--secret-env: the environment has no variable NONE',
    ],
    [
      () => ['--server', 'no.such.invalid', '--secret-file', file('secret'), '--profile', 'p'],
      /^postassoc: --server no\.such\.invalid: it cannot be found: /,
    ],
    [() => [...given(), '--profile', file('wired.yaml')], /the profile says nothing of EAP; give it a field eap$/],
    [() => [...given(), '--profile', 'p', '--repeat', '0'], `--repeat is a whole number from 1 to 1000000, not "0"${HELP}`],
    [() => [...given(), '--profile', 'p', '--jobs', 'many'], `--jobs is a number from 1 to 64, or auto, not "many"${HELP}`],
    [() => [...given(), '--profile', 'p', '--timeout', '-'], `--timeout is a number of seconds above 0, not "-"${HELP}`],
    [() => [...given(), '--profile', 'p', '--attribute', 'State=1'], `--attribute: State is written by the tester itself${HELP}`],
    [() => [...given(), '--profile', 'p', '--nas-address', 'x'], `--nas-address is an IPv4 or IPv6 address, not "x"${HELP}`],
    [() => [...given(), '--profile', 'p', '--radsec-ca', 'x'], `--radsec-ca needs --radsec${HELP}`],
    [
      () => ['--server', 'a', '--profile', 'p', '--radsec', '--radsec-key', 'k'],
      `--radsec-cert and --radsec-key belong together${HELP}`,
    ],
    [() => [...given(), '--profile', 'p', 'more'], `it takes options only, not "more"${HELP}`],
  ];
  for (const [argv, expected] of wrong) {
    it(`refuses: ${typeof expected === 'string' ? expected : expected.source}`, async () => {
      const { status, out, err } = await radius(...argv());
      expect({ status, out }).to.deep.equal({ status: 2, out: '' });
      if (typeof expected === 'string') expect(err).to.equal(`postassoc: ${expected}\n`);
      else expect(err.trimEnd()).to.match(expected);
    });
  }
});
