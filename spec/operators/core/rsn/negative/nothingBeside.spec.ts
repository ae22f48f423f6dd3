import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { MethodInput } from '../../../../../operators/core/index.js';
import { rsnMachine, verdictOf } from '../../../../../operators/core/rsn/index.js';
import { Direction, EtherType, isZero, Secret, toHex } from '../../../../../streams/events/index.js';
import type { NetworkSetup } from '../../../../support/associationFor.js';
import {
  type Ap,
  type Modifier,
  receive,
  rekeyGroup,
  rekeyPairwise,
  retransmit,
  shownKeys,
  start,
  type Turn,
} from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { withFields } from '../../../../support/authenticator/modifiers.js';
import { secretsIn } from '../../../../support/portBench.js';
import { established, happened, isZeroed, type Opened, opened, setups, since } from '../../../../support/stages.js';
import { only, shownReason } from './badFrame.js';
import { item, nonce, replayCounter } from './changes.js';
import { madeOf } from './madeOf.js';
import { announcing, networks } from './setups.js';

const SUCCESS = '0/0';
const EXCLUDE = 'exclude unencrypted true';

/** A line of the log without its key. */
const named = (line: string): string => line.split(':')[0] ?? '';

describe('what a handshake does, and nothing beside it', () => {
  it('R133, R134: two messages, two keys, and the verdict', () => {
    const { bench } = established(setups.psk);
    expect(bench.log.map(named)).to.deep.equal([
      ...['send message 2 of 1', 'sent message 2 of 1', 'send message 4 of 2', 'sent message 4 of 2'],
      ...['pairwise', 'group 1', EXCLUDE, 'completion 0/0'],
    ]);
    expect([...bench.timers.keys()]).to.deep.equal([]);
  });

  it('R176: a group handshake afterwards brings its key alone', () => {
    for (const setup of [setups.psk, setups.wpa]) {
      const { bench, ap } = established(setup);
      const before = bench.log.length;
      const { ap: after } = bench.hear(rekeyGroup(ap));
      const counter = after.counter - 1n;
      expect(since(bench, before).map(named)).to.deep.equal([
        ...[`send group message 2 of ${counter}`, `sent group message 2 of ${counter}`, 'group 2'],
      ]);
    }
  });

  it('R145: others are shut out where that is the policy, and not elsewhere', () => {
    for (const setup of [setups.psk, setups.wpa]) {
      const setupOf = (excludeUnencrypted: boolean) => {
        const { network, secret } = opened(setup);
        return opened(setup, { bench: { network: { ...network, policy: { ...network.policy, excludeUnencrypted } }, secret } });
      };
      for (const excludes of [true, false]) {
        const { bench, ap } = setupOf(excludes);
        bench.hear(start(ap));
        expect(bench.log.filter((line) => line === EXCLUDE)).to.have.length(excludes ? 1 : 0);
        expect(bench.completions).to.deep.equal([SUCCESS]);
      }
    }
  });

  it('R120: a pairwise key is for both directions, and with Extended Key ID at first for receiving', () => {
    const directionOf = (setup: NetworkSetup) => {
      const call = established(setup).bench.calls.find(({ kind }) => kind === 'setKeyMappingKey');
      return call?.kind === 'setKeyMappingKey' ? call.direction : undefined;
    };
    expect(directionOf(setups.psk)).to.equal(Direction.codes.BOTH);
    expect(directionOf(networks.extendedKeyId)).to.equal(Direction.codes.INBOUND);
  });

  it('a PMK is remembered where 802.1X made it, or a mobility domain wants it again, and nowhere else', () => {
    const rememberedOf = (setup: NetworkSetup): number => established(setup).bench.remembered.length;
    expect([setups.psk, setups.wpa, setups.sae].map(rememberedOf)).to.deep.equal([0, 0, 0]);
    expect([setups.oneX, networks.mobile].map(rememberedOf)).to.deep.equal([1, 1]);
  });

  it('keys of long ago are forgotten, and destroyed', () => {
    const { bench, ap } = established(setups.psk);
    let turn: Turn = { ap, packets: [], events: [] };
    for (let time = 0; time < 80; time++) turn = bench.hear(rekeyGroup(turn.ap));
    const held = secretsIn(bench.state);
    expect(held.size).to.be.lessThan(80);
    const engines = secretsIn([bench.port.downloads, bench.calls]);
    const others = [...bench.spied()].filter((secret) => !held.has(secret) && !engines.has(secret));
    expect(others.filter((secret) => !isZeroed(secret))).to.deep.equal([]);
    expect(bench.keys).to.include.members([...shownKeys(turn.ap)].slice(1));
  });

  it('of several remembered PMKs one is used, and the others are destroyed', () => {
    const pmkids = [drawn('pmkid', 0, 16), drawn('pmkid', 1, 16)];
    const setup = { ...setups.sae, pmkids };
    const { secret } = opened(setup);
    const remembered = Object.fromEntries(pmkids.map((pmkid) => [toHex(pmkid), secret]));
    const { bench } = established(setup, { bench: { remembered } });
    const [held, engines] = [secretsIn(bench.state), secretsIn([bench.port.downloads, bench.calls])];
    const others = [...bench.spied()].filter((secret) => !held.has(secret) && !engines.has(secret));
    expect(others.filter((secret) => !isZeroed(secret))).to.deep.equal([]);
  });

  it('R112: what the master key of 802.1X is put together in is wiped', () => {
    const { bench, secret } = opened(setups.oneX);
    const buffers = madeOf(() => bench.oneX(secret)).filter(({ buffer }) => buffer !== secret.buffer);
    expect(buffers.length).to.be.greaterThan(0);
    expect(buffers.filter((octets) => !isZero(octets))).to.deep.equal([]);
    expect(bench.state.phase).to.equal('waiting');
  });

  it('R112: 802.1X without keys, or with too short ones, ends it', () => {
    for (const octets of [0, 31]) {
      const { bench } = opened(setups.oneX);
      bench.oneX(drawn('msk', 0, octets));
      expect(bench.state.evidence.faults.map(({ code }) => code)).to.deep.equal(['NO_SECRET']);
      expect(bench.completions.map(shownReason)).to.deep.equal(['MSMSEC_SEC_IE_MATCHING/13']);
      expect([...secretsIn(bench.state)]).to.deep.equal([]);
    }
  });

  it('R135: message 3 again with another group key brings that in, and nothing else', () => {
    const { bench, ap } = opened(setups.psk);
    bench.packet(only(start(ap).packets));
    const third = receive(start(ap).ap, only(bench.takeSent()));
    bench.packet(only(third.packets));
    const before = bench.keys.length;
    const renewed = item('gtk', { keyId: 2, key: new Uint8Array(16).fill(9) });
    const again = retransmit({ ...third.ap, options: { ...third.ap.options, modify: { message3: renewed } } });
    bench.packet(only(again.packets));
    expect(bench.keys.slice(before).map(named)).to.deep.equal(['group 2']);
  });

  it('message 3 that is not as announced is reported with both elements', () => {
    const { network, secret } = opened(setups.psk);
    const other = network.apElement.with(-1, 0x40);
    const { bench, ap } = opened(setups.psk, { bench: { network: announcing(other)(network), secret } });
    bench.hear(start(ap));
    const text = bench.reports.join('\n');
    expect(text).to.include(toHex(network.apElement)).and.to.include(toHex(other));
  });
});

describe('frames that come at another time', () => {
  it('before there is a master key: dropped', () => {
    const frame: MethodInput = {
      ...{ kind: 'packet', etherType: EtherType.codes.EAPOL },
      payload: only(start(opened(setups.psk).ap).packets),
    };
    const nonce: MethodInput = { kind: 'supplied', tag: 'nonce', secret: Secret.of(drawn('nonce', 0, 32)) };
    const { begin, step } = rsnMachine({ crypto: nodeCrypto });
    const arming = begin(opened(setups.psk).network.context).state;
    const credential: MethodInput = { kind: 'supplied', tag: 'credential', secret: Secret.of(new Uint8Array(8).fill(0x61)) };
    const keyed = step(begin(opened(setups.psk).network.context).state, credential).state;
    const authenticating = step(begin(opened(setups.oneX).network.context).state, nonce).state;
    for (const state of [arming, keyed, authenticating]) {
      const { state: next, effects } = step(state, frame);
      expect(next.phase).to.equal(state.phase);
      expect(effects.map((command) => command.do)).to.deep.equal(['report']);
      expect(next.evidence.faults.map(({ code }) => code)).to.deep.equal(['OUT_OF_PLACE']);
    }
    expect([arming.phase, keyed.phase, authenticating.phase]).to.deep.equal(['arming', 'arming', 'authenticating']);
  });

  it('in the clear, before the keys are in: taken, because the access point may not have its own in yet', () => {
    const { bench, ap } = opened(setups.psk, { bench: { holdsSends: true } });
    bench.packet(only(start(ap).packets), false);
    bench.release();
    const third = receive(start(ap).ap, only(bench.takeSent()));
    bench.packet(only(third.packets), false);
    const fourth = receive(third.ap, only(bench.takeSent()));
    bench.packet(only(rekeyGroup(fourth.ap).packets), false);
    expect(happened(receive(rekeyGroup(fourth.ap).ap, only(bench.takeSent())).events)).to.deep.equal(['group message 2', 'up']);
  });

  it('R134: message 1 of somebody else in the clear, while message 4 is on its way: dropped, so that nothing goes between it and the keys', () => {
    const { bench, ap } = opened(setups.psk, { bench: { holdsSends: true } });
    const first = start(ap);
    const forged = Uint8Array.from(only(first.packets));
    forged[16] = 0x40;
    forged.fill(9, 17, 49);
    bench.packet(only(first.packets), false);
    bench.release();
    const third = receive(first.ap, only(bench.takeSent()));
    bench.packet(only(third.packets), false);
    bench.packet(forged, false);
    expect(bench.takeSent()).to.have.length(1);
    expect(bench.state.evidence.faults.map(({ code }) => code)).to.deep.equal(['IN_THE_CLEAR']);
    bench.release();
    expect(bench.keys).to.have.length(2);
  });

  it('in the clear, before the keys of a rekey are in: taken for the same reason, and dropped once they are', () => {
    const { bench, ap } = opened(setups.psk, { bench: { holdsSends: true } });
    const answerTo = (turn: Turn): Turn => {
      bench.packet(only(turn.packets), true);
      return receive(turn.ap, only(bench.takeSent()));
    };
    const through = (turn: Turn): Turn => {
      const third = answerTo(turn);
      bench.release();
      return answerTo(third);
    };
    const first = through(start(ap));
    bench.release();
    const renewed = through(rekeyPairwise(first.ap));
    const group = rekeyGroup(renewed.ap);
    bench.packet(only(group.packets), false);
    expect(bench.state.evidence.faults).to.deep.equal([]);
    const after = receive(group.ap, only(bench.takeSent()));
    expect(happened(after.events)).to.deep.equal(['group message 2', 'up']);
    bench.release();
    bench.packet(only(rekeyGroup(after.ap).packets), false);
    expect(bench.state.evidence.faults.map(({ code }) => code)).to.deep.equal(['IN_THE_CLEAR']);
  });

  it('message 1 with a higher replay counter first, the genuine one behind it: the lower counts', () => {
    const { bench, ap } = opened(setups.psk);
    const turn = start(ap);
    const raised = start({ ...ap, options: { ...ap.options, modify: { message1: withFields({ replayCounter: 90n }) } } });
    bench.packet(only(raised.packets));
    bench.takeSent();
    const { ap: after } = bench.hear(turn);
    expect(bench.keys).to.deep.equal(shownKeys(after));
  });

  describe('after other messages 1', () => {
    const forged = ({ ap }: Opened, draws: number) => only(start({ ...ap, draws }).packets);
    const tell = ({ bench }: Opened, packet: Uint8Array): Uint8Array => {
      bench.packet(packet);
      return only(bench.takeSent());
    };
    const faults = ({ bench }: Opened) => bench.state.evidence.faults.map(({ code }) => code);
    const withModifier = (ap: Ap, message3: Modifier): Ap => ({ ...ap, options: { ...ap.options, modify: { message3 } } });

    it('replay_counter_not_increasing: message 3 is dropped', () => {
      const both = opened(setups.psk, { ap: { firstCounter: 5n } });
      tell(both, only(start({ ...both.ap, draws: 1000, counter: 1n }).packets));
      const turn = start(both.ap);
      const message2 = tell(both, only(turn.packets));
      const stuck = replayCounter(() => 5n);
      tell(both, only(receive(withModifier(turn.ap, stuck), message2).packets));
      expect(faults(both)).to.deep.equal(['REPLAYED']);
      const { ap: after } = both.bench.hear(receive(turn.ap, message2));
      expect(both.bench.keys).to.deep.equal(shownKeys(after));
    });

    it('anonce_change: message 3 is dropped', () => {
      const both = opened(setups.psk);
      tell(both, forged(both, 1000));
      const turn = start(both.ap);
      const message2 = tell(both, only(turn.packets));
      tell(both, only(receive(withModifier(turn.ap, nonce(0x33)), message2).packets));
      expect(faults(both)).to.deep.equal(['ANONCE']);
    });

    it('a storm, and the genuine nonce repeated with a higher counter: message 3 is taken', () => {
      const both = opened(setups.psk);
      tell(both, forged(both, 1000));
      const turn = start(both.ap);
      const message2 = tell(both, only(turn.packets));
      for (let draws = 2000; draws < 2200; draws += 10) tell(both, forged(both, draws));
      tell(both, only(start({ ...both.ap, counter: 500n }).packets));
      const { ap: after } = both.bench.hear(receive(turn.ap, message2));
      expect(both.bench.keys).to.deep.equal(shownKeys(after));
    });

    it('that name a PMK, where that name is not of the PMK: nothing is proven by it', () => {
      for (const setup of [networks.mobile, setups.oneX]) {
        const both = opened(setup, { ap: { secret: drawn('another', 0, 32), namesPmk: drawn('pmkid', 0, 16) } });
        if (setup === setups.oneX) both.bench.oneX(both.secret);
        let turn = start(both.ap);
        for (let time = 0; time < 4; time++) {
          tell(both, only(turn.packets));
          turn = retransmit(turn.ap);
        }
        expect(verdictOf(both.bench.state, 3).wrongSecret).to.equal('likely');
      }
    });
  });

  it('message 3 of a nonce that a storm has driven out, the first of the storm being repeated', () => {
    const { bench, ap } = opened(setups.psk);
    const forged = (draws: number) => only(start({ ...ap, draws }).packets);
    const tell = (packet: Uint8Array): Uint8Array => {
      bench.packet(packet);
      return only(bench.takeSent());
    };
    for (const draws of [1000, 1010]) tell(forged(draws));
    const turn = start(ap);
    const message2 = tell(only(turn.packets));
    for (let draws = 2000; draws < 2200; draws += 10) tell(forged(draws));
    tell(forged(1000));
    const { ap: after } = bench.hear(receive(turn.ap, message2));
    expect(bench.keys).to.deep.equal(shownKeys(after));
  });

  it('message 1 that names another PMK than the remembered one of SAE: no 802.1X for it', () => {
    const pmkid = drawn('pmkid', 0, 16);
    const setup = { ...setups.sae, pmkids: [pmkid] };
    const { secret } = opened(setup);
    const changes = { bench: { remembered: { [toHex(pmkid)]: secret } }, ap: { namesPmk: drawn('pmkid', 1, 16) } };
    const { bench, ap } = established(setup, changes);
    expect(bench.log).to.not.include('startOneX');
    expect(bench.keys).to.deep.equal(shownKeys(ap));
  });
});
