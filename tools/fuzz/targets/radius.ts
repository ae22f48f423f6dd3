import { PacketSplitter } from '../../../adapters/radius/client/PacketSplitter.js';
import {
  joinEapMessage,
  mppeKeysOf,
  provisionOf,
  type RadiusPacket,
  readRadius,
  splitEapMessage,
} from '../../../adapters/radius/index.js';
import { doubtOf } from '../../../adapters/radius/packet/authenticators.js';
import { vendorAttributes } from '../../../adapters/radius/packet/vendorAttributes.js';
import { answerTo, hideKey, vendorSpecific } from '../../../spec/support/radius/answers.js';
import { equalBytes } from '../../../streams/events/index.js';
import { observe } from '../features.js';
import { demand, type Target } from '../target.js';
import { oneOf, type Reading, reads, seedOf } from './readers.js';
import { elsewhere, leavingNoSecret } from './rsn/secrets.js';
import { toyCrypto } from './rsn/toyCrypto.js';

const MICROSOFT = 311;
const [SEND_KEY, RECV_KEY] = [16, 17];
const ACCEPT = 2;
const LONGEST_VALUE = 253;
const shared = { crypto: toyCrypto, secret: Uint8Array.of(1, 2, 3) };
const AUTHENTICATOR = new Uint8Array(16).fill(5);
const request: RadiusPacket = {
  ...{ code: 1, identifier: 7, authenticator: AUTHENTICATOR, attributes: [], bytes: new Uint8Array(20) },
};

/** What a packet is made of is inside of it, in its order, and nothing is left over. */
const attributesFill = (packet: RadiusPacket): void => {
  let at = 20;
  for (const attribute of packet.attributes) {
    demand(attribute.at === at, `an attribute at ${attribute.at}, and the one before ends at ${at}`);
    at += 2 + attribute.value.length;
  }
  demand(at === packet.bytes.length, `attributes to ${at} of ${packet.bytes.length} octets`);
};

const eapIsWhole = (packet: RadiusPacket): void => {
  const eap = joinEapMessage(packet);
  observe(`EAP-Message ${eap._tag === 'Left' ? eap.left.code : eap.right === undefined}`);
  if (eap._tag === 'Left' || eap.right === undefined) return;
  const again = splitEapMessage(eap.right).flatMap(({ value }) => [...value]);
  demand(equalBytes(Uint8Array.from(again), eap.right), 'an EAP packet that is cut into something else');
};

const weigh = (bytes: Uint8Array): void => {
  reads('RADIUS', readRadius)(bytes);
  const read = readRadius(bytes);
  if (read._tag === 'Left') return;
  const packet = read.right;
  attributesFill(packet);
  eapIsWhole(packet);
  const { vlans, filters, messages } = provisionOf(packet);
  demand(vlans.length + filters.length + messages.length <= packet.attributes.length, 'more is provided than there is');
  reads('RADIUS of a vendor', () => vendorAttributes(packet, MICROSOFT))(packet.bytes);
  demand(doubtOf(shared, packet, AUTHENTICATOR) !== undefined, 'an answer nobody has made is believed');
  const keys = mppeKeysOf(shared, packet, AUTHENTICATOR);
  observe(
    `keys ${keys._tag === 'Left' ? keys.left.replaceAll(/\d+/g, 'n') : `${keys.right.send?.length} ${keys.right.receive?.length}`}`,
  );
  if (keys._tag === 'Left') demand(keys.left.length < 300, 'an error without end');
  else for (const key of [keys.right.send, keys.right.receive]) key?.zeroise();
};

/** Keys a server has hidden, and somebody who knows the secret has changed: length, salts, and what else stands there. */
const keysOf: Reading = (bytes) => {
  const [salt = 0, otherSalt = 0, claimed = 0, size = 0, otherSize = 0] = bytes;
  const more = bytes.subarray(5, 5 + LONGEST_VALUE);
  const raw = elsewhere(() => [
    vendorSpecific(
      MICROSOFT,
      SEND_KEY,
      hideKey(shared, AUTHENTICATOR, 0x8000 ^ (salt << 8), new Uint8Array(size % 65).fill(1), claimed),
    ),
    vendorSpecific(
      MICROSOFT,
      RECV_KEY,
      hideKey(shared, AUTHENTICATOR, 0x8001 ^ (otherSalt << 8), new Uint8Array(otherSize % 65).fill(2)),
    ),
    ...(bytes.length > 5 ? [Uint8Array.of(26, 2 + more.length, ...more)] : []),
  ]);
  const packet = answerTo(shared, request, { code: ACCEPT, raw });
  const read = readRadius(packet);
  if (read._tag === 'Left') return;
  demand(doubtOf(shared, read.right, AUTHENTICATOR) === undefined, 'a genuine answer is not believed');
  const keys = mppeKeysOf(shared, read.right, AUTHENTICATOR);
  observe(`hidden ${keys._tag === 'Left' ? keys.left.replaceAll(/\d+/g, 'n') : 'open'}`);
  if (keys._tag === 'Left') return;
  for (const key of [keys.right.send, keys.right.receive]) key?.zeroise();
};

/** However a stream is cut, its packets are the same. */
const splits: Reading = (bytes) => {
  const stream = bytes.subarray(1);
  const splitBy = (piece: number): string => {
    const splitter = new PacketSplitter();
    const packets: string[] = [];
    for (let at = 0; at < stream.length; at += piece) {
      const found = splitter.push(stream.slice(at, at + piece));
      if (found === undefined) return 'no RADIUS';
      packets.push(...found.map((packet) => Buffer.from(packet).toString('hex')));
    }
    return packets.join();
  };
  const cut = splitBy(1 + ((bytes[0] ?? 0) % 32));
  const whole = splitBy(Math.max(1, stream.length));
  demand(cut === whole || whole === 'no RADIUS', 'packets that depend on how the stream is cut');
};

const readings: ReadonlyArray<Reading> = [weigh, keysOf, splits];

export const fuzz = (data: Uint8Array): void => leavingNoSecret(() => oneOf(readings)(data));

const packet = (...attributes: ReadonlyArray<number>): ReadonlyArray<number> => [
  ...[2, 7, 0, 20 + attributes.length],
  ...new Array<number>(16).fill(9),
  ...attributes,
];

const seeds = (): ReadonlyArray<Uint8Array> =>
  [
    [0, ...packet(79, 6, 3, 7, 0, 4, 80, 18, ...new Array<number>(16).fill(0))],
    [0, ...packet(79, 4, 1, 7, 79, 4, 0, 4, 24, 3, 1)],
    [0, ...packet(64, 6, 0, 0, 0, 13, 65, 6, 0, 0, 0, 6, 81, 5, 0x31, 0x32, 0x30, 27, 6, 0, 0, 14, 16, 29, 6, 0, 0, 0, 1)],
    [0, ...packet(26, 42, 0, 0, 1, 55, 16, 36, 0x80, 1, ...new Array<number>(32).fill(1))],
    [0, ...packet(26, 6, 0, 0, 0, 9)],
    [1, 0, 0, 32, 32, 32],
    [1, 0, 0, 0, 0, 64],
    [1, 0x80, 0, 32, 32, 32],
    [1, 0, 0, 32, 32, 32, 0, 0, 1, 55, 16, 36, 0x80, 1, ...new Array<number>(32).fill(1)],
    [2, 5, ...packet(), ...packet(24, 3, 1)],
  ].map(([index = 0, ...bytes]) => seedOf(index, Uint8Array.from(bytes)));

export const radius: Target = { name: 'radius', slice: 1500, fuzz, seeds };
