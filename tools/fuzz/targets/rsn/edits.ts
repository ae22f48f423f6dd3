import { type EapolKey, readKeyInformation } from '../../../../streams/frames/index.js';
import { words } from '../../words.js';
import type { Operands } from '../Operands.js';

interface Edit {
  readonly kind: number;
  readonly at: number;
  readonly value: number;
}

/** What is changed of a frame: in its plain key data, in what is wrapped, in its fields, and behind the MIC. */
export interface Edits {
  readonly list: ReadonlyArray<Edit>;
  readonly wrapped: (keyData: Uint8Array) => Uint8Array;
  readonly frame: (key: EapolKey) => EapolKey;
  readonly packet: (packet: Uint8Array) => Uint8Array;
  readonly sent: (packet: Uint8Array) => Uint8Array;
}

const inserted = (bytes: Uint8Array, at: number, added: Uint8Array): Uint8Array => {
  const place = Math.min(at, bytes.length);
  return Uint8Array.of(...bytes.subarray(0, place), ...added, ...bytes.subarray(place));
};

const flipped = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const result = bytes.slice();
  if (result.length > 0) result[at % result.length] = (result[at % result.length] ?? 0) ^ value;
  return result;
};

/** Items end to end: where the one begins that lies at this octet, and where it ends. */
const itemAt = (bytes: Uint8Array, octet: number): readonly [number, number] => {
  let at = 0;
  while (at + 1 < bytes.length) {
    const end = at + 2 + (bytes[at + 1] ?? 0);
    if (octet < end) return [at, end];
    at = end;
  }
  return [bytes.length, bytes.length];
};

const PLAIN: ReadonlyArray<(bytes: Uint8Array, at: number, value: number) => Uint8Array> = [
  flipped,
  (bytes, at, value) => inserted(bytes, at, Uint8Array.of(value)),
  (bytes, at, value) => Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1 + (value & 0x1f))),
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, value) => inserted(bytes, at, words[value % words.length] ?? bytes),
  (bytes, at) => inserted(bytes, bytes.length, bytes.subarray(...itemAt(bytes, at))),
  (bytes, at) => {
    const [start, end] = itemAt(bytes, at);
    return Uint8Array.of(...bytes.subarray(0, start), ...bytes.subarray(end));
  },
  (bytes, at, value) => inserted(bytes, at, new Uint8Array(value * 8).fill(at)),
];

const FIELDS: ReadonlyArray<(key: EapolKey, at: number, value: number) => EapolKey> = [
  (key, at, value) => ({ ...key, keyLength: (at << 8) | value }),
  (key, at, value) => ({ ...key, receiveCounter: flipped(key.receiveCounter, at, value) }),
  (key, at, value) => ({ ...key, iv: flipped(key.iv, at, value) }),
  (key, at, value) => ({ ...key, nonce: flipped(key.nonce, at, value) }),
  (key, _, value) => ({ ...key, version: value }),
  (key, at, value) => ({ ...key, descriptor: at === 0 ? value : key.descriptor }),
  (key, at, value) => ({ ...key, information: readKeyInformation((at << 8) | value) }),
  (key, at, value) => ({ ...key, reserved: flipped(key.reserved, at, value) }),
];

const [PLAIN_KINDS, FIELD_KINDS] = [PLAIN.length, FIELDS.length];
const KINDS = PLAIN_KINDS + FIELD_KINDS + 6;
const [WRAPPED, PACKET, SENT] = [PLAIN_KINDS + FIELD_KINDS, PLAIN_KINDS + FIELD_KINDS + 1, PLAIN_KINDS + FIELD_KINDS + 3];

const whole: ReadonlyArray<(packet: Uint8Array, at: number, value: number) => Uint8Array> = [
  flipped,
  (packet, at) => packet.slice(0, Math.max(0, packet.length - 1 - at)),
  (packet, at, value) => Uint8Array.of(...packet, ...new Uint8Array(at & 0x3f).fill(value)),
];

export const editsOf = (operands: Operands): Edits => {
  const list: Edit[] = [];
  while (!operands.isOver && list.length < 12)
    list.push({ kind: operands.u8() % KINDS, at: operands.u8(), value: operands.u8() });
  const inOrder = <A>(value: A, change: (value: A, edit: Edit) => A): A => list.reduce(change, value);
  return {
    list,
    wrapped: (keyData) => inOrder(keyData, (data, { kind, at, value }) => (kind === WRAPPED ? flipped(data, at, value) : data)),
    frame: (key) => inOrder(key, (each, { kind, at, value }) => FIELDS[kind - PLAIN_KINDS]?.(each, at, value) ?? each),
    // Lengths that lie, under a MIC that is right.
    packet: (packet) =>
      inOrder(packet, (each, { kind, at, value }) =>
        kind === PACKET ? flipped(each, at % 12 < 4 ? at % 12 : 97 + (at % 4), value) : each,
      ),
    sent: (packet) => inOrder(packet, (each, { kind, at, value }) => whole[kind - SENT]?.(each, at, value) ?? each),
  };
};

export const editPlain = ({ list }: Edits, plain: Uint8Array): Uint8Array =>
  list.reduce((bytes, { kind, at, value }) => PLAIN[kind]?.(bytes, at, value) ?? bytes, plain).subarray(0, 8192);
