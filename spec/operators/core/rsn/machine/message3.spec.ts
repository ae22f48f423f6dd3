import { expect } from 'chai';
import { Direction, toHex } from '../../../../../streams/events/index.js';
import { readEapolKey } from '../../../../../streams/frames/index.js';
import {
  type Ap,
  authenticator,
  receive,
  rekeyPairwise,
  retransmit,
  shownKeys,
  start,
} from '../../../../support/authenticator/authenticator.js';
import { all, withFields, withItems, withMore } from '../../../../support/authenticator/modifiers.js';
import { established, happened, opened, setups, since } from '../../../../support/stages.js';

const SUCCESS = '0/0';
const CHANNEL = { operatingClass: 115, primaryChannel: 36, frequencySegment1: 0 };

const lines = (log: ReadonlyArray<string>, prefix: string): ReadonlyArray<string> =>
  log.filter((line) => line.startsWith(prefix));

describe('message 3', () => {
  it('R135: retransmitted: two messages 4, one download', () => {
    const { bench, ap: before } = opened(setups.protectedPsk);
    bench.packet(start(before).packets[0] ?? new Uint8Array(0));
    const third = receive(start(before).ap, bench.takeSent()[0] ?? new Uint8Array(0));
    const again = retransmit(third.ap);
    for (const packet of [...third.packets, ...again.packets]) bench.packet(packet);
    expect(lines(bench.log, 'send message 4')).to.have.length(2);
    const { ap, events } = receive(again.ap, bench.takeSent()[1] ?? new Uint8Array(0));
    expect(happened(events)).to.deep.equal(['message 4', 'up']);
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(bench.completions).to.deep.equal([SUCCESS]);
    expect(bench.reports.filter((line) => line.startsWith('R135'))).to.have.length(1);
  });

  it('R135: retransmitted a hundred times and in the clear, before the downloads and after them', () => {
    for (const holdsSends of [true, false]) {
      const { bench, ap: before } = opened(setups.psk, { bench: { holdsSends } });
      const first = start(before);
      bench.packet(first.packets[0] ?? new Uint8Array(0));
      let turn = receive(first.ap, bench.takeSent()[0] ?? new Uint8Array(0));
      bench.packet(turn.packets[0] ?? new Uint8Array(0), false);
      const ap: Ap = receive(turn.ap, bench.takeSent()[0] ?? new Uint8Array(0)).ap;
      for (let time = 0; time < 100; time++) {
        turn = retransmit(turn.ap);
        for (const packet of turn.packets) bench.packet(packet, false);
      }
      bench.release();
      expect(lines(bench.log, 'send message 4')).to.have.length(101);
      expect(bench.keys).to.deep.equal(shownKeys(ap));
      expect(bench.completions).to.deep.equal([SUCCESS]);
    }
  });

  it('R135: replayed octet for octet: neither an answer nor a download', () => {
    const { bench, ap: before } = opened(setups.psk);
    const first = start(before);
    bench.packet(first.packets[0] ?? new Uint8Array(0));
    const third = receive(first.ap, bench.takeSent()[0] ?? new Uint8Array(0));
    for (const packet of [...third.packets, ...third.packets, ...third.packets]) bench.packet(packet);
    expect(lines(bench.log, 'send message 4')).to.have.length(1);
    expect(bench.keys).to.have.length(2);
  });

  it('R135: a repetition replayed octet for octet: not answered again', () => {
    const { bench, ap: before } = opened(setups.psk);
    const first = start(before);
    bench.packet(first.packets[0] ?? new Uint8Array(0));
    const third = receive(first.ap, bench.takeSent()[0] ?? new Uint8Array(0));
    const again = retransmit(third.ap);
    for (const packet of [...third.packets, ...again.packets, ...again.packets, ...third.packets]) bench.packet(packet);
    expect(lines(bench.log, 'send message 4')).to.have.length(2);
  });

  it('R135: of an old handshake, after a rekey: the old key does not come back', () => {
    const { bench, ap: before } = opened(setups.psk);
    const first = start(before);
    bench.packet(first.packets[0] ?? new Uint8Array(0));
    const third = receive(first.ap, bench.takeSent()[0] ?? new Uint8Array(0));
    for (const packet of third.packets) bench.packet(packet);
    const up = receive(third.ap, bench.takeSent()[0] ?? new Uint8Array(0));
    const { ap } = bench.hear(rekeyPairwise(up.ap));
    const [keys, from] = [bench.keys.length, bench.log.length];
    const late = retransmit({ ...third.ap, counter: ap.counter + 10n });
    for (const packet of [...third.packets, ...late.packets]) bench.packet(packet);
    expect(bench.keys).to.have.length(keys);
    expect(lines(since(bench, from), 'send')).to.deep.equal([]);
  });

  it('R135: of a rekey, with a counter that was used before: dropped, even after more messages 1 than are kept', () => {
    const { bench, ap, network } = established(setups.psk);
    const forge = (number: number): void => {
      const message1 = withFields({ nonce: new Uint8Array(32).fill(number), replayCounter: BigInt(100 + number) });
      const { packets } = start(authenticator({ network, secret: new Uint8Array(32), modify: { message1 } }));
      for (const packet of packets) bench.packet(packet);
    };
    forge(1);
    bench.takeSent();
    const first = rekeyPairwise(ap);
    bench.packet(first.packets[0] ?? new Uint8Array(0));
    const [second = new Uint8Array(0)] = bench.takeSent();
    for (let number = 2; number < 20; number++) forge(number);
    bench.takeSent();
    const modify = { message3: withFields({ replayCounter: 2n }) };
    for (const packet of receive({ ...first.ap, options: { ...ap.options, modify } }, second).packets) bench.packet(packet);
    expect(bench.takeSent()).to.deep.equal([]);
    expect(happened(bench.hear(receive(first.ap, second)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
  });

  it('R134: the keys wait for the send completion of message 4', () => {
    const { bench, ap } = opened(setups.protectedPsk, { bench: { holdsSends: true } });
    bench.hear(start(ap));
    expect(bench.keys).to.deep.equal([]);
    expect(bench.completions).to.deep.equal([]);
    bench.release();
    expect(bench.keys).to.have.length(3);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('R134: at a rekey the old key stays until message 4 is out', () => {
    const { bench, ap } = opened(setups.psk, { bench: { holdsSends: true } });
    const up = bench.hear(start(ap));
    bench.release();
    const { ap: rekeyed } = bench.hear(rekeyPairwise(up.ap));
    expect(bench.keys).to.have.length(2);
    bench.release();
    expect(bench.keys[2]).to.equal(shownKeys(rekeyed)[0]);
  });

  it('Extended Key ID: the new key receives before message 4 leaves, and transmits only after its completion', () => {
    const { bench, ap } = opened({ ...setups.psk, extendedKeyId: true }, { bench: { holdsSends: true } });
    const up = bench.hear(start(ap));
    expect(lines(bench.log, 'pairwise')).to.deep.equal(shownKeys(up.ap).slice(0, 1));
    expect(bench.log.findIndex((line) => line.startsWith('pairwise 0'))).to.be.lessThan(bench.log.indexOf('send message 4 of 2'));
    expect(lines(bench.log, 'transmit')).to.deep.equal([]);
    bench.release();
    expect(lines(bench.log, 'transmit')).to.deep.equal(['transmit with pairwise 0']);
    const directions = bench.calls.flatMap((call) => (call.kind === 'setKeyMappingKey' ? [call.direction] : []));
    expect(directions).to.deep.equal([Direction.codes.INBOUND]);
    const next = bench.hear(rekeyPairwise(up.ap));
    expect(lines(bench.log, 'pairwise 1')).to.deep.equal(shownKeys(next.ap).slice(0, 1));
    expect(lines(bench.log, 'transmit')).to.have.length(1);
    bench.release();
    expect(lines(bench.log, 'transmit')).to.deep.equal(['transmit with pairwise 0', 'transmit with pairwise 1']);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('operating channel validation: message 2 tells the channel, and a message 3 from another one ends it (0x4800a)', () => {
    const elsewhere = withItems((item) => (item.kind === 'operatingChannel' ? { ...item, primaryChannel: 40 } : item));
    const { bench, ap } = opened({ ...setups.psk, channel: CHANNEL }, { ap: { modify: { message3: elsewhere } } });
    const { events } = bench.hear(start(ap));
    expect(happened(events)).to.deep.equal(['message 2']);
    expect(bench.completions).to.deep.equal(['4800a/13']);
    expect(bench.keys).to.deep.equal([]);
    const missing = withItems((item) => (item.kind === 'operatingChannel' ? undefined : item));
    const other = opened({ ...setups.psk, channel: CHANNEL }, { ap: { modify: { message3: missing } } });
    other.bench.hear(start(other.ap));
    expect(other.bench.completions).to.deep.equal(['4800a/13']);
  });

  it('Extended Key ID and channel validation are agreed on by both sides, or not at all', () => {
    const setup = { ...setups.psk, extendedKeyId: true, channel: CHANNEL, apCapabilities: 0 };
    const { bench, secret, network } = opened(setup);
    const { channel: _, ...without } = network;
    const { ap, events } = bench.hear(start(authenticator({ network: { ...without, extendedKeyId: false }, secret })));
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(bench.keys).to.deep.equal(shownKeys(ap));
  });

  it('transition disable: the host is notified, once for each message 3 that is taken', () => {
    const transitionDisable = Uint8Array.of(0x0b);
    const { bench } = established(setups.sae, { ap: { transitionDisable } });
    const told = bench.calls.flatMap((call) => (call.kind === 'sendNotification' ? [`${call.code} ${toHex(call.data)}`] : []));
    expect(told).to.deep.equal(['1 0b']);
  });

  it('items nobody knows, and what is padding, are passed over', () => {
    const unknown = { kind: 'unknown', bytes: Uint8Array.of(0xdd, 6, 0, 0x0f, 0xac, 0x7f, 1, 2) } as const;
    const { bench, ap } = opened(setups.psk, { ap: { modify: { message3: withMore(unknown) } } });
    expect(happened(bench.hear(start(ap)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
  });

  it('of no handshake, or of another key: dropped, and the genuine one is taken', () => {
    const { bench, ap } = opened(setups.psk);
    const first = start(ap);
    bench.packet(first.packets[0] ?? new Uint8Array(0));
    const [second = new Uint8Array(0)] = bench.takeSent();
    const third = receive(first.ap, second);
    const forged = receive(
      { ...first.ap, options: { ...ap.options, modify: { message3: withFields({ kck: new Uint8Array(16) }) } } },
      second,
    );
    const strange = all(withFields({ nonce: new Uint8Array(32).fill(9) }), withFields({ kck: new Uint8Array(16) }));
    const other = receive({ ...first.ap, options: { ...ap.options, modify: { message3: strange } } }, second);
    for (const packet of [...forged.packets, ...other.packets]) bench.packet(packet);
    expect(bench.takeSent()).to.deep.equal([]);
    expect(happened(bench.hear(third).events)).to.deep.equal(['message 2', 'message 4', 'up']);
  });

  it('message 4 repeats its counter and its Secure bit, and has no nonce', () => {
    for (const setup of [setups.psk, setups.wpa]) {
      const { bench, ap } = opened(setup, { ap: { firstCounter: 0x0102_0304_0506_0708n } });
      const first = start(ap);
      bench.packet(first.packets[0] ?? new Uint8Array(0));
      const third = receive(first.ap, bench.takeSent()[0] ?? new Uint8Array(0));
      for (const packet of third.packets) bench.packet(packet);
      const read = readEapolKey(bench.takeSent()[0] ?? new Uint8Array(0), 16);
      const key = 'right' in read ? read.right : undefined;
      expect(key?.replayCounter).to.equal(0x0102_0304_0506_0709n);
      expect(key?.information.secure).to.equal(setup.akm.protocol === 'rsn');
      expect(key?.nonce.every((octet) => octet === 0)).to.equal(true);
    }
  });
});
