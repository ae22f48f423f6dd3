import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { MethodInput } from '../../../../../operators/core/index.js';
import { type RsnState, rsnMachine } from '../../../../../operators/core/rsn/index.js';
import { admit } from '../../../../../operators/core/rsn/installed.js';
import { Cipher, EtherType, Secret } from '../../../../../streams/events/index.js';
import { readKeyInformation, writeEapolKey } from '../../../../../streams/frames/index.js';
import { cipher, networkFor, suite } from '../../../../support/associationFor.js';
import { authenticator, retransmit, start } from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { ADAPTER, AP } from '../../../../support/fixtures.js';
import { portBench } from '../../../../support/portBench.js';
import { established, isZeroed, setups } from '../../../../support/stages.js';

const NAME = new Uint8Array(16).fill(0x77);
const CACHED = drawn('an earlier one', 0, 32);

/** Each of these is what a fuzzer's input came down to (docs/fuzzing.md). */
describe('what fuzzing found', () => {
  it('R11: a remembered PMK that turns out wrong takes the keys of its handshake along', () => {
    const network = networkFor({ ...setups.oneX, pmkids: [NAME] });
    const remembered = { '77777777777777777777777777777777': CACHED };
    const bench = portBench({ network, secret: drawn('master', 0, 64), remembered });
    let turn = start(authenticator({ network, secret: drawn('another', 0, 32) }));
    for (let time = 0; time < 4; time++) {
      for (const packet of turn.packets) bench.packet(packet);
      turn = retransmit(turn.ap);
    }
    expect(bench.state.phase).to.equal('proving');
    bench.expire('suspicion');
    expect(bench.state.phase).to.equal('authenticating');
    const readable = [...bench.spied()].filter((secret) => !isZeroed(secret));
    expect(readable.map(({ length }) => length)).to.deep.equal([32]); // the SNonce of the next handshake
    bench.end();
    expect([...bench.spied()].every(isZeroed)).to.equal(true);
  });

  it('a frame of a suite without a MIC is believed only when its key data opens', () => {
    const network = networkFor({ akm: suite('FILS_SHA256'), pairwise: cipher('CCMP'), group: cipher('CCMP') });
    const { begin, step } = rsnMachine({ crypto: nodeCrypto });
    let state: RsnState = begin(network.context).state;
    const feed = (input: MethodInput): ReadonlyArray<string> => {
      const next = step(state, input);
      state = next.state;
      return next.effects.map((command) => command.do);
    };
    const frame = (information: number, replayCounter: bigint): MethodInput => ({
      kind: 'packet',
      etherType: EtherType.codes.EAPOL,
      payload: writeEapolKey({
        ...{ version: 2, descriptor: 2, information: readKeyInformation(information), keyLength: 16, replayCounter },
        ...{ nonce: new Uint8Array(32).fill(7), iv: new Uint8Array(16), receiveCounter: new Uint8Array(8) },
        ...{ reserved: new Uint8Array(8), mic: new Uint8Array(0), keyData: new Uint8Array(information & 0x1000 ? 48 : 0) },
      }),
    });
    feed({ kind: 'supplied', tag: 'pmk', secret: Secret.of(drawn('pmk', 0, 32)) });
    feed({ kind: 'supplied', tag: 'nonce', secret: Secret.of(drawn('nonce', 0, 32)) });
    expect(feed(frame(0x0088, 1n))).to.include('send');
    for (const forged of [0x12c8, 0x1288, 0x16c8]) {
      expect(feed(frame(forged, 2n)), forged.toString(16)).to.deep.equal(['report']);
      expect(state.phase).to.equal('proving');
      expect(state.evidence.wasAccepted).to.equal(false);
    }
  });

  it('R115: a result of 802.1X says nothing to a network without it, and is destroyed', () => {
    for (const setup of [setups.psk, setups.sae]) {
      const { bench } = established(setup);
      const { step } = rsnMachine({ crypto: nodeCrypto });
      const [sendKey, receiveKey] = [Secret.of(drawn('send', 0, 32)), Secret.of(drawn('receive', 0, 32))];
      const { state, effects } = step(bench.state, { kind: 'oneXSucceeded', sendKey, receiveKey });
      expect(state).to.equal(bench.state);
      expect(effects).to.deep.equal([]);
      expect([sendKey, receiveKey].every(isZeroed)).to.equal(true);
    }
  });

  it('R135: a key of zeros that the firmware indicates is none, and is not adopted', () => {
    const { bench } = established(setups.psk);
    const { step } = rsnMachine({ crypto: nodeCrypto });
    const indicated = (octet: number) =>
      step(bench.state, {
        kind: 'indicated',
        indication: {
          ...{ kind: 'cipherKeyUpdated', adapter: ADAPTER, peer: AP, keyIndex: 2 },
          key: Secret.of(new Uint8Array(16).fill(octet)),
        },
      }).effects.map((command) => command.do);
    expect(indicated(0)).to.deep.equal([]);
    expect(indicated(9)).to.deep.equal(['adopt']);
  });

  it('R135: a key that stands in one message twice is handed over once', () => {
    const key = () => ({ form: 'ccmp' as const, counter: new Uint8Array(6), key: Secret.of(new Uint8Array(16).fill(5)) });
    const group = (keyIndex: number) => ({ slot: 'group' as const, keyIndex, algorithm: Cipher.codes.CCMP, material: key() });
    const [first, second] = [group(1), group(2)];
    const { installed, fresh } = admit([], [first, second]);
    expect(fresh).to.deep.equal([first]);
    expect(installed).to.have.length(1);
    expect(isZeroed(second.material.key)).to.equal(true);
  });
});
