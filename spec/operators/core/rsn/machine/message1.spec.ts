import { expect } from 'chai';
import fc from 'fast-check';
import type { Turn } from '../../../../support/authenticator/authenticator.js';
import {
  authenticator,
  receive,
  rekeyPairwise,
  retransmit,
  shownKeys,
  start,
} from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { all as modifiers, withFields, withInformation } from '../../../../support/authenticator/modifiers.js';
import { established, happened, type Opened, opened, setups, since } from '../../../../support/stages.js';

const SUCCESS = '0/0';

/** A message 1 anybody can make: no secret is in it. */
const forged = ({ network }: Opened, number: number, counter: bigint): Uint8Array => {
  const modify = { message1: withFields({ nonce: drawn('forger', number, 32), replayCounter: counter }) };
  const [packet] = start(authenticator({ network, secret: new Uint8Array(32), modify })).packets;
  return packet ?? new Uint8Array(0);
};

const storm = (all: Opened, count: number, from: number, counterOf = (number: number) => BigInt(number)): void => {
  for (let number = from; number < from + count; number++) all.bench.packet(forged(all, number, counterOf(number)));
  all.bench.takeSent();
};

/** Hands the packets of a turn over, and the answers to the last of them back. */
const deliver = ({ bench }: Opened, { ap, packets }: Turn): Turn => {
  for (const packet of packets) bench.packet(packet);
  const [answer] = bench.takeSent().slice(-1);
  return answer === undefined ? { ap, packets: [], events: [] } : receive(ap, answer);
};

/** Octets a state keeps, wherever they stand. */
const sizeOf = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((octets: number, inner) => octets + sizeOf(inner), 1);
};

describe('message 1', () => {
  it('100 forged ones before the genuine one: the handshake succeeds', () => {
    const all = opened(setups.psk);
    storm(all, 100, 0);
    const { ap, events } = all.bench.hear(start(all.ap));
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(all.bench.completions).to.deep.equal([SUCCESS]);
    expect(all.bench.keys).to.deep.equal(shownKeys(ap));
  });

  it('100 forged ones between message 2 and message 3: the handshake succeeds', () => {
    const all = opened(setups.psk);
    const third = deliver(all, start(all.ap));
    storm(all, 100, 0);
    const { ap, events } = all.bench.hear(third);
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(all.bench.keys).to.deep.equal(shownKeys(ap));
    expect(all.bench.completions).to.deep.equal([SUCCESS]);
  });

  it('100 forged ones before, 100 after, 100 after the handshake: the handshake succeeds, and so does a rekey', () => {
    const all = opened(setups.psk);
    storm(all, 100, 0);
    const third = deliver(all, start(all.ap));
    storm(all, 100, 100);
    const first = all.bench.hear(third);
    expect(happened(first.events)).to.deep.equal(['message 2', 'message 4', 'up']);
    storm(all, 100, 200, (number) => BigInt(1000 + number));
    const second = all.bench.hear(rekeyPairwise(first.ap));
    expect(happened(second.events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(all.bench.keys).to.include.members([...shownKeys(second.ap)]);
    expect(all.bench.completions).to.deep.equal([SUCCESS]);
  });

  it('forged ones with the genuine nonce and any counter do not raise what message 3 has to be above', () => {
    const all = opened(setups.psk, { ap: { firstCounter: 5n } });
    const first = start(all.ap);
    const third = deliver(all, first);
    for (const replayCounter of [0n, 4n, 6n, 7n, 0xffff_ffff_ffff_ffffn]) {
      const modify = { message1: withFields({ nonce: first.ap.anonce, replayCounter }) };
      const { packets } = start(authenticator({ network: all.network, secret: new Uint8Array(32), modify }));
      for (const packet of packets) all.bench.packet(packet);
    }
    all.bench.takeSent();
    expect(happened(all.bench.hear(third).events)).to.deep.equal(['message 2', 'message 4', 'up']);
  });

  it('the first is the likeliest to be genuine: what message 3 has to be above is not forgotten in a storm', () => {
    const all = opened(setups.psk, { ap: { firstCounter: 5n } });
    const first = start(all.ap);
    for (const packet of first.packets) all.bench.packet(packet);
    const [second = new Uint8Array(0)] = all.bench.takeSent();
    storm(all, 100, 0);
    const modify = { message3: withFields({ replayCounter: 5n }) };
    for (const packet of receive({ ...first.ap, options: { ...all.ap.options, modify } }, second).packets)
      all.bench.packet(packet);
    expect(all.bench.takeSent()).to.deep.equal([]);
    expect(happened(all.bench.hear(receive(first.ap, second)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
  });

  it('memory is bounded, whatever comes', () => {
    const all = opened(setups.psk);
    storm(all, 20, 0);
    const few = sizeOf(all.bench.state);
    storm(all, 500, 20);
    expect(sizeOf(all.bench.state)).to.equal(few);
    expect(all.bench.timers.size).to.be.lessThan(6);
    const after = established(setups.psk);
    storm(after, 20, 0, (number) => BigInt(100 + number));
    const some = sizeOf(after.bench.state);
    storm(after, 500, 20, (number) => BigInt(100 + number));
    expect(sizeOf(after.bench.state)).to.equal(some);
  });

  it('each is answered, and always with the same nonce', () => {
    const all = opened(setups.psk);
    const nonces = new Set<string>();
    for (let number = 0; number < 20; number++) {
      all.bench.packet(forged(all, number, BigInt(number)));
      for (const packet of all.bench.takeSent()) nonces.add(packet.subarray(17, 49).toString());
    }
    expect(nonces.size).to.equal(1);
    expect(all.bench.log.filter((line) => line.startsWith('send message 2'))).to.have.length(20);
  });

  it('retransmitted with another counter: both are answered, and message 3 may follow either', () => {
    for (const last of [0, 1]) {
      const all = opened(setups.psk);
      const first = start(all.ap);
      const second = retransmit(first.ap);
      for (const packet of [...first.packets, ...second.packets]) all.bench.packet(packet);
      const answers = all.bench.takeSent();
      expect(answers).to.have.length(2);
      const { events } = all.bench.hear(receive(second.ap, answers[last] ?? new Uint8Array(0)));
      expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
      expect(all.bench.completions).to.deep.equal([SUCCESS]);
    }
  });

  it('the access point begins anew with another nonce: that handshake succeeds', () => {
    const all = opened(setups.psk);
    deliver(all, start(all.ap));
    const { ap, events } = all.bench.hear(start(start(all.ap).ap));
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(all.bench.keys).to.deep.equal(shownKeys(ap));
  });

  it('of the handshake that is over, replayed: not answered, and no nonce is drawn for it', () => {
    const all = opened(setups.psk);
    const first = start(all.ap);
    all.bench.hear(first);
    const { state } = all.bench;
    for (const packet of first.packets) all.bench.packet(packet);
    expect(all.bench.takeSent()).to.deep.equal([]);
    expect({ ...all.bench.state, evidence: undefined }).to.deep.equal({ ...state, evidence: undefined });
  });

  it('in the middle of a rekey, forged ones do not disturb it', () => {
    const all = established(setups.psk);
    const from = all.bench.log.length;
    const third = deliver(all, rekeyPairwise(all.ap));
    storm(all, 100, 0, (number) => BigInt(50 + number));
    const { ap, events } = all.bench.hear(third);
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(since(all.bench, from).filter((line) => line.startsWith('pairwise:'))).to.deep.equal(shownKeys(ap).slice(0, 1));
  });

  it('of a rekey may have a MIC, and then it has to be right', () => {
    const all = established(setups.psk);
    for (const [kck, answers] of [
      [all.ap.ptk?.kck ?? new Uint8Array(0), 1],
      [new Uint8Array(16), 0],
    ] as const) {
      const modify = { message1: modifiers(withInformation({ mic: true }), withFields({ kck })) };
      const rekey = rekeyPairwise({ ...all.ap, options: { ...all.ap.options, modify } });
      for (const packet of rekey.packets) all.bench.packet(packet);
      expect(all.bench.takeSent()).to.have.length(answers);
    }
  });

  it('any interleaving of forged, repeated and genuine ones ends in the keys of the genuine one', () => {
    const word = fc.constantFrom('forged', 'repeated', 'genuine');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.array(word, { maxLength: 12 }), (before, after) => {
        const all = opened(setups.psk);
        let number = 0;
        const first = start(all.ap);
        let { ap } = first;
        const act = (what: string): void => {
          number += 1;
          if (what === 'forged') all.bench.packet(forged(all, number, BigInt(number)));
          if (what === 'repeated') for (const packet of first.packets) all.bench.packet(packet);
          if (what !== 'genuine') return;
          const again = retransmit(ap);
          ap = again.ap;
          for (const packet of again.packets) all.bench.packet(packet);
        };
        before.forEach(act);
        for (const packet of first.packets) all.bench.packet(packet);
        const [answer = new Uint8Array(0)] = all.bench.takeSent().slice(-1);
        const third = receive(ap, answer);
        after.forEach(act);
        all.bench.takeSent();
        const last = all.bench.hear(third);
        expect(happened(last.events)).to.deep.equal(['message 2', 'message 4', 'up']);
        expect(all.bench.keys).to.deep.equal(shownKeys(last.ap));
      }),
      { numRuns: 60 },
    );
  });
});
