import type { ItemOf, KeyDataItem, KeyDataKind, RsnElement } from '../../../../../streams/frames/index.js';
import type { Modifier } from '../../../../support/authenticator/authenticator.js';
import { withFields, withItems, withMore } from '../../../../support/authenticator/modifiers.js';
import { changedRsne } from './setups.js';

/** Modifiers, each named for the field it changes. A frame is protected after the change, if nothing else is said. */

export const keyLength = (octets: number): Modifier => withFields({ keyLength: octets });
export const descriptor = (type: number): Modifier => withFields({ descriptor: type });
export const nonce = (octet: number): Modifier => withFields({ nonce: new Uint8Array(32).fill(octet) });
export const mic = (octet: number): Modifier => withFields({ mic: new Uint8Array(16).fill(octet) });
export const eapolVersion = (version: number): Modifier => withFields({ version });

export const replayCounter =
  (change: (counter: bigint) => bigint): Modifier =>
  (draft) => ({ ...draft, replayCounter: change(draft.replayCounter) });

/** What the key data says in the clear, in the place of all items. */
export const keyData = (...octets: ReadonlyArray<number>): Modifier => withFields({ plain: Uint8Array.from(octets) });
/** The key data as it goes on the air. */
export const wrappedKeyData = (...octets: ReadonlyArray<number>): Modifier => withFields({ wrapped: Uint8Array.from(octets) });
export const zeros = (octets: number): Uint8Array => new Uint8Array(octets);
export const octets = (count: number, octet: number): ReadonlyArray<number> => new Array<number>(count).fill(octet);

/** Behind the MIC: the type of the EAPOL packet. */
export const eapolType = (type: number): Modifier => withFields({ touch: (packet) => packet.with(1, type) });

const withLength = (packet: Uint8Array, length: number): Uint8Array => packet.with(2, length >>> 8).with(3, length & 0xff);

/** Behind the MIC: how long the EAPOL packet says that it is. */
export const bodyLength = (by: number): Modifier => withFields({ touch: (packet) => withLength(packet, packet.length - 4 + by) });

/** Behind the MIC: the packet ends early. */
export const cutAt = (length: number): Modifier => withFields({ touch: (packet) => packet.slice(0, length) });
/** The same, and the packet says so. */
export const endsAt = (length: number): Modifier =>
  withFields({ touch: (packet) => withLength(packet.slice(0, length), length - 4) });

/** Behind the MIC: one field of two octets. */
export const field = (at: number, value: number): Modifier =>
  withFields({ touch: (packet) => packet.with(at, value >>> 8).with(at + 1, value & 0xff) });

/** Fields of the items of one kind. */
export const item = <K extends KeyDataKind>(kind: K, changes: Partial<ItemOf<K>>): Modifier =>
  withItems((each) => (each.kind === kind ? ({ ...each, ...changes } as KeyDataItem) : each));

/** Fields of the one item of a kind that is for this link. */
export const linkItem = <K extends 'mloGtk' | 'mloIgtk' | 'mloBigtk' | 'mloLink'>(
  kind: K,
  linkId: number,
  changes: Partial<ItemOf<K>>,
): Modifier =>
  withItems((each) => (each.kind === kind && each.linkId === linkId ? ({ ...each, ...changes } as KeyDataItem) : each));

/** The one item of a kind that is for this link is missing. */
export const withoutLinkItem = (kind: KeyDataKind, linkId: number): Modifier =>
  withItems((each) => (each.kind === kind && 'linkId' in each && each.linkId === linkId ? undefined : each));

const RSN_OUI = [0x00, 0x0f, 0xac];

/** A KDE of the standard's OUI as bare octets, for what no item can say. */
export const kde = (type: number, ...body: ReadonlyArray<number>): KeyDataItem => ({
  kind: 'unknown',
  bytes: Uint8Array.of(0xdd, 4 + body.length, ...RSN_OUI, type, ...body),
});

/** In the place of the items of a kind: something else. */
export const inPlaceOf = (kind: KeyDataKind, other: KeyDataItem): Modifier =>
  withItems((each) => (each.kind === kind ? other : each));

/** An element as bare octets. */
export const bare = (...bytes: ReadonlyArray<number>): KeyDataItem => ({ kind: 'unknown', bytes: Uint8Array.from(bytes) });
export const whole = (bytes: Uint8Array): KeyDataItem => ({ kind: 'unknown', bytes });

/** One of the elements, octet for octet. */
export const element = (id: number, change: (bytes: Uint8Array) => Uint8Array): Modifier =>
  withItems((each) => (each.kind === 'element' && each.element.id === id ? whole(change(each.element.bytes)) : each));

export const RSN = 48;
export const RSNX = 244;

export const rsne = (change: (rsn: RsnElement) => RsnElement): Modifier => element(RSN, (bytes) => changedRsne(bytes, change));

/** Some octets of an element. */
export const octetOf = (id: number, at: number, value: number): Modifier => element(id, (bytes) => bytes.with(at, value));

export const addedElement = (bytes: Uint8Array): Modifier => withMore(whole(bytes));

/** The RSNE of a link has another capability. */
export const linkRsne = (linkId: number) =>
  withItems((each): KeyDataItem => {
    if (each.kind !== 'mloLink' || each.linkId !== linkId || each.rsne === undefined) return each;
    return { ...each, rsne: changedRsne(each.rsne, (rsn) => ({ ...rsn, capabilities: 1 })) };
  });

/** In front of all items. */
export const precededBy =
  (...more: ReadonlyArray<KeyDataItem>): Modifier =>
  (draft) => ({ ...draft, items: [...more, ...draft.items] });
