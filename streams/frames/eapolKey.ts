import { left, right } from 'fp-ts/lib/Either.js';
import { codeSpace, copyBytes } from '../events/index.js';
import { type Decoded, type DecodeError, decodeError } from './DecodeError.js';
import { EAPOL_HEADER_SIZE, EapolType, eapolEnd, eapolFault } from './eapol.js';
import { type KeyInformation, readKeyInformation, writeKeyInformation } from './keyInformation.js';

/**
 * Octets of the Key MIC field. The AKM decides, not the frame; none where the Key Data is sealed as a whole (FILS).
 *
 * @since 0.2.0
 */
export type MicLength = 0 | 16 | 24 | 32;

/**
 * The first octet of an EAPOL-Key body. RC4 is that of dynamic WEP (IEEE 802.1X-2004 7.6), whose fields are others.
 *
 * @since 0.2.0
 */
export const KeyDescriptor = codeSpace('key descriptor', { RC4: 1, RSN: 2, WPA: 254 }, [], 2);

/**
 * An EAPOL-Key frame (IEEE 802.11-2020 12.7.2, Figure 12-32), of RSN or of WPA1: the fields are the same.
 *
 * @since 0.2.0
 */
export interface EapolKey {
  /** Of the EAPOL header. */
  readonly version: number;
  readonly descriptor: number;
  readonly information: KeyInformation;
  /** Octets of the pairwise temporal key; in WPA1 those of the group key where one is sent. */
  readonly keyLength: number;
  readonly replayCounter: bigint;
  /** 32 octets. */
  readonly nonce: Uint8Array;
  /** 16 octets. */
  readonly iv: Uint8Array;
  /** Key RSC, 8 octets. */
  readonly receiveCounter: Uint8Array;
  /** 8 octets, the key ID in WPA1. */
  readonly reserved: Uint8Array;
  /** As many octets as the AKM has it. */
  readonly mic: Uint8Array;
  /** As on the wire, possibly encrypted. */
  readonly keyData: Uint8Array;
}

const STRUCTURE = 'EAPOL-Key';

/** Where the fields begin, counted from the first octet of the packet. */
const DESCRIPTOR_AT = EAPOL_HEADER_SIZE;
const INFORMATION_AT = 5;
const KEY_LENGTH_AT = 7;
const REPLAY_COUNTER_AT = 9;
const NONCE_AT = 17;
const IV_AT = 49;
const RECEIVE_COUNTER_AT = 65;
const RESERVED_AT = 73;

/**
 * Where the MIC begins in the packet.
 *
 * @since 0.2.0
 */
export const MIC_AT = 81;

/** The other layouts would read as nonsense. */
const isRead = (descriptor: number): boolean => descriptor === KeyDescriptor.codes.RSN || descriptor === KeyDescriptor.codes.WPA;

/** What is wrong from the packet type on, if anything is. */
const keyFault = (packet: Uint8Array, keyDataAt: number): DecodeError | undefined => {
  const [type = 0, end] = [packet[1], eapolEnd(packet)];
  if (type !== EapolType.codes.KEY) {
    return decodeError('VALUE', 'EAPOL', { field: 'Packet Type', at: 1, value: type }, EapolType.show(EapolType.codes.KEY));
  }
  const descriptor = packet[DESCRIPTOR_AT] ?? 0;
  if (end > DESCRIPTOR_AT && !isRead(descriptor)) {
    const found = { field: 'Descriptor Type', at: DESCRIPTOR_AT, value: KeyDescriptor.show(descriptor) };
    return decodeError('VALUE', STRUCTURE, found, 'that of RSN (2) or WPA (254)');
  }
  if (end < keyDataAt) {
    const found = { field: 'length', at: end, value: end - EAPOL_HEADER_SIZE };
    return decodeError('TRUNCATED', STRUCTURE, found, `a body of at least ${keyDataAt - EAPOL_HEADER_SIZE} bytes`);
  }
  const keyDataLength = ((packet[keyDataAt - 2] ?? 0) << 8) | (packet[keyDataAt - 1] ?? 0);
  if (keyDataLength <= end - keyDataAt) return undefined;
  const found = { field: 'Key Data Length', at: keyDataAt - 2, value: keyDataLength };
  return decodeError('LENGTH', STRUCTURE, found, `at most the ${end - keyDataAt} bytes that follow`);
};

const u16 = (packet: Uint8Array, at: number): number => ((packet[at] ?? 0) << 8) | (packet[at + 1] ?? 0);
const u32 = (packet: Uint8Array, at: number): number => u16(packet, at) * 0x10000 + u16(packet, at + 2);

/** Counters are small: the upper half is worth its big integers only where there is one. */
const u64 = (packet: Uint8Array, at: number): bigint => {
  const [high, low] = [u32(packet, at), BigInt(u32(packet, at + 4))];
  return high === 0 ? low : (BigInt(high) << 32n) | low;
};

/** Fields that are all zeros, as most are, are these: a typed array of one's own costs V8 over 200 octets, however short it is. */
const ZEROS: ReadonlyArray<Uint8Array> = Array.from({ length: 33 }, (_, length) => new Uint8Array(length));

const fieldAt = (packet: Uint8Array, start: number, end: number): Uint8Array => {
  const zeros = ZEROS[end - start];
  if (zeros === undefined) return copyBytes(packet, start, end);
  let at = start;
  while (at < end && packet[at] === 0) at += 1;
  return at === end ? zeros : copyBytes(packet, start, end);
};

/**
 * Reads a whole EAPOL packet of type Key. Nothing of the packet is kept: every field is a copy, to be read only.
 *
 * @example
 * const isFirstMessage = (packet: Uint8Array): boolean => {
 *   const key = readEapolKey(packet, 16);
 *   return key._tag === 'Right' && key.right.information.ack && !key.right.information.mic;
 * };
 *
 * @since 0.2.0
 */
export const readEapolKey = (packet: Uint8Array, micLength: MicLength): Decoded<EapolKey> => {
  const keyDataAt = MIC_AT + micLength + 2;
  const fault = eapolFault(packet) ?? keyFault(packet, keyDataAt);
  if (fault !== undefined) return left(fault);
  // A copy of its own for each field is quicker than views of one copy: V8 keeps so few octets on its own heap.
  return right({
    version: packet[0] ?? 0,
    descriptor: packet[DESCRIPTOR_AT] ?? 0,
    information: readKeyInformation(u16(packet, INFORMATION_AT)),
    keyLength: u16(packet, KEY_LENGTH_AT),
    replayCounter: u64(packet, REPLAY_COUNTER_AT),
    nonce: fieldAt(packet, NONCE_AT, IV_AT),
    iv: fieldAt(packet, IV_AT, RECEIVE_COUNTER_AT),
    receiveCounter: fieldAt(packet, RECEIVE_COUNTER_AT, RESERVED_AT),
    reserved: fieldAt(packet, RESERVED_AT, MIC_AT),
    mic: fieldAt(packet, MIC_AT, keyDataAt - 2),
    keyData: fieldAt(packet, keyDataAt, keyDataAt + u16(packet, keyDataAt - 2)),
  });
};

const LONGEST_MIC: MicLength = 32;

/** Fills a field of fixed size: what is missing stays zero, what is too much is left out. */
const place = (packet: Uint8Array, octets: Uint8Array, start: number, end: number): void => {
  if (octets.length > 0) packet.set(octets.length > end - start ? octets.subarray(0, end - start) : octets, start);
};

const put16 = (packet: Uint8Array, at: number, value: number): void => {
  packet[at] = value >>> 8;
  packet[at + 1] = value;
};

const counter = new Uint8Array(8);
const counterView = new DataView(counter.buffer);

const NO_ROOM = new Uint8Array(0);

const packetIn = (room: Uint8Array, size: number): Uint8Array =>
  size > room.length ? new Uint8Array(size) : room.subarray(0, size).fill(0);

/**
 * Writes the whole packet, with the MIC as given. A field of fixed size is filled up with zeros, and cut where it ends. Whoever needs
 * the packet for a moment only can lend room for it.
 *
 * @since 0.2.0
 */
export const writeEapolKey = (key: EapolKey, room: Uint8Array = NO_ROOM): Uint8Array => {
  const keyDataAt = MIC_AT + Math.min(key.mic.length, LONGEST_MIC) + 2;
  const keyDataLength = Math.min(key.keyData.length, 0xffff + EAPOL_HEADER_SIZE - keyDataAt);
  const packet = packetIn(room, keyDataAt + keyDataLength);
  packet[0] = key.version;
  packet[1] = EapolType.codes.KEY;
  put16(packet, 2, packet.length - EAPOL_HEADER_SIZE);
  packet[DESCRIPTOR_AT] = key.descriptor;
  put16(packet, INFORMATION_AT, writeKeyInformation(key.information));
  put16(packet, KEY_LENGTH_AT, key.keyLength);
  counterView.setBigUint64(0, key.replayCounter);
  packet.set(counter, REPLAY_COUNTER_AT);
  place(packet, key.nonce, NONCE_AT, IV_AT);
  place(packet, key.iv, IV_AT, RECEIVE_COUNTER_AT);
  place(packet, key.receiveCounter, RECEIVE_COUNTER_AT, RESERVED_AT);
  place(packet, key.reserved, RESERVED_AT, MIC_AT);
  place(packet, key.mic, MIC_AT, keyDataAt - 2);
  put16(packet, keyDataAt - 2, keyDataLength);
  place(packet, key.keyData, keyDataAt, packet.length);
  return packet;
};

/**
 * What a MIC is computed over: a copy with zeros for the MIC, as long as the packet announces (12.7.2 h). Whoever needs it for a
 * moment only can lend room for it.
 *
 * @since 0.2.0
 */
export const withZeroedMic = (packet: Uint8Array, micLength: MicLength, room: Uint8Array = NO_ROOM): Uint8Array => {
  const end = Math.min(eapolEnd(packet), packet.length);
  const zeroed = end > room.length ? new Uint8Array(end) : room.subarray(0, end);
  zeroed.set(end === packet.length ? packet : packet.subarray(0, end));
  return zeroed.fill(0, MIC_AT, MIC_AT + micLength);
};

/**
 * A copy with this MIC in its place.
 *
 * @since 0.2.0
 */
export const withMic = (packet: Uint8Array, mic: Uint8Array): Uint8Array => {
  const copy = new Uint8Array(packet);
  if (copy.length >= MIC_AT + mic.length) copy.set(mic, MIC_AT);
  return copy;
};
