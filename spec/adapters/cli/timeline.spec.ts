import { expect } from 'chai';
import fc from 'fast-check';
import { timeline } from '../../../adapters/cli/timeline.js';
import { type Effect, type HostEvent, type LogEntry, Secret, Win32 } from '../../../streams/events/index.js';
import { ADAPTER, AP, SERVICE, SESSION, stop } from '../../support/fixtures.js';

const plain = timeline();
const incoming = (event: HostEvent, at = 1_234_567): LogEntry => ({ at, dir: 'in', event });
const outgoing = (event: Effect, at = 1_234_567): LogEntry => ({ at, dir: 'out', event });
const portCall = { adapter: ADAPTER, service: SERVICE, session: SESSION, generation: 1, call: 7 };

describe('timeline', () => {
  it('says when, which way, what, for which port, and the rest in words', () => {
    expect(plain(incoming(stop()))).to.equal(
      '  1.234567 ──▶ stopPostAssociate            02:00:00:00:00:01  PEER_DEAUTHENTICATED+3 (0x00010003)',
    );
  });

  it('goes on under the words where they do not fit, and cuts nothing', () => {
    const completion: Effect = { kind: 'postAssociateCompletion', ...portCall, peer: AP, reason: 0x48005, win32: 1460 };
    expect(plain(outgoing(completion))?.split('\n')).to.deep.equal([
      '  1.234567 ◀── postAssociateCompletion 0x1  02:00:00:00:00:01  MSMSEC_KEY_SUCCESS_TIMEOUT',
      `${' '.repeat(44)}(0x00048005), ERROR_TIMEOUT (0x000005B4)`,
    ]);
  });

  it('leaves out answers that say no more than yes, unless everything is wanted', () => {
    const yes = incoming({ kind: 'reply', call: 3, win32: 0 });
    expect(plain(yes)).to.equal(undefined);
    expect(timeline({ everything: true })(yes)).to.match(/reply to call 3 +ERROR_SUCCESS \(0x00000000\)$/);
    expect(plain(incoming({ kind: 'reply', call: 3, win32: Win32.codes.ERROR_NOT_SUPPORTED }))).to.match(
      /reply to call 3 +ERROR_NOT_SUPPORTED \(0x00000032\)$/,
    );
  });

  it('names packets as far as it is told how', () => {
    const packet = incoming({
      kind: 'receivePacket',
      adapter: ADAPTER,
      peer: AP,
      etherType: 0x888e,
      payload: Uint8Array.of(2, 3),
    });
    expect(plain(packet)).to.match(/EAPOL \(0x888E\) \(2 B\)$/);
    expect(timeline({ packetNames: () => 'message 1' })(packet)).to.match(/EAPOL \(0x888E\) message 1 \(2 B\)$/);
  });

  it('says which of two keys, and for which link', () => {
    const wide = timeline({ columns: 200 });
    const material = { form: 'raw', key: Secret.of(new Uint8Array(16)) } as const;
    const key = { ...portCall, peer: AP, algorithm: 4, direction: 3, delete: false, static: false, material };
    expect(wide(outgoing({ kind: 'setKeyMappingKey', ...key, keyId: 1 }))).to.match(/\[redacted 16 B\] {2}key id 1$/);
    expect(wide(outgoing({ kind: 'setDefaultKey', ...key, keyIndex: 6 }))).to.match(/index 6$/);
    expect(wide(outgoing({ kind: 'setDefaultKey', ...key, keyIndex: 6, link: 2 }))).to.match(/index 6 {2}link 2$/);
    expect(wide(outgoing({ kind: 'setPairwiseTransmitKey', ...portCall, peer: AP, keyId: 1 }))).to.match(/with key id 1$/);
  });

  it('R11: names a PMK by what is no secret', () => {
    const pmkid = new Uint8Array(16).fill(0xcd);
    const pmk = Secret.of(new Uint8Array(32).fill(0xab));
    const entry = { peer: AP, ssid: Uint8Array.of(0x61), akm: 8, pmkid, pmk, lifetime: 60 };
    const wide = timeline({ columns: 200 });
    expect(wide(outgoing({ kind: 'rememberPmk', ...portCall, entry }))).to.match(
      /02:00:00:00:00:01 {2}\[redacted 32 B\] {2}PMKID (?:cd){8}… {2}for 60 s$/,
    );
    const keys = { akm: 2, kck: pmk, kek: pmk, replayCounter: new Uint8Array(8).fill(1) };
    expect(wide(outgoing({ kind: 'setRekeyOffload', ...portCall, peer: AP, keys }))).to.match(
      /KCK \[redacted 32 B\] {2}KEK \[redacted 32 B\] {2}from (?:01){8}$/,
    );
    expect(wide(outgoing({ kind: 'forgetPmk', ...portCall, peer: AP, pmkid }))).to.match(/PMKID (?:cd){8}…$/);
    const asked = { kind: 'secretSupplied', request: { want: 'pmk', peer: AP, pmkid }, secret: pmk } as const;
    expect(wide(incoming(asked))).to.match(/pmk of 02:00:00:00:00:01: \[redacted 32 B\]$/);
  });

  it('R11: prints no byte of a secret', () => {
    const key = { form: 'raw', key: Secret.of(new Uint8Array(16).fill(0xab)) } as const;
    const call = { ...portCall, peer: AP, algorithm: 4, direction: 3, delete: false, static: false, material: key };
    expect(plain(outgoing({ kind: 'setKeyMappingKey', ...call }))).to.match(/CCMP \(0x04\) \[redacted 16 B\]$/);
  });

  it('lets no text of a log command the terminal', () => {
    const remark = outgoing({ kind: 'diagnostic', rule: 'R1\u001b[2J', message: 'a\u0007b\nc' });
    const line = plain(remark) ?? '';
    expect(line).to.include('a\\x07b\\x0ac');
    expect(line.split('').some((character) => character < ' ')).to.equal(false);
  });

  it('loses no word and is no wider than asked for, as long as no word is', () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 60, max: 200 }), (words, columns) => {
        const line = timeline({ columns })(outgoing({ kind: 'diagnostic', rule: 'R1', message: words.join(' ') })) ?? '';
        for (const part of line.split('\n')) expect(part.length).to.be.at.most(columns);
        expect(line.split(/\s+/).slice(-words.length)).to.deep.equal(words);
      }),
    );
  });
});
