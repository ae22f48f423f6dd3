import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import {
  beginSae,
  releaseSae,
  type SaeInput,
  type SaeOutput,
  type SaeSetup,
  type SaeState,
  stepSae,
} from '../../../../../operators/core/rsn/sae/index.js';
import { integerOf, octetsOf } from '../../../../../operators/core/rsn/sae/octets.js';
import { equalBytes, Secret, toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { curve } from './exchange.js';
import { ascii, hostap, hostapAddresses, titleOf, type Vector } from './vectors.js';

/** The random octets that the machine makes those two numbers of. */
const randomFor = ({ group, rand, mask }: Vector): Uint8Array => {
  const wide = curve(group).length + 8;
  const drawn = [rand, mask].map((number) => octetsOf(integerOf(hex(number)) - 2n, wide));
  return Uint8Array.from([...drawn, new Uint8Array(32)].flatMap((octets) => [...octets]));
};

const setupFor = ({ group, method, akm, rejected }: Vector): SaeSetup => ({
  crypto: nodeCrypto,
  addresses: hostapAddresses,
  credential: { ssid: ascii(hostap.ssid), password: Secret.of(ascii(hostap.password)), identifier: ascii(hostap.identifier) },
  akm,
  methods: [method],
  groups: [...rejected.own, group],
  role: 'station',
});

const sentBy = (outputs: ReadonlyArray<SaeOutput>): ReadonlyArray<string> =>
  outputs.flatMap((output) => (output.do === 'send' ? [toHex(output.body)] : []));

const frame = (text: string): SaeInput => ({ kind: 'frame', body: hex(text) });

describe("hostap's exchanges, played by the station", () => {
  for (const vector of hostap.exchanges) {
    it(titleOf(vector), () => {
      const step = stepSae(setupFor(vector));
      let state: SaeState = beginSae(setupFor(vector)).state;
      const take = (input: SaeInput): ReadonlyArray<SaeOutput> => {
        const next = step(state, input);
        state = next.state;
        return next.effects;
      };
      for (const group of vector.rejected.own) {
        take({ kind: 'random', octets: new Uint8Array(150).fill(9) });
        // Unsupported finite cyclic group.
        take({ kind: 'frame', body: Uint8Array.of(3, 0, 1, 0, 77, 0, group, 0) });
      }
      const success = vector.method === 'hashToElement' ? '030001007e00' : '030001000000';
      expect(sentBy(take({ kind: 'random', octets: randomFor(vector) }))).to.deep.equal([`${success}${vector.commit}`]);
      expect(sentBy(take(frame(`${success}${vector.peerCommit}`)))).to.deep.equal([`030002000000${vector.confirm}`]);
      const [cleared, accepted] = take(frame(`030002000000${vector.peerConfirm}`));
      expect(cleared).to.deep.equal({ do: 'clearTimer', name: 'saeRetransmission' });
      if (accepted?.do !== 'accepted') throw new Error('not accepted');
      expect(toHex(accepted.pmk.reveal())).to.equal(vector.pmk);
      expect(toHex(accepted.pmkid)).to.equal(vector.pmkid);
      if (state.phase !== 'accepted') throw new Error(`not accepted: ${state.phase}`);
      expect(toHex(state.kck.reveal())).to.equal(vector.kck);
      releaseSae(state);
      expect(equalBytes(state.kck.reveal(), new Uint8Array(state.kck.length))).to.equal(true);
    });
  }
});
