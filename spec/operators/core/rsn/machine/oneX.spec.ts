import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { pmkid } from '../../../../../operators/core/rsn/keys/pmkid.js';
import { macToBytes, toHex } from '../../../../../streams/events/index.js';
import { type KeyDataItem, TIMEOUT_INTERVAL, writeTimeoutInterval } from '../../../../../streams/frames/index.js';
import { made, type NetworkSetup, networkFor, suite } from '../../../../support/associationFor.js';
import { authenticator, rekeyPairwise, retransmit, shownKeys, start } from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { withMore } from '../../../../support/authenticator/modifiers.js';
import { portBench } from '../../../../support/portBench.js';
import { established, happened, opened, pmkOf, setups, since } from '../../../../support/stages.js';

const SUCCESS = '0/0';
const MSK = drawn('master', 0, 64);
const OLD_PMK = drawn('an earlier one', 0, 32);

/** EAP-Request/Identity in an EAPOL packet. */
const EAP_REQUEST = Uint8Array.of(2, 0, 0, 5, 1, 1, 0, 5, 1);

const nameOf = (setup: NetworkSetup, pmk: Uint8Array): Uint8Array => {
  const { authenticator: ap, supplicant } = networkFor(setup);
  const addresses = { authenticator: macToBytes(ap), supplicant: macToBytes(supplicant) };
  return pmkid(nodeCrypto, setup.akm, { pmk, addresses, kck: pmk }) ?? new Uint8Array(16);
};

/** An association that offers the PMK of an earlier one. */
const withCached = (pmk = OLD_PMK) => {
  const name = nameOf(setups.oneX, pmk);
  const setup: NetworkSetup = { ...setups.oneX, pmkids: [name] };
  const bench = portBench({ network: networkFor(setup), secret: MSK, remembered: { [toHex(name)]: pmk } });
  return { setup, name, bench };
};

const starts = (log: ReadonlyArray<string>): number => log.filter((line) => line === 'startOneX').length;

describe('802.1X before the handshake', () => {
  it('R113: the PMK is the first half of what the module hands over, whichever half that is', () => {
    for (const pmkFrom of ['sendKey', 'receiveKey'] as const) {
      const network = networkFor(setups.oneX);
      const bench = portBench({ network, secret: MSK, policy: { pmkFrom } });
      bench.oneX(MSK);
      const secret = pmkFrom === 'sendKey' ? MSK.subarray(0, 32) : MSK.subarray(32);
      const { ap } = bench.hear(start(authenticator({ network, secret })));
      expect(bench.keys).to.deep.equal(shownKeys(ap));
      expect(bench.completions).to.deep.equal([SUCCESS]);
    }
  });

  it('R113: Suite B with 192 bits takes 48 octets of both halves', () => {
    const { bench, ap } = established(setups.suiteB192);
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(ap.master.pmk).to.have.length(48);
  });

  it('of a mobility domain: the second half is the XXKey, or with SHA-384 the first 48 octets', () => {
    for (const name of ['FT_802_1X', 'FT_802_1X_SHA384_UNRESTRICTED'] as const) {
      const { bench, ap } = established({ ...setups.oneX, akm: suite(name) });
      expect(bench.keys).to.deep.equal(shownKeys(ap));
    }
  });

  it('R114: that fails: the host has its reason, and nothing follows', () => {
    const { bench } = opened(setups.oneX);
    bench.oneX(undefined);
    expect(bench.completions).to.deep.equal(['50005/1244']);
  });

  it('R106: message 1 that came while it ran is answered after it', () => {
    const { bench, ap, secret } = opened(setups.oneX);
    const first = start(ap);
    for (const packet of first.packets) bench.packet(packet);
    expect(bench.takeSent()).to.deep.equal([]);
    bench.oneX(secret);
    expect(bench.takeSent()).to.have.length(1);
  });

  it('R109: an EAP request after completion starts it again, and the port keeps its state', () => {
    const { bench } = established(setups.oneX);
    const from = bench.log.length;
    bench.packet(EAP_REQUEST);
    expect(since(bench, from)).to.deep.equal(['startOneX']);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('R109: an EAP request in the clear starts nothing once there are keys, for anybody could have sent it', () => {
    const { bench } = established(setups.oneX);
    const started = starts(bench.log);
    bench.packet(EAP_REQUEST, false);
    expect(starts(bench.log)).to.equal(started);
    expect(bench.completions).to.deep.equal([SUCCESS]);
    bench.packet(EAP_REQUEST, true);
    expect(starts(bench.log)).to.equal(started + 1);
  });

  it('R109, R176: reauthentication makes a new master key, the rekey uses it, and the host is told nothing', () => {
    const { bench, ap, network } = established(setups.oneX);
    bench.packet(EAP_REQUEST);
    const other = drawn('master', 1, 64);
    bench.oneX(other);
    const renewed = authenticator({ network, secret: pmkOf(setups.oneX, other), seed: 'renewed', firstCounter: ap.counter });
    const { ap: rekeyed, events } = bench.hear(rekeyPairwise({ ...renewed, ...(ap.ptk && { ptk: ap.ptk }) }));
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(bench.keys).to.include(shownKeys(rekeyed)[0]);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('R109: an EAP request between success and message 1, which anybody can send: the fresh PMK stays', () => {
    const { bench, ap, secret } = opened(setups.oneX);
    bench.oneX(secret);
    const from = bench.log.length;
    for (let time = 0; time < 3; time++) bench.packet(EAP_REQUEST);
    expect(since(bench, from)).to.deep.equal([]);
    const { ap: after } = bench.hear(start(ap));
    expect(bench.keys).to.deep.equal(shownKeys(after));
    expect(starts(bench.log)).to.equal(1);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('R109: the same, and no message 1 comes: 802.1X starts anew instead of failing', () => {
    const { bench, network } = opened(setups.oneX);
    bench.oneX(MSK);
    bench.packet(EAP_REQUEST);
    expect(bench.expire('start')).to.equal(true);
    expect(starts(bench.log)).to.equal(2);
    expect(bench.completions).to.deep.equal([]);
    const other = drawn('master', 1, 64);
    bench.oneX(other);
    const { ap } = bench.hear(start(authenticator({ network, secret: other.subarray(0, 32) })));
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(bench.completions).to.deep.equal([SUCCESS]);
    expect(bench.calls.filter(({ kind }) => kind === 'forgetPmk')).to.deep.equal([]);
  });

  it('R109: anything but an EAP request starts nothing', () => {
    const { bench } = established(setups.oneX);
    const from = bench.log.length;
    for (const code of [2, 3, 4]) bench.packet(EAP_REQUEST.with(4, code));
    bench.packet(Uint8Array.of(2, 1, 0, 0));
    expect(since(bench, from)).to.deep.equal([]);
    const { bench: personal } = established(setups.psk);
    const before = personal.log.length;
    personal.packet(EAP_REQUEST);
    expect(since(personal, before)).to.deep.equal([]);
  });
});

describe('a PMK of an earlier association', () => {
  it('is used without 802.1X, and not remembered once more', () => {
    const { setup, bench } = withCached();
    const { ap, events } = bench.hear(start(authenticator({ network: networkFor(setup), secret: OLD_PMK })));
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(starts(bench.log)).to.equal(0);
    expect(bench.remembered).to.deep.equal([]);
  });

  it('is remembered under its name once message 3 has proven it', () => {
    const { bench, network, secret } = established(setups.oneX);
    const [entry] = bench.remembered;
    expect(bench.remembered).to.have.length(1);
    expect(entry && toHex(entry.pmk.reveal())).to.equal(toHex(secret.subarray(0, 32)));
    expect(entry && toHex(entry.pmkid)).to.equal(toHex(nameOf(setups.oneX, secret.subarray(0, 32))));
    expect(entry?.peer).to.equal(network.peer);
    expect(entry?.lifetime).to.equal(43_200);
    expect(entry?.akm).to.equal(setups.oneX.akm.selector);
  });

  it('of a mobility domain is remembered for no longer than the access point says in message 3', () => {
    const lifetimeWith = (...elements: ReadonlyArray<Uint8Array>): number | undefined => {
      const items = elements.map((bytes): KeyDataItem => ({ kind: 'unknown', bytes }));
      const modify = { message3: withMore(...items) };
      const { bench } = established({ ...setups.oneX, akm: suite('FT_802_1X') }, { ap: { modify } });
      expect(bench.completions).to.deep.equal([SUCCESS]);
      return bench.remembered[0]?.lifetime;
    };
    const interval = (type: number, value: number): Uint8Array => made(writeTimeoutInterval({ type, value }));
    const deadline = interval(TIMEOUT_INTERVAL.REASSOCIATION_DEADLINE, 1000);
    expect(lifetimeWith(deadline)).to.equal(43_200);
    expect(lifetimeWith(deadline, interval(TIMEOUT_INTERVAL.KEY_LIFETIME, 600))).to.equal(600);
    expect(lifetimeWith(interval(TIMEOUT_INTERVAL.KEY_LIFETIME, 1_209_600))).to.equal(43_200);
    expect(lifetimeWith(Uint8Array.of(56, 2, TIMEOUT_INTERVAL.KEY_LIFETIME, 1)), 'one that is cut').to.equal(43_200);
  });

  it('is remembered once: its lifetime does not begin anew with a rekey, but does with another PMK', () => {
    for (const setup of [setups.oneX, setups.suiteB192, { ...setups.oneX, akm: suite('FT_802_1X') }]) {
      const { bench, ap, network } = established(setup);
      const { ap: rekeyed } = bench.hear(rekeyPairwise(bench.hear(rekeyPairwise(ap)).ap));
      expect(bench.remembered).to.have.length(1);
      bench.packet(EAP_REQUEST);
      const other = drawn('master', 1, 64);
      bench.oneX(other);
      const renewed = authenticator({ network, secret: pmkOf(setup, other), seed: 'renewed', firstCounter: rekeyed.counter });
      bench.hear(rekeyPairwise({ ...renewed, ...(rekeyed.ptk && { ptk: rekeyed.ptk }) }));
      expect(bench.remembered).to.have.length(2);
    }
  });

  it('of Suite B is named by the KCK of the handshake', () => {
    const { bench, ap } = established(setups.suiteB192);
    const [entry] = bench.remembered;
    const addresses = { authenticator: macToBytes(ap.network.peer), supplicant: macToBytes(ap.network.supplicant) };
    const name = pmkid(nodeCrypto, ap.network.akm, { pmk: ap.master.pmk, addresses, kck: ap.ptk?.kck ?? new Uint8Array(0) });
    expect(entry && toHex(entry.pmkid)).to.equal(name && toHex(name));
  });

  it('that the access point names otherwise in message 1 is not used, nor forgotten: anybody sends those', () => {
    const { setup, bench } = withCached();
    const network = networkFor(setup);
    const ap = authenticator({ network, secret: MSK.subarray(0, 32), namesPmk: drawn('another name', 0, 16) });
    bench.hear(start(ap));
    expect(starts(bench.log)).to.equal(1);
    expect(bench.calls.filter(({ kind }) => kind === 'forgetPmk')).to.deep.equal([]);
    bench.oneX(MSK);
    const { events } = bench.hear(start(ap));
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(bench.completions).to.deep.equal([SUCCESS]);
    expect(bench.remembered).to.have.length(1);
  });

  it('whose message 2 is not taken, again and again, is forgotten, and 802.1X starts', () => {
    const { setup, bench } = withCached();
    const network = networkFor(setup);
    const ap = authenticator({ network, secret: MSK.subarray(0, 32) });
    let turn = start(ap);
    for (let time = 0; time < 4; time++) {
      bench.hear(turn);
      turn = retransmit(turn.ap);
    }
    expect(bench.expire('suspicion')).to.equal(true);
    expect(starts(bench.log)).to.equal(1);
    expect(bench.completions).to.deep.equal([]);
    bench.oneX(MSK);
    expect(happened(bench.hear(start(ap)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('R104: that the access point does not know, so that it begins with EAP: 802.1X starts at once and gets the request', () => {
    const { setup, bench } = withCached();
    bench.packet(EAP_REQUEST);
    expect(starts(bench.log)).to.equal(1);
    expect(bench.log.filter((line) => line === 'processOneXPacket')).to.have.length(1);
    expect(bench.completions).to.deep.equal([]);
    bench.oneX(MSK);
    const ap = authenticator({ network: networkFor(setup), secret: MSK.subarray(0, 32) });
    expect(happened(bench.hear(start(ap)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  describe('of a mobility domain', () => {
    const mobile: NetworkSetup = { ...setups.oneX, akm: suite('FT_802_1X') };
    const cachedThere = () => {
      const xxKey = drawn('an earlier one', 1, 32);
      const name = nameOf(mobile, xxKey);
      const network = networkFor({ ...mobile, pmkids: [name] });
      return { name, network, bench: portBench({ network, secret: MSK, remembered: { [toHex(name)]: xxKey } }) };
    };
    const forgotten = ({ calls }: ReturnType<typeof portBench>) =>
      calls.flatMap((call) => (call.kind === 'forgetPmk' ? [toHex(call.pmkid)] : []));

    it('that is refused is forgotten as any other, and 802.1X starts', () => {
      for (const timer of ['start', 'suspicion'] as const) {
        const { name, network, bench } = cachedThere();
        const ap = authenticator({ network, secret: MSK });
        let turn = start(ap);
        for (let time = 0; timer === 'suspicion' && time < 4; time++) {
          bench.hear(turn);
          turn = retransmit(turn.ap);
        }
        expect(bench.expire(timer)).to.equal(true);
        expect(starts(bench.log)).to.equal(1);
        expect(forgotten(bench)).to.deep.equal([toHex(name)]);
        expect(bench.completions).to.deep.equal([]);
        bench.oneX(MSK);
        expect(happened(bench.hear(start(ap)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
        expect(bench.completions).to.deep.equal([SUCCESS]);
      }
    });

    it('R104: that the access point does not know: 802.1X starts with its request', () => {
      const { name, bench } = cachedThere();
      bench.packet(EAP_REQUEST);
      expect(starts(bench.log)).to.equal(1);
      expect(forgotten(bench)).to.deep.equal([toHex(name)]);
    });
  });

  it('of SAE that the access point refuses is forgotten, so that the next association does not offer it again', () => {
    const name = drawn('a name', 0, 16);
    const network = networkFor({ ...setups.sae, pmkids: [name] });
    const bench = portBench({ network, secret: OLD_PMK, remembered: { [toHex(name)]: OLD_PMK } });
    let turn = start(authenticator({ network, secret: MSK.subarray(0, 32) }));
    for (let time = 0; time < 4; time++) {
      bench.hear(turn);
      turn = retransmit(turn.ap);
    }
    bench.expire('suspicion');
    expect(bench.log.slice(-2)).to.have.members(['forgetPmk', 'completion 48005/1326']);
  });

  it('that nobody remembers any more does not keep 802.1X from starting', () => {
    const setup: NetworkSetup = { ...setups.oneX, pmkids: [drawn('a name', 0, 16), drawn('a name', 1, 16)] };
    const bench = portBench({ network: networkFor(setup), secret: MSK });
    expect(starts(bench.log)).to.equal(1);
  });

  it('is found under the second of two names', () => {
    const [first, second] = [drawn('a name', 0, 16), nameOf(setups.oneX, OLD_PMK)];
    const network = networkFor({ ...setups.oneX, pmkids: [first, second] });
    const bench = portBench({ network, secret: MSK, remembered: { [toHex(second)]: OLD_PMK } });
    const { events } = bench.hear(start(authenticator({ network, secret: OLD_PMK, namesPmk: second })));
    expect(happened(events)).to.deep.equal(['message 2', 'message 4', 'up']);
  });
});
