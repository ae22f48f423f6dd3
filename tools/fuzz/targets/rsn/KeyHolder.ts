import { isLeft } from 'fp-ts/lib/Either.js';
import type { Crypto } from '../../../../operators/core/index.js';
import {
  type AkmParameters,
  ftPtk,
  keyMic,
  type Ptk,
  pairwiseKey,
  parametersOf,
  pmkid,
  wrapKeyData,
} from '../../../../operators/core/rsn/index.js';
import { macToBytes } from '../../../../streams/events/index.js';
import * as frames from '../../../../streams/frames/index.js';
import type { Operands } from '../Operands.js';
import { type Edits, editPlain, editsOf } from './edits.js';
import { r1Of } from './hierarchy.js';
import {
  AP_MLD,
  addressesOf,
  CHANNEL,
  extensionElement,
  LINKS,
  mobilityElements,
  type Scenario,
  SSID,
  securityElement,
} from './scenario.js';
import { elsewhere } from './secrets.js';
import { NONCES } from './transition.js';

export type Message = 'message 1' | 'message 3' | 'group message 1' | 'error';

const INFORMATION: Readonly<Record<Message, number>> = {
  'message 1': 0x0088,
  'message 3': 0x13c8,
  'group message 1': 0x1380,
  error: 0x0688,
};
/** WPA1 neither encrypts message 3 nor says so of a group key. */
const WPA_INFORMATION: Readonly<Record<Message, number>> = { ...INFORMATION, 'message 3': 0x01c8, 'group message 1': 0x0380 };

/** Bits that leave something out of a message, or double it. */
const KINDS = { rsne: 0x01, gtk: 0x02, igtk: 0x04, rsnxe: 0x08, extras: 0x10, bigtk: 0x20, twice: 0x40 };

/** Octets of an AES-SIV tag. */
const TAG = 16;

const hasBit = (octet: number, mask: number): boolean => (octet & mask) !== 0;

/** What an access point has that does not know the key. */
export const otherThan = (pmk: Uint8Array): Uint8Array => pmk.map((octet) => octet ^ 0xff);

/** A frame of an access point that holds the keys, unless they are said to be others. */
export class KeyHolder {
  readonly #scenario: Scenario;
  readonly #crypto: Crypto;
  readonly #parameters: AkmParameters;
  readonly #isTrue: boolean;
  /** What it sent unchanged under its MIC: nothing else may be believed. */
  readonly #sent: Uint8Array[] = [];
  #counter = 0n;
  #snonce = new Uint8Array(32);
  #ptk: Ptk | undefined;

  constructor(scenario: Scenario, crypto: Crypto) {
    this.#crypto = crypto;
    this.#scenario = scenario;
    this.#parameters = parametersOf(scenario.akm, scenario.pmk.length);
    this.#isTrue = !scenario.lacks.key;
    if (!scenario.isTransition) return;
    this.#snonce = NONCES.supplicant;
    this.#ptk = elsewhere(() => this.#derive(NONCES.authenticator));
  }

  /** Whether a packet, as far as it announces itself, is one this key holder has made. */
  vouchesFor(packet: Uint8Array): boolean {
    return this.#isTrue && this.#sent.some((one) => Buffer.compare(one, packet.subarray(0, one.length)) === 0);
  }

  /** Takes the nonce from the station's message 2. */
  hear(packet: Uint8Array): void {
    const nonce = packet.slice(17, 49);
    if (nonce.some((octet) => octet !== 0)) this.#snonce = nonce;
  }

  #derive(anonce: Uint8Array): Ptk {
    const { akm, pairwise, pmk } = this.#scenario;
    const master = this.#isTrue ? pmk : otherThan(pmk);
    const { authenticator, supplicant } = addressesOf(this.#scenario);
    const addresses = { authenticator: macToBytes(authenticator), supplicant: macToBytes(supplicant) };
    const handshake = { addresses, nonces: { authenticator: anonce, supplicant: this.#snonce } };
    if (!akm.fastTransition) return pairwiseKey(this.#crypto, akm, pairwise, master, handshake);
    const r1 = r1Of(this.#crypto, this.#scenario, master);
    return ftPtk(this.#crypto, akm, pairwise, r1, handshake).ptk;
  }

  #keys(left: number, choice: number): ReadonlyArray<frames.KeyDataItem> {
    const { group, managementCipher, isMultiLink } = this.#scenario;
    const octet = (choice & 0x0f) === 0x0f ? 0 : 0x40 + (choice & 0x0f);
    const turn = choice >>> 4;
    const packetNumber = new Uint8Array(6);
    const gtk = { keyId: ((turn & 3) + 1) & 3, key: new Uint8Array(group?.keyLength ?? 16).fill(octet) };
    const igtk = { keyId: 4 + ((turn >>> 2) & 1), packetNumber, key: new Uint8Array(managementCipher.keyLength).fill(octet + 1) };
    const bigtk = {
      keyId: 6 + ((turn >>> 3) & 1),
      packetNumber,
      key: new Uint8Array(managementCipher.keyLength).fill(octet + 2),
    };
    const of = (linkId: number | undefined): ReadonlyArray<frames.KeyDataItem> => [
      ...(hasBit(left, KINDS.gtk) ? [] : [this.#gtk(linkId, gtk, packetNumber)]),
      ...(hasBit(left, KINDS.igtk)
        ? []
        : [linkId === undefined ? { kind: 'igtk' as const, ...igtk } : { kind: 'mloIgtk' as const, linkId, ...igtk }]),
      ...(hasBit(left, KINDS.bigtk)
        ? []
        : [linkId === undefined ? { kind: 'bigtk' as const, ...bigtk } : { kind: 'mloBigtk' as const, linkId, ...bigtk }]),
    ];
    const keys = isMultiLink ? LINKS.flatMap(({ linkId }) => of(linkId)) : of(undefined);
    return hasBit(left, KINDS.twice) ? [...keys, ...keys] : keys;
  }

  #gtk(linkId: number | undefined, gtk: { keyId: number; key: Uint8Array }, packetNumber: Uint8Array): frames.KeyDataItem {
    return linkId === undefined
      ? { kind: 'gtk', transmit: false, ...gtk }
      : { kind: 'mloGtk', linkId, transmit: false, packetNumber, ...gtk };
  }

  #links(left: number): ReadonlyArray<frames.KeyDataItem> {
    const [rsne, rsnxe] = [securityElement(this.#scenario, []), extensionElement(this.#scenario)];
    const elements = {
      ...(!hasBit(left, KINDS.rsne) && { rsne }),
      ...(!hasBit(left, KINDS.rsnxe) && rsnxe.length > 0 && { rsnxe }),
    };
    return [
      { kind: 'macAddress', address: AP_MLD },
      ...LINKS.map((link) => ({ kind: 'mloLink' as const, ...link, ...elements })),
    ];
  }

  #extras(left: number, keyId: number): ReadonlyArray<frames.KeyDataItem> {
    const { extendedKeyId, validatesChannel, isMultiLink, announces } = this.#scenario;
    return [
      ...(extendedKeyId ? [{ kind: 'keyId' as const, keyId }] : []),
      ...(validatesChannel ? [{ kind: 'operatingChannel' as const, ...CHANNEL }] : []),
      ...(announces.rsnxe ? [{ kind: 'ssid' as const, ssid: SSID }] : []),
      ...(isMultiLink ? this.#links(left) : []),
    ];
  }

  /** The key data of a message in the clear; a bit of `left` leaves something out, or puts the keys in twice. */
  #plain(message: Message, left: number, choice: number): Uint8Array {
    const { akm, group } = this.#scenario;
    if (message === 'error') return new Uint8Array(0);
    if (message === 'message 1') return this.#messageOneData(left);
    const isWpa = akm.protocol === 'wpa';
    if (isWpa && message === 'group message 1') return new Uint8Array(group?.keyLength ?? 32).fill(0x40 + (choice & 0x0f));
    const elements =
      message === 'message 3' && !hasBit(left, KINDS.rsne)
        ? [
            securityElement(
              this.#scenario,
              akm.fastTransition ? [r1Of(this.#crypto, this.#scenario, this.#scenario.pmk).name] : [],
            ),
            ...(hasBit(left, KINDS.rsnxe) ? [] : [extensionElement(this.#scenario)]),
            mobilityElements(this.#scenario),
          ]
        : [];
    const items = isWpa
      ? []
      : [...this.#keys(left, choice), ...(hasBit(left, KINDS.extras) ? [] : this.#extras(left, choice >>> 7))];
    const written = frames.writeKeyData(items);
    return Uint8Array.from([...elements, isLeft(written) ? new Uint8Array(0) : written.right].flatMap((part) => [...part]));
  }

  #messageOneData(left: number): Uint8Array {
    if (left === 0) return new Uint8Array(0);
    const { authenticator, supplicant } = addressesOf(this.#scenario);
    const addresses = { authenticator: macToBytes(authenticator), supplicant: macToBytes(supplicant) };
    const name = pmkid(this.#crypto, this.#scenario.akm, { pmk: this.#scenario.pmk, addresses }) ?? new Uint8Array(16).fill(9);
    const other = hasBit(left, KINDS.rsne) ? new Uint8Array(16).fill(left) : name;
    const items: ReadonlyArray<frames.KeyDataItem> = [
      { kind: 'pmkid', pmkid: other },
      ...(hasBit(left, KINDS.twice) ? this.#keys(0, 0) : []),
    ];
    const written = frames.writeKeyData(items);
    return isLeft(written) ? new Uint8Array(0) : written.right;
  }

  /** The next replay counter: one more, the same again, one before, or far ahead. */
  #count(mode: number): bigint {
    const step = [1n, 0n, -1n, 0x1_0000_0000n][mode & 3] ?? 1n;
    const next = mode === 0xff ? 0xffff_ffff_ffff_ffffn : BigInt.asUintN(64, this.#counter + step * BigInt(1 + (mode >>> 4)));
    if (mode < 0xf0) this.#counter = next;
    return next;
  }

  /** A message as its operands have it: which nonce, counter, key information, items and keys, and what is changed in it. */
  message(message: Message, operands: Operands): Uint8Array {
    return elsewhere(() => this.#message(message, operands));
  }

  #message(message: Message, operands: Operands): Uint8Array {
    const { akm, pairwise, group } = this.#scenario;
    const isWpa = akm.protocol === 'wpa';
    const which = operands.u8();
    const anonce = new Uint8Array(32).fill(which === 0xff ? 0 : 0xa0 + (which & 0x1f));
    const replayCounter = this.#count(operands.u8());
    const flipped = operands.u16();
    const [left, choice] = [operands.u8(), operands.u8()];
    const edits = editsOf(operands);
    const byCipher = pairwise.form === 'tkip' ? 1 : 2;
    const { descriptorVersion } = this.#parameters;
    const version = descriptorVersion === 'byCipher' ? byCipher : descriptorVersion;
    const index = isWpa && message === 'group message 1' ? (1 + (choice >>> 4)) & 3 : 0;
    const bits = ((isWpa ? WPA_INFORMATION : INFORMATION)[message] | version | (index << 4)) ^ flipped;
    if (message === 'message 3' || this.#ptk === undefined) this.#ptk = this.#derive(anonce);
    const key: frames.EapolKey = {
      ...{ version: 2, descriptor: isWpa ? 254 : 2, information: frames.readKeyInformation(bits) },
      keyLength: isWpa && message === 'group message 1' ? (group?.keyLength ?? 0) : pairwise.keyLength,
      ...{ replayCounter, nonce: message === 'group message 1' ? new Uint8Array(32) : anonce },
      ...{ iv: new Uint8Array(16), receiveCounter: new Uint8Array(8), reserved: new Uint8Array(8) },
      ...{ mic: new Uint8Array(this.#parameters.mic), keyData: editPlain(edits, this.#plain(message, left, choice)) },
    };
    return this.#sealed(message, key, edits, this.#ptk);
  }

  #wrapped(message: Message, key: frames.EapolKey, { kek }: Ptk): Uint8Array {
    const isWpaGroup = this.#scenario.akm.protocol === 'wpa' && message === 'group message 1';
    const { descriptorVersion, encrypted } = key.information;
    if (!encrypted && !isWpaGroup) return key.keyData;
    const plain = descriptorVersion === 1 ? key.keyData : frames.padKeyData(key.keyData);
    return (
      wrapKeyData(this.#crypto, this.#parameters, descriptorVersion, kek.reveal(), { iv: key.iv, keyData: plain }) ?? key.keyData
    );
  }

  #sealed(message: Message, plain: frames.EapolKey, edits: Edits, ptk: Ptk): Uint8Array {
    if (this.#parameters.micAlgorithm === 'none' && plain.information.encrypted)
      return this.#sealedWhole(edits.frame(plain), edits, ptk);
    const key = edits.frame({ ...plain, keyData: edits.wrapped(this.#wrapped(message, plain, ptk)) });
    const packet = edits.packet(frames.writeEapolKey(key));
    const { mic, descriptorVersion } = key.information;
    const micLength = this.#parameters.mic;
    const zeroed = frames.withZeroedMic(packet, micLength);
    const made = mic ? keyMic(this.#crypto, this.#parameters, descriptorVersion, ptk.kck.reveal(), zeroed) : undefined;
    if (made === undefined) return edits.sent(packet);
    const sealed = frames.withMic(packet, made);
    this.#remember(sealed);
    return edits.sent(sealed);
  }

  /** What a packet announces itself to be: the rest is padding. */
  #remember(packet: Uint8Array): void {
    this.#sent.push(packet.slice(0, 4 + (((packet[2] ?? 0) << 8) | (packet[3] ?? 0))));
  }

  /** Without a MIC the key data is sealed, together with what stands in front of it. */
  #sealedWhole(key: frames.EapolKey, edits: Edits, { kek }: Ptk): Uint8Array {
    const room = new Uint8Array(TAG + key.keyData.length);
    const packet = edits.packet(frames.writeEapolKey({ ...key, keyData: room }));
    const start = frames.MIC_AT + 2;
    const associated = packet.subarray(0, start);
    const { descriptorVersion } = key.information;
    const wrapped = wrapKeyData(this.#crypto, this.#parameters, descriptorVersion, kek.reveal(), { ...key, associated });
    if (wrapped === undefined || start + wrapped.length > packet.length) return edits.sent(packet);
    packet.set(wrapped, start);
    this.#remember(packet);
    return edits.sent(packet);
  }
}
