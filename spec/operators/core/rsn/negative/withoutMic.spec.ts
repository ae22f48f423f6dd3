import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { MethodCommand, MethodInput } from '../../../../../operators/core/index.js';
import { parametersOf, type RsnState, rsnMachine, unwrapKeyData, wrapKeyData } from '../../../../../operators/core/rsn/index.js';
import { EtherType, Secret } from '../../../../../streams/events/index.js';
import {
  MIC_AT,
  padKeyData,
  readEapolKey,
  readKeyInformation,
  writeEapolKey,
  writeKeyData,
} from '../../../../../streams/frames/index.js';
import { cipher, made, networkFor, suite } from '../../../../support/associationFor.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { whole } from './changes.js';
import { recordingCrypto } from './recordingCrypto.js';

const akm = suite('FILS_SHA256');
const parameters = parametersOf(akm, 32);
const KEY_DATA_AT = MIC_AT + 2;
const ANONCE = new Uint8Array(32).fill(7);

const MESSAGE_1 = 0x0088;
const MESSAGE_3 = 0x12c8;

/** A frame of the access point, its key data sealed together with what is before it. */
const frame = (information: number, replayCounter: bigint, plain?: Uint8Array, kek?: Uint8Array): Uint8Array => {
  const room = new Uint8Array(plain === undefined ? 0 : plain.length + 16);
  const packet = writeEapolKey({
    ...{ version: 2, descriptor: 2, information: readKeyInformation(information), keyLength: 16, replayCounter },
    ...{ nonce: ANONCE, iv: new Uint8Array(16), receiveCounter: new Uint8Array(8) },
    ...{ reserved: new Uint8Array(8), mic: new Uint8Array(0), keyData: room },
  });
  if (plain === undefined || kek === undefined) return packet;
  const associated = packet.subarray(0, KEY_DATA_AT);
  const sealed = wrapKeyData(nodeCrypto, parameters, 0, kek, { iv: new Uint8Array(16), keyData: plain, associated });
  packet.set(sealed ?? room, KEY_DATA_AT);
  return packet;
};

/** A station of FILS that has sent its message 2. */
const station = () => {
  const network = networkFor({ akm, pairwise: cipher('CCMP'), group: cipher('CCMP') });
  const recorded = recordingCrypto();
  const { begin, step } = rsnMachine({ crypto: recorded.crypto });
  let state: RsnState = begin(network.context).state;
  const feed = (input: MethodInput): ReadonlyArray<MethodCommand> => {
    const next = step(state, input);
    state = next.state;
    return next.effects;
  };
  const hear = (payload: Uint8Array) => feed({ kind: 'packet', etherType: EtherType.codes.EAPOL, payload });
  feed({ kind: 'supplied', tag: 'pmk', secret: Secret.of(drawn('pmk', 0, 32)) });
  feed({ kind: 'supplied', tag: 'nonce', secret: Secret.of(drawn('nonce', 0, 32)) });
  const answers = hear(frame(MESSAGE_1, 1n));
  const kek = state.phase === 'proving' ? state.attempt.ptk.kek.reveal().slice() : new Uint8Array(0);
  const key = { kind: 'gtk', keyId: 1, transmit: false, key: new Uint8Array(16).fill(9) } as const;
  const plain = padKeyData(made(writeKeyData([whole(network.apElement), key])));
  return { network, hear, answers, kek, plain, plains: recorded.plains, now: () => state };
};

const done = (commands: ReadonlyArray<MethodCommand>): ReadonlyArray<string> => commands.map((command) => command.do);

/** FILS (IEEE 802.11-2020 12.7.2): AES-SIV over the whole frame takes the place of MIC and key wrap. */
describe('a suite without a MIC', () => {
  it('message 2 is sealed, and its elements with it', () => {
    const { network, answers, kek } = station();
    const sent = answers.find((command) => command.do === 'send');
    const payload = sent?.do === 'send' ? sent.payload : new Uint8Array(0);
    const read = readEapolKey(payload, 0);
    if (read._tag === 'Left') throw new Error(read.left.message);
    const { information, keyData, iv } = read.right;
    expect([information.mic, information.encrypted]).to.deep.equal([false, true]);
    const associated = payload.subarray(0, KEY_DATA_AT);
    expect(unwrapKeyData(nodeCrypto, parameters, 0, kek, { iv, keyData, associated })).to.deep.equal(network.ownElement);
  });

  it('a sealed message 3 is taken, and nothing of it is left in the clear', () => {
    const { hear, kek, plain, plains, now } = station();
    const commands = hear(frame(MESSAGE_3, 2n, plain, kek));
    expect(done(commands)).to.include.members(['send', 'install', 'succeed']);
    expect(now().phase).to.equal('established');
    expect(plains.length).to.be.greaterThan(0);
    expect(plains.filter((octets) => octets.some((octet) => octet !== 0))).to.deep.equal([]);
  });

  const touched: Readonly<Record<string, (packet: Uint8Array) => Uint8Array>> = {
    fils_header_one_bit: (packet) => packet.with(7, (packet[7] ?? 0) ^ 1),
    fils_key_data_one_bit: (packet) => packet.with(-1, (packet.at(-1) ?? 0) ^ 1),
    fils_tag_one_bit: (packet) => packet.with(KEY_DATA_AT, (packet[KEY_DATA_AT] ?? 0) ^ 1),
    fils_encrypted_bit_clear: (packet) => packet.with(5, 0x02),
    fils_no_key_data: () => frame(MESSAGE_3, 2n),
  };
  for (const [name, touch] of Object.entries(touched)) {
    it(`${name}: message 3 is dropped, and the genuine one is taken`, () => {
      const { hear, kek, plain, now } = station();
      const genuine = frame(MESSAGE_3, 2n, plain, kek);
      const commands = hear(touch(genuine));
      expect(
        done(commands).filter((command) => command === 'install' || command === 'succeed' || command === 'fail'),
      ).to.deep.equal([]);
      expect(now().phase).to.equal('proving');
      expect(done(hear(genuine))).to.include('succeed');
    });
  }
});
