import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';
import { type AdapterHandle, Secret, type SecretRequest } from '../../../../../streams/events/index.js';
import { cipher, type NetworkSetup } from '../../../../support/associationFor.js';
import {
  type Ap,
  type Modifier,
  receive,
  rekeyGroup,
  rekeyPairwise,
  retransmit,
  start,
} from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import {
  all,
  withBadMic,
  withFields,
  withItems,
  withMore,
  withoutItems,
  withoutSecure,
} from '../../../../support/authenticator/modifiers.js';
import { secretsIn } from '../../../../support/portBench.js';
import { type Changes, established, isZeroed, type Opened, opened, setups } from '../../../../support/stages.js';

const ADAPTER = '0xa1' as AdapterHandle;

/** Secrets that still read as something. */
const left = (secrets: Iterable<Secret>): number => [...secrets].filter((secret) => !isZeroed(secret)).length;

const expectNothingLeft = ({ bench }: Opened): void => {
  bench.end();
  expect(bench.spied().size).to.be.greaterThan(0);
  expect(left(bench.spied()), 'secrets that were not destroyed').to.equal(0);
};

const deliver = ({ bench }: Opened, packets: ReadonlyArray<Uint8Array>): Uint8Array => {
  for (const packet of packets) bench.packet(packet);
  return bench.takeSent().at(-1) ?? new Uint8Array(0);
};

const proving = (setup: NetworkSetup, changes: Changes = {}): Opened => {
  const before = opened(setup, changes);
  if (before.bench.log.includes('startOneX')) before.bench.oneX(before.secret);
  const first = start(before.ap);
  deliver(before, first.packets);
  return { ...before, ap: first.ap };
};

const rekeying = (setup: NetworkSetup): Opened => {
  const before = established(setup);
  const first = rekeyPairwise(before.ap);
  deliver(before, first.packets);
  return { ...before, ap: first.ap };
};

const storm = (opening: Opened): Opened => {
  for (let number = 0; number < 20; number++) {
    const message1 = withFields({ nonce: drawn('forger', number, 32), replayCounter: BigInt(1000 + number) });
    deliver(opening, start({ ...opening.ap, options: { ...opening.ap.options, modify: { message1 } } }).packets);
  }
  return opening;
};

const ways: Readonly<Record<string, (setup: NetworkSetup) => Opened>> = {
  'before 802.1X, or message 1': (setup) => opened(setup),
  'with message 2 out': (setup) => proving(setup),
  'after many messages 1': (setup) => storm(proving(setup)),
  'when it is up': (setup) => established(setup),
  'in the middle of a rekey': rekeying,
  'in the middle of a rekey, after many messages 1': (setup) => storm(rekeying(setup)),
  'after rekeys': (setup) => {
    const up = established(setup);
    const second = up.bench.hear(rekeyGroup(up.bench.hear(rekeyPairwise(up.ap)).ap));
    return { ...up, ap: second.ap };
  },
  'with keys that wait for message 4': (setup) => {
    const waiting = proving(setup, { bench: { holdsSends: true } });
    const first = retransmit(waiting.ap);
    waiting.bench.hear(first);
    return waiting;
  },
  'after a rekey that came to nothing': (setup) => {
    const up = rekeying(setup);
    up.bench.expire('finish');
    return up;
  },
  'after no message 3 came': (setup) => {
    const silent = proving(setup);
    silent.bench.expire('finish');
    return silent;
  },
};

/** Faults in a message 3 that is proven: each ends the handshake. */
const faults: Readonly<Record<string, Modifier>> = {
  'no Secure bit': withoutSecure,
  'another key length': withFields({ keyLength: 5 }),
  'no RSNE': withoutItems('element'),
  'no group key': withoutItems('gtk'),
  'a group key of the wrong length': withItems((item) =>
    item.kind === 'gtk' ? { ...item, key: new Uint8Array(32).fill(1) } : item,
  ),
  'a group key of zeros': withItems((item) => (item.kind === 'gtk' ? { ...item, key: new Uint8Array(16) } : item)),
  'a second group key at a wrong index': withMore({ kind: 'gtk', keyId: 0, transmit: false, key: new Uint8Array(16).fill(3) }),
  'no IGTK': withoutItems('igtk'),
  'an IGTK at a wrong index': withItems((item) => (item.kind === 'igtk' ? { ...item, keyId: 9 } : item)),
  'key data that does not unwrap': withFields({ wrapped: new Uint8Array(48).fill(0x5a) }),
  'key data that is no key data': withFields({ plain: new Uint8Array(16).fill(0x30) }),
};

describe('secrets', () => {
  for (const [name, way] of Object.entries(ways)) {
    it(`R192: a port that ends ${name} leaves none`, () => {
      for (const setup of Object.values(setups)) expectNothingLeft(way(setup));
    });
  }

  for (const [name, fault] of Object.entries(faults)) {
    it(`R11: a message 3 with ${name} ends it, and leaves none at once`, () => {
      for (const isOther of [false, true]) {
        const before = proving(setups.protectedPsk, { ap: { modify: { message3: fault } } });
        const third = receive(before.ap, deliver(before, retransmit(before.ap).packets));
        const reply =
          third.packets.length > 0 ? third : receive(retransmit(before.ap).ap, deliver(before, retransmit(before.ap).packets));
        // The keys of a nonce that is not the latest are derived for one look.
        if (isOther) storm(before);
        deliver(before, reply.packets);
        expect(before.bench.completions).to.have.length(1);
        expect(before.bench.state.phase).to.equal('over');
        expect(left(before.bench.spied())).to.equal(0);
      }
    });

    it('R11: and at a rekey, but for what the hardware has', () => {
      const before = rekeying(setups.protectedPsk);
      const ap: Ap = { ...before.ap, options: { ...before.ap.options, modify: { message3: fault } } };
      const again = retransmit(ap);
      deliver(before, receive(again.ap, deliver(before, again.packets)).packets);
      expect(before.bench.state.phase).to.equal('over');
      const installed = secretsIn(before.bench.port.downloads);
      const others = [...before.bench.spied()].filter((secret) => !installed.has(secret));
      expect(left(others)).to.equal(0);
      expectNothingLeft(before);
    });
  }

  it('R11: a group message 1 that is proven but wrong leaves none but what the hardware has', () => {
    for (const fault of [withoutSecure, withoutItems('gtk'), withFields({ wrapped: new Uint8Array(24) })]) {
      const up = established(setups.protectedPsk);
      deliver(up, rekeyGroup({ ...up.ap, options: { ...up.ap.options, modify: { group1: fault } } }).packets);
      expect(up.bench.state.phase).to.equal('over');
      expectNothingLeft(up);
    }
  });

  it('R11: frames that are dropped leave none', () => {
    const up = established(setups.protectedPsk);
    const before = up.bench.spied().size;
    const modify = {
      group1: withBadMic,
      message3: withBadMic,
      message1: all(withBadMic, withFields({ nonce: new Uint8Array(32) })),
    };
    const ap: Ap = { ...up.ap, options: { ...up.ap.options, modify } };
    deliver(up, [...rekeyGroup(ap).packets, ...start(ap).packets]);
    expect(up.bench.spied().size).to.equal(before);
    expectNothingLeft(up);
  });

  it('R11: a message 3 under an earlier nonce with a wrong MIC leaves none', () => {
    const before = proving(setups.psk);
    const [second = new Uint8Array(0)] = [deliver(before, retransmit(before.ap).packets)];
    const { ap } = retransmit(before.ap);
    storm(before);
    deliver(before, receive({ ...ap, options: { ...ap.options, modify: { message3: withBadMic } } }, second).packets);
    expect(before.bench.state.phase).to.equal('proving');
    expectNothingLeft(before);
  });

  it('R11: what 802.1X makes when the port is lost already is destroyed', () => {
    const policy = { countermeasures: 'fail' } as const;
    const up = established({ ...setups.oneX, group: cipher('TKIP') }, { bench: { policy } });
    up.bench.packet(Uint8Array.of(2, 0, 0, 5, 1, 1, 0, 5, 1));
    expect(up.bench.log.at(-1)).to.equal('startOneX');
    const failure = { kind: 'tkipMicFailure', adapter: ADAPTER, peer: up.network.peer, defaultKey: true, keyIndex: 1 } as const;
    up.bench.indicate(failure);
    up.bench.indicate(failure);
    expect(up.bench.state.phase).to.equal('over');
    up.bench.oneX(drawn('master', 1, 64));
    expectNothingLeft(up);
  });

  it('R11: a message 3 that lacks the keys of one link leaves none of the others', () => {
    for (const kind of ['mloGtk', 'mloIgtk'] as const) {
      const message3 = withItems((item) => (item.kind === kind && item.linkId === 1 ? undefined : item));
      const lacking = opened({ ...setups.sae, linkIds: [0, 1, 2] }, { ap: { modify: { message3 } } });
      lacking.bench.hear(start(lacking.ap));
      expect(lacking.bench.state.phase).to.equal('over');
      expectNothingLeft(lacking);
    }
  });

  it('R11: those that come when nobody wants them any more are destroyed', () => {
    const up = established(setups.oneX);
    const [late, other] = [Secret.of(drawn('late', 0, 32)), Secret.of(drawn('late', 1, 32))];
    up.bench.input({ kind: 'supplied', tag: 'nonce', secret: late });
    up.bench.input({ kind: 'supplied', tag: 'pmk', secret: other });
    expect(left([late, other])).to.equal(0);
    const waiting = opened(setups.psk);
    const third = Secret.of(drawn('late', 2, 32));
    waiting.bench.input({ kind: 'supplied', tag: 'credential', secret: third });
    expect(left([third])).to.equal(0);
  });

  it('R11: a key that is indicated is destroyed in every phase', () => {
    const keys: Secret[] = [];
    for (const opening of [opened(setups.oneX), proving(setups.psk), established(setups.psk), rekeying(setups.psk)]) {
      const key = Secret.of(drawn('indicated', keys.length, 16));
      keys.push(key);
      opening.bench.indicate({ kind: 'cipherKeyUpdated', adapter: ADAPTER, peer: opening.network.peer, keyIndex: 1, key });
      expectNothingLeft(opening);
    }
    expect(left(keys)).to.equal(0);
  });

  it('R11: no more than the current ones are kept while it is up', () => {
    const up = established(setups.protectedPsk);
    let { ap } = up;
    for (let time = 0; time < 5; time++) ap = up.bench.hear(rekeyPairwise(ap)).ap;
    const held = [...secretsIn(up.bench.state)].filter((secret) => !isZeroed(secret));
    // The PMK, the KCK and KEK in force, and the history of what was installed: seven keys, and a group key of each kind.
    expect(held.length).to.equal(3 + 6 + 2);
  });

  it('R11: the bytes that cryptography gives are wiped once they are read: of key data, of passphrases, of derivations', () => {
    for (const setup of Object.values(setups)) {
      const given: Uint8Array[] = [];
      const noted = <A extends Uint8Array | undefined>(bytes: A): A => {
        if (bytes !== undefined) given.push(bytes);
        return bytes;
      };
      const crypto: Crypto = {
        ...nodeCrypto,
        aesUnwrap: (kek, wrapped) => noted(nodeCrypto.aesUnwrap(kek, wrapped)),
        rc4: (key, skip, data) => noted(nodeCrypto.rc4(key, skip, data)),
        hmacs: (hash, key, messages) => noted(nodeCrypto.hmacs(hash, key, messages)),
        pbkdf2: (hash, password, salt, iterations, octets) => noted(nodeCrypto.pbkdf2(hash, password, salt, iterations, octets)),
      };
      const answer = (request: SecretRequest): Secret | undefined => {
        if (request.want === 'credential') return Secret.of(new TextEncoder().encode('a passphrase'));
        return request.want === 'entropy' ? Secret.of(drawn('nonce', 0, request.length)) : undefined;
      };
      const up = established(setup, { bench: { crypto } });
      up.bench.hear(rekeyGroup(up.bench.hear(rekeyPairwise(up.ap)).ap));
      if (setup.akm.source === 'psk') opened(setup, { bench: { crypto, answer } });
      expect(given.length).to.be.greaterThan(2);
      expect(given.filter((bytes) => bytes.some((octet) => octet !== 0))).to.deep.equal([]);
    }
  });

  it('no report and no tag shows one', () => {
    const up = storm(rekeying(setups.protectedPsk));
    const text = [...up.bench.reports, ...up.bench.log.filter((line) => !line.includes(': '))].join(' ');
    for (const secret of up.bench.spied()) {
      const shown = [...secret.reveal()].map((octet) => octet.toString(16).padStart(2, '0')).join('');
      if (!isZeroed(secret)) expect(text).to.not.include(shown);
    }
  });
});
