import { createHmac } from 'node:crypto';
import { portableCrypto } from '../../adapters/crypto/index.js';
import type { Curve, CurvePoint } from '../../operators/core/crypto/index.js';
import { EapMethod } from '../../streams/frames/index.js';
import { type EapScript, failure, request, success } from './eapServer.js';

const { IDENTITY, PWD } = EapMethod.codes;
const EMPTY = Buffer.alloc(0);

/** What a server of EAP-pwd keeps of its peer, and how it speaks. */
export interface PwdServerOptions {
  readonly group: number;
  /** As it is kept: prepared. */
  readonly password: Uint8Array;
  readonly preparation?: number;
  readonly salt?: Uint8Array;
  readonly name?: string;
  /** How many octets of payload a packet has at most. */
  readonly room?: number;
  /** What is added to the length that is announced of a message in pieces. */
  readonly excess?: number;
  /** The numbers behind its commit. */
  readonly rand?: bigint;
  readonly mask?: bigint;
  /** Changes what it says: the message of an exchange, before it is cut into pieces. */
  readonly change?: (exchange: number, message: Buffer) => Uint8Array;
}

/** What came of it. */
export interface PwdServerResult {
  peerName?: string;
  msk?: string;
  emsk?: string;
  sessionId?: string;
  /** Of the peer: how many packets it took to say everything. */
  packets: number;
}

const hmac = (key: Uint8Array, ...parts: ReadonlyArray<Uint8Array>): Buffer => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};
const H = (...parts: ReadonlyArray<Uint8Array>): Buffer => hmac(Buffer.alloc(32), ...parts);

const number = (octets: Uint8Array): bigint => BigInt(`0x0${Buffer.from(octets).toString('hex')}`);
const octets = (value: bigint, length: number): Buffer => Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);

/** RFC 5931 2.5. */
const kdf = (key: Uint8Array, label: Uint8Array, bits: number): Buffer => {
  const blocks: Buffer[] = [];
  for (let at = 1; blocks.length * 256 < bits; at++) blocks.push(hmac(key, blocks.at(-1) ?? EMPTY, u16(at), label, u16(bits)));
  return Buffer.concat(blocks).subarray(0, Math.ceil(bits / 8));
};

/** RFC 5931 2.8.3.2, as it is written there, with no thought of time. */
const elementOf = (curve: Curve, parts: ReadonlyArray<Uint8Array>): CurvePoint => {
  const bits = curve.prime.toString(2).length;
  for (let counter = 1; counter < 256; counter++) {
    const seed = H(...parts, Buffer.from([counter]));
    const value = kdf(seed, Buffer.from('EAP-pwd Hunting And Pecking'), bits);
    const x = number(value) >> BigInt(8 * value.length - bits);
    const y = curve.squareRoot((x ** 3n + curve.a * x + curve.b) % curve.prime);
    if (x >= curve.prime || y === undefined) continue;
    return { x, y: (y & 1n) === BigInt((seed.at(-1) ?? 0) & 1) ? y : curve.prime - y };
  }
  throw new Error('no element');
};

/** Says a message in pieces, and returns the first packet of the answer. */
function* say(
  exchange: number,
  message: Uint8Array,
  { room = 1000, excess = 0 }: PwdServerOptions,
): Generator<ReturnType<typeof request>, Uint8Array, { data: Uint8Array }> {
  if (message.length <= room) return (yield request(PWD, Buffer.concat([Buffer.from([exchange]), message]))).data;
  let answer: Uint8Array = EMPTY;
  for (let at = 0; at < message.length; at += room) {
    const hasMore = at + room < message.length;
    const flags = exchange | (hasMore ? 0x40 : 0) | (at === 0 ? 0x80 : 0);
    const head = at === 0 ? Buffer.concat([Buffer.from([flags]), u16(message.length + excess)]) : Buffer.from([flags]);
    answer = (yield request(PWD, Buffer.concat([head, message.subarray(at, at + room)]))).data;
    if (hasMore && Buffer.from(answer).toString('hex') !== Buffer.from([exchange]).toString('hex')) return EMPTY;
  }
  return answer;
}

/** Hears a message in pieces, the first of which is known. */
function* hear(exchange: number, first: Uint8Array, result: PwdServerResult) {
  let [packet, message, total] = [Buffer.from(first), EMPTY, 0];
  for (;;) {
    result.packets++;
    const flags = packet[0] ?? 0;
    if ((flags & 0x80) !== 0) total = packet.readUInt16BE(1);
    message = Buffer.concat([message, packet.subarray((flags & 0x80) === 0 ? 1 : 3)]);
    if ((flags & 0x3f) !== exchange) return;
    if ((flags & 0x40) === 0) return total === 0 || total === message.length ? message : undefined;
    // FreeRADIUS 3.2 says no more of the exchange than this.
    const next: { readonly data: Uint8Array } = yield request(PWD, Uint8Array.of(0xf2));
    packet = Buffer.from(next.data);
  }
}

/** A server of EAP-pwd, written from RFC 5931 with nothing of the peer's but the points of the curves. */
export function* pwdScript(options: PwdServerOptions, result: PwdServerResult): EapScript {
  const { group, password, preparation = 0, salt, name = 'server@lab.example', rand = 7n, mask = 11n } = options;
  const change = options.change ?? ((_, message) => message);
  const curve = portableCrypto.curve(group);
  if (curve === undefined) throw new Error(`no group ${group}`);
  const { length, order, generator } = curve;
  yield request(IDENTITY);

  const suite = Buffer.concat([u16(group), Buffer.from([1, 1])]);
  const token = Buffer.from('c0ffee01', 'hex');
  const proposal = Buffer.concat([suite, token, Buffer.from([preparation]), Buffer.from(name)]);
  const identity = yield* hear(1, yield* say(1, change(1, proposal), options), result);
  if (identity === undefined || !identity.subarray(0, 9).equals(proposal.subarray(0, 9))) return void (yield failure);
  result.peerName = identity.subarray(9).toString();

  const pwe = elementOf(curve, [token, identity.subarray(9), Buffer.from(name), password]);
  const encode = (point: CurvePoint): Buffer => Buffer.concat([octets(point.x, length), octets(point.y, length)]);
  const own = {
    element: encode(curve.negate(curve.multiply(pwe, mask) ?? generator)),
    scalar: octets((rand + mask) % order, length),
  };
  const saltPart = salt === undefined ? EMPTY : Buffer.concat([Buffer.from([salt.length]), salt]);
  const commit = yield* hear(2, yield* say(2, change(2, Buffer.concat([saltPart, own.element, own.scalar])), options), result);
  if (commit === undefined || commit.length !== 3 * length) return void (yield failure);
  const peer = { element: commit.subarray(0, 2 * length), scalar: commit.subarray(2 * length) };
  const point = { x: number(peer.element.subarray(0, length)), y: number(peer.element.subarray(length)) };
  const sum = curve.add(curve.multiply(pwe, number(peer.scalar)), point);
  const shared = sum === undefined ? undefined : curve.multiply(sum, rand);
  if (shared === undefined) return void (yield failure);

  const k = octets(shared.x, length);
  const confirmServer = H(k, own.element, own.scalar, peer.element, peer.scalar, suite);
  const confirmPeer = H(k, peer.element, peer.scalar, own.element, own.scalar, suite);
  const sessionId = Buffer.concat([Buffer.from([PWD]), H(suite, peer.scalar, own.scalar)]);
  const keys = kdf(H(k, confirmPeer, confirmServer), sessionId, 1024).toString('hex');
  Object.assign(result, { msk: keys.slice(0, 128), emsk: keys.slice(128), sessionId: sessionId.toString('hex') });
  const confirm = yield* hear(3, yield* say(3, change(3, confirmServer), options), result);
  if (confirm === undefined || !confirm.equals(confirmPeer)) return void (yield failure);
  yield success;
}
