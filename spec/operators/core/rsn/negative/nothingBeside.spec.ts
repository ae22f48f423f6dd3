import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { MethodInput } from '../../../../../operators/core/index.js';
import { rsnMachine } from '../../../../../operators/core/rsn/index.js';
import { Direction, EtherType, Secret, toHex } from '../../../../../streams/events/index.js';
import type { NetworkSetup } from '../../../../support/associationFor.js';
import { receive, rekeyGroup, shownKeys, start, type Turn } from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { withFields } from '../../../../support/authenticator/modifiers.js';
import { secretsIn } from '../../../../support/portBench.js';
import { established, happened, isZeroed, opened, setups, since } from '../../../../support/stages.js';
import { only } from './badFrame.js';
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
    const authenticating = step(begin(opened(setups.oneX).network.context).state, nonce).state;
    for (const state of [arming, authenticating]) {
      const { state: next, effects } = step(state, frame);
      expect(next.phase).to.equal(state.phase);
      expect(effects.map((command) => command.do)).to.deep.equal(['report']);
      expect(next.evidence.faults.map(({ code }) => code)).to.deep.equal(['OUT_OF_PLACE']);
    }
    expect([arming.phase, authenticating.phase]).to.deep.equal(['arming', 'authenticating']);
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

  it('message 1 with a higher replay counter first, the genuine one behind it: the lower counts', () => {
    const { bench, ap } = opened(setups.psk);
    const turn = start(ap);
    const raised = start({ ...ap, options: { ...ap.options, modify: { message1: withFields({ replayCounter: 90n }) } } });
    bench.packet(only(raised.packets));
    bench.takeSent();
    const { ap: after } = bench.hear(turn);
    expect(bench.keys).to.deep.equal(shownKeys(after));
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
