import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ExplanationCodec } from '../../../operators/core/index.js';
import { bytesOfCapture, captureOf, LAB_KEYS, runOnFiles } from './explainIo.js';

interface Line {
  readonly kind: string;
  readonly station: string;
  readonly outcome: string;
  readonly cause: string;
  readonly passphrase: string;
  readonly file?: string;
}

const linesOf = (out: string): ReadonlyArray<Line> =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const connectionsIn = (out: string): ReadonlyArray<Line> => linesOf(out).filter(({ kind }) => kind === 'connection');

describe('postassoc explain', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postassoc-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const judged: ReadonlyArray<readonly [string, ReadonlyArray<readonly [outcome: string, cause: string, passphrase: string]>]> = [
    ['wrong-passphrase.pcap', [['failed', 'wrongPassphrase', 'wrong']]],
    ['message-2-lost.pcap', [['failed', 'messageLost', 'unknown']]],
    [
      'message-4-lost.pcap',
      [
        ['failed', 'messageLost', 'right'],
        ['authorized', 'none', 'right'],
      ],
    ],
    ['forged-message-1.pcap', [['failed', 'forgedFrame', 'right']]],
    ['spoofed-deauthentication.pcap', [['authorized', 'none', 'right']]],
    ['wrong-802.1x-password.pcap', [['failed', 'eapFailure', 'unknown']]],
    ['pairwise-rekeys.pcap', [['authorized', 'none', 'right']]],
    ['access-point-gone.pcap', [['authorized', 'apVanished', 'right']]],
  ];
  for (const [name, expected] of judged) {
    it(`judges ${name}`, async () => {
      const { status, out, err } = await runOnFiles(['explain', captureOf(name), '--keys', LAB_KEYS, '--json']);
      expect({ status, err }).to.deep.equal({ status: 0, err: '' });
      expect(connectionsIn(out).map(({ outcome, cause, passphrase }) => [outcome, cause, passphrase])).to.deep.equal(expected);
    });
  }

  it('prints a line for each connection that its codec reads, and a summary at the end', async () => {
    const { out } = await runOnFiles(['explain', captureOf('five-stations.pcap'), '--json']);
    const lines = linesOf(out);
    const connections = connectionsIn(out);
    for (const each of connections) expect(ExplanationCodec.decode(each)).to.have.property('_tag', 'Right');
    expect(lines.at(-1)).to.deep.equal({
      ...{ kind: 'summary', v: 1, frames: 551, connections: connections.length },
      outcomes: { authorized: 5, failed: 2, interrupted: 0, incomplete: 0 },
    });
  });

  it('says the verdict first, then why, what to do, and what was said', async () => {
    const { status, out } = await runOnFiles(['explain', captureOf('wrong-passphrase.pcap'), '--keys', LAB_KEYS]);
    const order = ['could not join “lab-psk”', 'Why', 'What to do', 'What was said', '93 frames, 1 connection: 1 failed'];
    const places = order.map((text) => out.indexOf(text));
    expect(status).to.equal(0);
    expect(places.every((at) => at >= 0)).to.equal(true);
    expect([...places].sort((a, b) => a - b)).to.deep.equal(places);
  });

  for (const [form, jobs] of [
    ['--json', '3'],
    ['--ssid=lab-psk', '2'],
  ] as const) {
    it(`answers the same with ${jobs} jobs (${form})`, async () => {
      const argv = ['explain', captureOf('five-stations.pcap'), '--keys', LAB_KEYS, form];
      expect(await runOnFiles([...argv, '--jobs', jobs])).to.deep.equal(await runOnFiles(argv));
    });
  }

  const wanted: ReadonlyArray<readonly [ReadonlyArray<string>, number]> = [
    [['--sta', '02:00:00:00:03:00'], 2],
    [['--sta', '020000000300'], 2],
    [['--bssid', '02:00:00:00:00:00'], 7],
    [['--bssid', '02:00:00:00:00:01'], 0],
    [['--ssid', 'lab-psk'], 7],
    [['--ssid', 'other'], 0],
    [['--since', '2000-01-01T00:00:00Z'], 7],
    [['--since', '4000000000'], 0],
  ];
  for (const [options, count] of wanted) {
    it(`explains ${count} connections with ${options.join(' ')}`, async () => {
      const { out } = await runOnFiles(['explain', captureOf('five-stations.pcap'), '--json', ...options]);
      expect(connectionsIn(out)).to.have.length(count);
    });
  }

  it('says why there is nothing to explain: nobody spoke, or nobody of those who were asked for', async () => {
    const nobody = join(folder, 'nobody.pcap');
    const all = bytesOfCapture('five-stations.pcap');
    writeFileSync(nobody, all.subarray(0, 24 + 16 + Buffer.from(all).readUInt32LE(24 + 8)));
    expect((await runOnFiles(['explain', nobody])).out).to.equal(
      '1 frame, 0 connections: nobody authenticates, associates or speaks EAPOL in it\n',
    );
    expect((await runOnFiles(['explain', captureOf('five-stations.pcap'), '--ssid', 'other'])).out).to.equal(
      '551 frames, 0 connections of those that are asked for (--sta, --bssid, --ssid, --since)\n',
    );
  });

  it('makes a table of many connections', async () => {
    const files = Array.from({ length: 2 }, () => captureOf('five-stations.pcap'));
    const joined = join(folder, 'joined.pcap');
    const [first, second] = files.map(() => bytesOfCapture('five-stations.pcap'));
    // Another station's octet, so that the second half is of others.
    const other = Buffer.from(second ?? []).subarray(24);
    for (let at = other.indexOf('020000000300', 0, 'hex'); at >= 0; at = other.indexOf('020000000300', at + 1, 'hex'))
      other[at + 5] = 9;
    writeFileSync(joined, Buffer.concat([first ?? new Uint8Array(0), other]));
    const { out } = await runOnFiles(['explain', joined]);
    expect(out).to.match(/^time UTC/);
    expect(out).to.include('--sta ADDRESS');
    expect(out.split('\n').filter((line) => line.includes('02:00:00:00:03:09'))).to.have.length(2);
  });

  it('says of several files which line is of which', async () => {
    const files = ['wrong-passphrase.pcap', 'message-2-lost.pcap'].map(captureOf);
    const { out } = await runOnFiles(['explain', ...files, '--json']);
    expect(connectionsIn(out).map(({ file }) => file)).to.deep.equal(files);
  });

  it('reads compressed captures and standard input', async () => {
    const plain = await runOnFiles(['explain', captureOf('wrong-passphrase.pcap'), '--json']);
    const input = new Uint8Array(gzipSync(bytesOfCapture('wrong-passphrase.pcap')));
    expect(await runOnFiles(['explain', '-', '--json'], { input })).to.deep.equal(plain);
  });

  it('tells what it could read of a damaged capture, where the damage is, and ends with 3', async () => {
    const bytes = bytesOfCapture('wrong-passphrase.pcap');
    const { status, out, err } = await runOnFiles(['explain', '-', '--json'], { input: bytes.subarray(0, bytes.length - 10) });
    expect(status).to.equal(3);
    expect(connectionsIn(out)).to.have.length(1);
    expect(linesOf(out).find(({ kind }) => kind === 'damage'))
      .to.have.property('offset')
      .that.is.within(0, bytes.length);
    expect(err).to.match(/^postassoc: standard input: damaged at octet \d+: /);
  });

  it('shows neither keys nor identities unless it is asked to', async () => {
    const argv = ['explain', captureOf('wrong-802.1x-password.pcap'), '--json'];
    const [hidden, shown] = [await runOnFiles(argv), await runOnFiles([...argv, '--show-secrets'])];
    expect(hidden.out).to.include('"identity":"[redacted]"').and.not.include('anonymous@');
    expect(shown.out).to.include('@lab.example');
  });

  it('shows fingerprints of keys, or the keys', async () => {
    const argv = ['explain', captureOf('pairwise-rekeys.pcap'), '--keys', LAB_KEYS, '--json'];
    const [hidden, shown] = [await runOnFiles(argv), await runOnFiles([...argv, '--show-secrets'])];
    expect(hidden.out).to.match(/"tk":\["sha256:[0-9a-f]{16}"/);
    expect(shown.out).to.match(/"tk":\["[0-9a-f]{32}"/);
  });

  it('annotates a capture, for its owner only, and overwrites nothing', async () => {
    const out = join(folder, 'annotated.pcapng');
    const argv = ['explain', captureOf('wrong-passphrase.pcap'), '--json', '--annotate', out];
    expect(await runOnFiles(argv)).to.include({ status: 0, err: '' });
    expect(statSync(out).mode & 0o777).to.equal(0o600);
    expect(readFileSync(out).includes('postassoc: error: Message 2 was sent 4 times')).to.equal(true);
    const again = await runOnFiles(argv);
    expect(again).to.include({ status: 2, err: `postassoc: cannot write ${out}: it is there already, and is not overwritten\n` });
    const reread = await runOnFiles(['explain', out, '--json']);
    expect(reread.out).to.equal((await runOnFiles(['explain', captureOf('wrong-passphrase.pcap'), '--json'])).out);
  });

  it('writes the log of an engine in the place of the stations, which replays and breaks no rule', async () => {
    const events = join(folder, 'events.ndjson');
    const argv = ['explain', captureOf('five-stations.pcap'), '--keys', LAB_KEYS, '--json', '--events', events];
    expect(await runOnFiles(argv)).to.include({ status: 0, err: '' });
    expect(statSync(events).mode & 0o777).to.equal(0o600);
    expect(await runOnFiles(['replay', events, '--method', 'rsn'])).to.include({ status: 0 });
    expect(await runOnFiles(['check', events])).to.include({ status: 0 });
  });

  it('says on a terminal how far it has come, and wipes that away', async () => {
    let now = 0;
    const surroundings = { isErrTerminal: true, now: () => (now += 1000) };
    const { err } = await runOnFiles(['explain', captureOf('five-stations.pcap'), '--json'], surroundings);
    expect(err).to.match(/five-stations\.pcap {2}\[#+\.*\] \d+ %/);
    expect(err.endsWith('\r\u001b[K')).to.equal(true);
  });

  it('ends quietly when nobody reads on', async () => {
    const { out, err } = await runOnFiles(['explain', captureOf('five-stations.pcap'), '--json'], { closesAfter: 1 });
    expect(err).to.equal('');
    expect(connectionsIn(out).length).to.be.lessThan(7);
  });

  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
    [[], /it needs a capture or a log: the name of a file, or - for standard input; see postassoc explain --help/],
    [['none.pcap'], /cannot read none\.pcap: there is no such file/],
    [['-', '--sta', '02:00'], /--sta is an address such as 02:00:00:00:01:00, not "02:00"/],
    [['-', '--since', 'yesterday'], /--since is a time such as/],
    [['-', '--jobs', '0'], /--jobs is a number from 1 to 64, or auto, not "0"/],
    [['-', '--jobs', '2'], /with several jobs each reads the capture/],
    [['-', '--annotate', 'out'], /--annotate reads the capture twice/],
    [['a', 'b', '--annotate', 'out'], /--annotate takes one capture at a time/],
    [['a', '--events', 'out', '--jobs', '2'], /--events writes one log, so it takes one job/],
    [['-', '--keys', 'none.keys'], /cannot read none\.keys: there is no such file/],
    [['-'], /cannot read standard input: /],
    [[captureOf('README.md')], /cannot read .*README\.md: /],
  ];
  for (const [argv, sentence] of wrong) {
    it(`answers "explain ${argv.map((each) => each.split('/').at(-1)).join(' ')}" with one sentence`, async () => {
      const { status, out, err } = await runOnFiles(['explain', ...argv]);
      expect({ status, out }).to.deep.equal({ status: 2, out: '' });
      expect(err)
        .to.match(sentence)
        .and.match(/^postassoc: [^\n]*\n$/);
    });
  }

  it('never shows a secret it was given wrongly', async () => {
    const { status, err } = await runOnFiles(['explain', captureOf('wrong-passphrase.pcap'), '--key', 'wpa-pwd:short:lab-psk']);
    expect(status).to.equal(2);
    expect(err)
      .to.match(/^postassoc: --key: /)
      .and.not.include('short');
  });
});
