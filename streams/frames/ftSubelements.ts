import { right } from 'fp-ts/lib/Either.js';
import { type Encoded, unwritable } from './DecodeError.js';
import {
  type FtGroupKey,
  type FtIntegrityKey,
  type OfLink,
  packFtGroupKey,
  packFtIntegrityKey,
  readFtGroupKey,
  readFtGroupKeyOfLink,
  readFtIntegrityKey,
  readFtIntegrityKeyOfLink,
} from './ftKeys.js';
import { pack, u8 } from './pack.js';
import type { Reader } from './Reader.js';

/** The optional parameters of an FTE (IEEE 802.11-2020 Table 9-220; those of a link: 802.11be). */
export interface FtSubelements {
  /** R1KH-ID, 6 octets. */
  readonly r1KeyHolder?: Uint8Array;
  /** R0KH-ID, 1 to 48 octets. */
  readonly r0KeyHolder?: Uint8Array;
  readonly gtk?: FtGroupKey;
  readonly igtk?: FtIntegrityKey;
  readonly bigtk?: FtIntegrityKey;
  readonly mloGtks?: ReadonlyArray<FtGroupKey & OfLink>;
  readonly mloIgtks?: ReadonlyArray<FtIntegrityKey & OfLink>;
  readonly mloBigtks?: ReadonlyArray<FtIntegrityKey & OfLink>;
  readonly oci?: { readonly operatingClass: number; readonly primaryChannel: number; readonly frequencySegment1: number };
  readonly unknown?: ReadonlyArray<{ readonly id: number; readonly body: Uint8Array }>;
}

const STRUCTURE = 'FTE subelement';
const ID = { R1KH: 1, GTK: 2, R0KH: 3, IGTK: 4, OCI: 5, BIGTK: 6, MLO_GTK: 8, MLO_IGTK: 9, MLO_BIGTK: 10 } as const;

interface Limits {
  readonly min: number;
  readonly max: number;
}

const R1KH: Limits = { min: 6, max: 6 };
const R0KH: Limits = { min: 1, max: 48 };
const UNKNOWN: Limits = { min: 0, max: 255 };

const isWithin = ({ min, max }: Limits, length: number): boolean => length >= min && length <= max;
const octets = ({ min, max }: Limits): string => (min === max ? `${min} octets` : `${min} to ${max} octets`);

const keyHolder = (reader: Reader, name: string, limits: Limits): Uint8Array => {
  const length = { field: name, at: reader.at, value: reader.remaining };
  reader.check(isWithin(limits, length.value), 'LENGTH', length, octets(limits));
  return reader.rest(name);
};

const operatingChannel = (reader: Reader) => ({
  operatingClass: reader.u8('Operating Class'),
  primaryChannel: reader.u8('Primary Channel Number'),
  frequencySegment1: reader.u8('Frequency Segment 1 Channel Number'),
});

type Parameters = { -readonly [Name in keyof FtSubelements]: FtSubelements[Name] };

const readOne = (reader: Reader, id: number, all: Parameters): void => {
  if (id === ID.R1KH) all.r1KeyHolder = keyHolder(reader, 'R1KH-ID', R1KH);
  else if (id === ID.R0KH) all.r0KeyHolder = keyHolder(reader, 'R0KH-ID', R0KH);
  else if (id === ID.GTK) all.gtk = readFtGroupKey(reader);
  else if (id === ID.IGTK) all.igtk = readFtIntegrityKey(reader);
  else if (id === ID.BIGTK) all.bigtk = readFtIntegrityKey(reader);
  else if (id === ID.OCI) all.oci = operatingChannel(reader);
  else if (id === ID.MLO_GTK) all.mloGtks = [...(all.mloGtks ?? []), readFtGroupKeyOfLink(reader)];
  else if (id === ID.MLO_IGTK) all.mloIgtks = [...(all.mloIgtks ?? []), readFtIntegrityKeyOfLink(reader)];
  else if (id === ID.MLO_BIGTK) all.mloBigtks = [...(all.mloBigtks ?? []), readFtIntegrityKeyOfLink(reader)];
  else all.unknown = [...(all.unknown ?? []), { id, body: reader.rest('Data') }];
};

/** Reads subelements to the end. Of two alike the later counts, except that each link has keys of its own. */
export const readFtSubelements = (reader: Reader): FtSubelements => {
  const all: Parameters = {};
  reader.repeat(() => {
    const [id, length] = [reader.u8('Subelement ID'), reader.u8('Length')];
    reader.nested(STRUCTURE, 'Data', length, (inner) => readOne(inner, id, all));
  });
  return all;
};

interface Part {
  readonly id: number;
  readonly name: string;
  /** None when the value is not one of its kind. */
  readonly body: Uint8Array | undefined;
}

const partsOf = <A>(id: number, name: string, values: ReadonlyArray<A>, body: (value: A) => Part['body']): ReadonlyArray<Part> =>
  values.map((value) => ({ id, name, body: body(value) }));

const some = <A>(value: A | undefined): ReadonlyArray<A> => (value === undefined ? [] : [value]);
const limited = (limits: Limits) => (bytes: Uint8Array) => (isWithin(limits, bytes.length) ? bytes : undefined);

/** In the order hostapd and wpa_supplicant write them; the standard asks for none. */
const parts = (all: FtSubelements): ReadonlyArray<Part> => [
  ...partsOf(ID.R1KH, 'R1KH-ID', some(all.r1KeyHolder), limited(R1KH)),
  ...partsOf(ID.R0KH, 'R0KH-ID', some(all.r0KeyHolder), limited(R0KH)),
  ...partsOf(ID.GTK, 'GTK', some(all.gtk), packFtGroupKey),
  ...partsOf(ID.IGTK, 'IGTK', some(all.igtk), packFtIntegrityKey),
  ...partsOf(ID.BIGTK, 'BIGTK', some(all.bigtk), packFtIntegrityKey),
  ...partsOf(ID.MLO_GTK, 'MLO GTK', all.mloGtks ?? [], packFtGroupKey),
  ...partsOf(ID.MLO_IGTK, 'MLO IGTK', all.mloIgtks ?? [], packFtIntegrityKey),
  ...partsOf(ID.MLO_BIGTK, 'MLO BIGTK', all.mloBigtks ?? [], packFtIntegrityKey),
  ...partsOf(ID.OCI, 'OCI', some(all.oci), (oci) => Uint8Array.of(oci.operatingClass, oci.primaryChannel, oci.frequencySegment1)),
  ...(all.unknown ?? []).map(({ id, body }) => ({ id, name: 'Data', body: limited(UNKNOWN)(body) })),
];

/** The subelements end to end. */
export const packFtSubelements = (all: FtSubelements): Encoded => {
  const pieces: Uint8Array[] = [];
  for (const { id, name, body } of parts(all)) {
    if (body === undefined || body.length > UNKNOWN.max) return unwritable(STRUCTURE, name, 'one of its form', 'another');
    pieces.push(u8(id), u8(body.length), body);
  }
  return right(pack(...pieces));
};
