import { expect } from 'chai';
import { SecretsType, wiresharkKeys } from '../../../../adapters/capture/index.js';
import type { Credential } from '../../../../operators/core/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { annotated } from '../../../support/annotated.js';
import { blocksIn, frameBytes, joined, pcapFile, readAll } from '../../../support/captureBytes.js';
import { captureFile, hasCaptures } from '../../../support/captures.js';
import { hasTshark, tshark } from '../../../support/tshark.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const secret = (hex: string): Secret => Secret.of(Uint8Array.from(Buffer.from(hex, 'hex')));

/** wpa-Induction of the Wireshark wiki: its passphrase, SSID and PMK are published there; the TK follows from them. */
const induction = {
  passphrase: { kind: 'passphrase', passphrase: Secret.of(text('Induction')), ssid: text('Coherer') },
  anyNetwork: { kind: 'passphrase', passphrase: Secret.of(text('Induction')) },
  pmk: { kind: 'pmk', pmk: secret('a288fcf0caaacda9a9f58633ff35e8992a01d9c10ba5e02efdf8cb5d730ce7bc') },
  tk: { kind: 'tk', tk: secret('15798d511beae0028313c8ab32f12c7e') },
} satisfies Readonly<Record<string, Credential>>;

describe('wiresharkKeys', () => {
  it('writes each kind of key as a line of 80211_keys', () => {
    const msk: Credential = { kind: 'msk', msk: secret('ab'.repeat(64)) };
    expect(wiresharkKeys([...Object.values(induction), msk, { kind: 'tls', secrets: { find: () => undefined } }])).to.deep.equal([
      '"wpa-pwd","Induction:Coherer"',
      '"wpa-pwd","Induction"',
      '"wpa-psk","a288fcf0caaacda9a9f58633ff35e8992a01d9c10ba5e02efdf8cb5d730ce7bc"',
      '"tk","15798d511beae0028313c8ab32f12c7e"',
      `"msk","${'ab'.repeat(64)}"`,
    ]);
  });

  it('percent-encodes what could end or separate the parts', () => {
    const passphrase = Secret.of(text('a:b"c%d,e f'));
    expect(wiresharkKeys([{ kind: 'passphrase', passphrase, ssid: Uint8Array.of(0x00, 0xff, 0x3a) }])).to.deep.equal([
      '"wpa-pwd","a%3ab%22c%25d%2ce%20f:%00%ff%3a"',
    ]);
  });
});

describe('what Wireshark reads', () => {
  if (!hasTshark) {
    it('is not asked: tshark is not installed', function () {
      this.skip();
    });
    return;
  }

  const fields = (...names: ReadonlyArray<string>): ReadonlyArray<string> => [
    '-T',
    'fields',
    ...names.flatMap((name) => ['-e', name]),
  ];

  it('of an annotated pcap: frames, times, and comments', () => {
    const file = pcapFile(
      [5, 60, 33].map((size, i) => ({ seconds: 1_700_000_000 + i, fraction: 7, bytes: frameBytes(size, i) })),
    );
    const { file: made } = annotated(file, { commentsOf: (frame) => (frame === 2 ? ['the key is wrong', 'grün'] : undefined) });
    expect(tshark(made, fields('frame.number', 'frame.time_epoch', 'frame.len', 'frame.comment'))).to.deep.equal([
      '1\t1700000000.000007000\t5\t',
      '2\t1700000001.000007000\t60\tthe key is wrong,grün',
      '3\t1700000002.000007000\t33\t',
    ]);
  });

  it('of an annotated pcapng: the same numbers for frames among other blocks', () => {
    const b = blocksIn(true);
    const frame = b.packet(1_000_000, frameBytes(30));
    const file = joined(
      b.section(),
      b.interface(),
      frame,
      b.custom(text('abcd')),
      b.block(9, text('__REALTIME_TIMESTAMP=1\n')),
      frame,
    );
    const { file: made } = annotated(joined(file, b.oldPacket(2, frameBytes(4)), b.simplePacket(frameBytes(4))), {
      commentsOf: (number) => [`number ${number}`],
    });
    const lines = tshark(made, fields('frame.number', 'frame.comment'));
    const numbers = lines.filter((line) => line.includes('number')).map((line) => line.split('\t'));
    expect(numbers).to.deep.equal([1, 4, 5, 6].map((n) => [`${n}`, `number ${n}`]));
    expect(readAll(made).frames.map(({ number }) => number)).to.deep.equal([1, 4, 5, 6]);
  });

  if (!hasCaptures) return;

  it('of the secrets of TLS sessions in a decryption secrets block: it is there, and the frames are as before', () => {
    const log = `CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n`;
    const { file } = annotated(captureFile('wireshark__wpa3-sae.pcapng'), {
      secrets: [{ type: SecretsType.tlsKeyLog, data: Secret.of(text(log)) }],
    });
    const all = fields('frame.number', 'frame.time_epoch', 'wlan.fc.type_subtype');
    expect(tshark(file, all)).to.deep.equal(tshark(captureFile('wireshark__wpa3-sae.pcapng'), all));
    expect(readAll(file).secrets.at(-1)?.hex).to.equal(Buffer.from(log).toString('hex'));
  });

  for (const [kind, credential] of Object.entries(induction)) {
    it(`of keys of 802.11 in its own table: ${kind}`, () => {
      const { file } = annotated(captureFile('wireshark__wpa-Induction.pcap'), { commentsOf: () => ['x'] });
      const keys = wiresharkKeys([credential]).flatMap((line) => ['-o', `uat:80211_keys:${line}`]);
      const requests = tshark(file, [
        '-o',
        'wlan.enable_decryption:TRUE',
        ...keys,
        '-Y',
        'http.request',
        ...fields('frame.number'),
      ]);
      expect(requests.length).to.equal(14);
    });
  }

  it('of keys of 802.11 in a decryption secrets block: nothing, whatever their type is called', () => {
    const key = wiresharkKeys([induction.passphrase]).join('\n');
    const secrets = [0x57504131, 0x57504132, 0x38303231].map((type) => ({ type, data: Secret.of(text(`${key}\n`)) }));
    const { file } = annotated(captureFile('wireshark__wpa-Induction.pcap'), { secrets });
    expect(tshark(file, ['-o', 'wlan.enable_decryption:TRUE', '-Y', 'http.request'])).to.deep.equal([]);
    expect(readAll(file).secrets.length).to.equal(3);
  });
});
