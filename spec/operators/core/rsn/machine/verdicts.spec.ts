import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { pmkid } from '../../../../../operators/core/rsn/keys/pmkid.js';
import { verdictOf } from '../../../../../operators/core/rsn/verdict.js';
import { L2Reason, macToBytes, Secret, type SecretRequest } from '../../../../../streams/events/index.js';
import type { NetworkSetup } from '../../../../support/associationFor.js';
import { type ApOptions, retransmit, shownKeys, start } from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { all, withFields, withMore } from '../../../../support/authenticator/modifiers.js';
import { established, happened, type Opened, opened, setups } from '../../../../support/stages.js';

const SUCCESS = '0/0';
const TOLERATED = 3;
const REASON = L2Reason.codes;
const TIMEOUT = 1460;
const LOGON_FAILURE = 1326;

const told = (reason: number, win32: number): string => `${reason.toString(16)}/${win32}`;
const wrongSecret = ({ bench }: Opened): string => verdictOf(bench.state, TOLERATED).wrongSecret;

/** Both ends with different secrets. */
const disagreeing = (setup: NetworkSetup, ap: Partial<ApOptions> = {}): Opened =>
  opened(setup, { ap: { secret: drawn('another secret', 0, setup.akm.pmkLengths[0] ?? 32), ...ap } });

/** Message 1, and as many repetitions. */
const repeat = ({ bench, ap }: Opened, times: number): void => {
  let turn = start(ap);
  bench.hear(turn);
  for (let time = 0; time < times; time++) {
    turn = retransmit(turn.ap);
    bench.hear(turn);
  }
};

const pmkidFor = ({ network }: Opened, secret: Uint8Array): Uint8Array => {
  const addresses = { authenticator: macToBytes(network.authenticator), supplicant: macToBytes(network.supplicant) };
  return pmkid(nodeCrypto, network.akm, { pmk: secret, addresses }) ?? new Uint8Array(16);
};

describe('why a handshake is not through', () => {
  it('R180: no message 1: 0x48004', () => {
    const { bench } = opened(setups.psk);
    expect(bench.expire('start')).to.equal(true);
    expect(bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_START_TIMEOUT, TIMEOUT)]);
  });

  it('R180: no message 3: 0x48005, and nothing is said of the passphrase', () => {
    const all = opened(setups.psk);
    for (const packet of start(all.ap).packets) all.bench.packet(packet);
    expect(all.bench.expire('finish')).to.equal(true);
    expect(all.bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_SUCCESS_TIMEOUT, TIMEOUT)]);
    expect(wrongSecret(all)).to.equal('unknown');
  });

  it('R180: message 1 comes again a few times, as on a bad link: 0x48005', () => {
    const all = disagreeing(setups.psk);
    repeat(all, TOLERATED - 1);
    expect(all.bench.timers.has('suspicion')).to.equal(false);
    expect(wrongSecret(all)).to.equal('unknown');
    all.bench.expire('finish');
    expect(all.bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_SUCCESS_TIMEOUT, TIMEOUT)]);
  });

  it('R180: message 1 again and again: the passphrase is probably wrong, 0x48014, without waiting for the end', () => {
    const all = disagreeing(setups.psk);
    repeat(all, TOLERATED);
    expect(wrongSecret(all)).to.equal('likely');
    expect(all.bench.completions).to.deep.equal([]);
    expect(all.bench.expire('suspicion')).to.equal(true);
    expect(all.bench.completions).to.deep.equal([told(REASON.MSMSEC_PSK_MISMATCH_SUSPECTED, LOGON_FAILURE)]);
    expect(all.bench.reports.at(-1)).to.match(/^R180: .*passphrase is probably wrong/);
  });

  it('R180: and it names another PMK: the passphrase is wrong for certain', () => {
    const secret = drawn('another secret', 0, 32);
    const all = disagreeing(setups.psk, { namesPmk: pmkidFor(opened(setups.psk), secret) });
    repeat(all, TOLERATED);
    expect(wrongSecret(all)).to.equal('proven');
    all.bench.expire('suspicion');
    expect(all.bench.completions).to.deep.equal([told(REASON.MSMSEC_PSK_MISMATCH_SUSPECTED, LOGON_FAILURE)]);
  });

  it('it names another PMK only once: that is not forgotten', () => {
    const secret = drawn('another secret', 0, 32);
    const all = disagreeing(setups.psk, { namesPmk: pmkidFor(opened(setups.psk), secret) });
    const named = start(all.ap);
    all.bench.hear(named);
    const { namesPmk: _, ...silent } = named.ap.options;
    let turn = retransmit({ ...named.ap, options: silent });
    for (let time = 0; time < TOLERATED; time++) {
      all.bench.hear(turn);
      turn = retransmit(turn.ap);
    }
    expect(wrongSecret(all)).to.equal('proven');
  });

  it('it names our PMK, and does not answer: nothing is proven', () => {
    const all = disagreeing(setups.psk, { namesPmk: pmkidFor(opened(setups.psk), opened(setups.psk).secret) });
    repeat(all, TOLERATED);
    expect(wrongSecret(all)).to.equal('likely');
  });

  it('zeros for a PMKID name nothing', () => {
    const all = disagreeing(setups.psk, { namesPmk: new Uint8Array(16) });
    repeat(all, TOLERATED);
    expect(wrongSecret(all)).to.equal('likely');
  });

  it('it names another PMK, and takes our message 2 all the same: the passphrase is right', () => {
    const all = opened(setups.psk, { ap: { namesPmk: drawn('a name', 0, 16) } });
    expect(happened(all.bench.hear(start(all.ap)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(wrongSecret(all)).to.equal('excluded');
  });

  it('R180: a message 3 that is proven but wrong: the passphrase is excluded, and the reason is that of the message', () => {
    const twice = withFields({ keyLength: 5 });
    const all = opened(setups.psk, { ap: { modify: { message3: twice } } });
    all.bench.hear(start(all.ap));
    expect(wrongSecret(all)).to.equal('excluded');
    expect(all.bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_FORMAT, 13)]);
    expect(verdictOf(all.bench.state, TOLERATED).reason).to.equal(REASON.MSMSEC_KEY_FORMAT);
  });

  it('of SAE the passphrase was proven before the association: another handshake timeout', () => {
    const all = disagreeing(setups.sae);
    repeat(all, TOLERATED);
    all.bench.expire('suspicion');
    expect(all.bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_SUCCESS_TIMEOUT, LOGON_FAILURE)]);
  });

  it('R178: a late message 1 still succeeds after the failure of its absence', () => {
    const { bench, ap: before } = opened(setups.psk);
    bench.expire('start');
    const { ap } = bench.hear(start(before));
    expect(bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_START_TIMEOUT, TIMEOUT), SUCCESS]);
    expect(bench.keys).to.deep.equal(shownKeys(ap));
  });

  it('R178: a late message 3 does, and a new handshake', () => {
    for (const isNew of [false, true]) {
      const { bench, ap } = opened(setups.psk);
      const first = start(ap);
      for (const packet of first.packets) bench.packet(packet);
      bench.takeSent();
      bench.expire('finish');
      bench.hear(isNew ? start(first.ap) : retransmit(first.ap));
      expect(bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_SUCCESS_TIMEOUT, TIMEOUT), SUCCESS]);
    }
  });

  it('R176: a failure is told once, however many timers run out', () => {
    const { bench, ap } = opened(setups.psk);
    bench.expire('start');
    for (const packet of start(ap).packets) bench.packet(packet);
    bench.expire('finish');
    bench.expire('suspicion');
    expect(bench.completions).to.deep.equal([told(REASON.MSMSEC_KEY_START_TIMEOUT, TIMEOUT)]);
  });

  it('message 1 again and again, and message 3 at last: the suspicion is gone', () => {
    const { bench, ap: before } = opened(setups.psk);
    let turn = start(before);
    for (let time = 0; time <= TOLERATED; time++) {
      for (const packet of turn.packets) bench.packet(packet);
      turn = retransmit(turn.ap);
    }
    expect(bench.timers.has('suspicion')).to.equal(true);
    bench.takeSent();
    bench.hear(turn);
    expect([...bench.timers.keys()]).to.deep.equal([]);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('no timer is left running when the handshake is through, and none of a rekey that came to nothing', () => {
    const all = established(setups.psk);
    expect([...all.bench.timers.keys()]).to.deep.equal([]);
    for (const packet of start(all.ap).packets) all.bench.packet(packet);
    expect([...all.bench.timers.keys()]).to.deep.equal(['finish']);
    all.bench.expire('finish');
    expect([...all.bench.timers.keys()]).to.deep.equal([]);
    expect(all.bench.completions).to.deep.equal([SUCCESS]);
    expect(verdictOf(all.bench.state, TOLERATED)).to.deep.include({ awaited: 'nothing', wrongSecret: 'excluded' });
  });

  it('without what it takes: no passphrase, one that is none, no PMK, no randomness', () => {
    const text = (value: string) => Secret.of(new TextEncoder().encode(value));
    const nonce = (request: SecretRequest) =>
      request.want === 'entropy' ? Secret.of(drawn('nonce', 0, request.length)) : undefined;
    const answers: ReadonlyArray<readonly [NetworkSetup, (request: SecretRequest) => Secret | undefined]> = [
      [setups.psk, nonce],
      [setups.psk, (request) => nonce(request) ?? text('short')],
      [setups.psk, (request) => nonce(request) ?? text('x'.repeat(64))],
      [setups.psk, (request) => nonce(request) ?? Secret.redacted(32, 'f')],
      [setups.psk, (request) => (request.want === 'entropy' ? undefined : text('a passphrase'))],
      [setups.psk, (request) => (request.want === 'entropy' ? Secret.of(drawn('short', 0, 31)) : text('a passphrase'))],
      [setups.sae, nonce],
      [setups.sae, (request) => nonce(request) ?? Secret.of(drawn('short', 0, 31))],
    ];
    for (const [setup, answer] of answers) {
      const { bench } = opened(setup, { bench: { answer } });
      expect(bench.completions).to.have.length(1);
      expect(bench.completions[0]).to.not.equal(SUCCESS);
      for (const secret of bench.spied()) expect(secret.reveal().every((octet) => octet === 0)).to.equal(true);
    }
  });

  it('the evidence is bounded', () => {
    const all_ = disagreeing(setups.psk);
    const bad = all(withMore({ kind: 'gtk', keyId: 1, transmit: false, key: new Uint8Array(16) }));
    for (let time = 0; time < 200; time++) {
      const turn = start({ ...all_.ap, options: { ...all_.ap.options, modify: { message1: bad } } });
      for (const packet of turn.packets) all_.bench.packet(packet);
    }
    expect(verdictOf(all_.bench.state, TOLERATED).faults.length).to.be.within(1, 16);
    expect(all_.bench.takeSent()).to.deep.equal([]);
  });
});
