import { ElementId } from './element.js';
import {
  GROUP_KEY_SIZES,
  HAS_RSNE,
  HAS_RSNXE,
  INTEGRITY_KEY_SIZES,
  type ItemOf,
  KdeSelector,
  KEY_ID_MASK,
  type KeyDataItem,
  kdeName,
  LINK_ID_MASK,
  LINK_ID_SHIFT,
  PACKET_NUMBER_SIZE,
  PMKID_SIZE,
  TRANSMIT,
} from './keyDataItem.js';
import type { Reader } from './Reader.js';

type Read = (reader: Reader) => KeyDataItem;

/** What may follow a selector: how many octets, and how they read once there are that many. */
interface Layout {
  readonly fits: (size: number) => boolean;
  readonly sizes: string;
  readonly read: Read;
}

const exactly = (wanted: number, read: Read): Layout => ({ fits: (size) => size === wanted, sizes: `${wanted} octets`, read });
const atLeast = (least: number, read: Read): Layout => ({
  fits: (size) => size >= least,
  sizes: `at least ${least} octets`,
  read,
});

/** A key of one of these sizes, after the fields before it. */
const withKey = (before: number, keySizes: ReadonlyArray<number>, read: Read): Layout => ({
  fits: (size) => keySizes.includes(size - before),
  sizes: `${before} octets and a key of ${keySizes.join(' or ')}`,
  read,
});

const gtk: Read = (reader) => {
  const flags = reader.u8('Key ID');
  reader.skip(1, 'Reserved');
  return { kind: 'gtk', keyId: flags & KEY_ID_MASK, transmit: (flags & TRANSMIT) !== 0, key: reader.rest('GTK') };
};

const mloGtk: Read = (reader) => {
  const flags = reader.u8('Key ID');
  return {
    kind: 'mloGtk',
    linkId: flags >>> LINK_ID_SHIFT,
    keyId: flags & KEY_ID_MASK,
    transmit: (flags & TRANSMIT) !== 0,
    packetNumber: reader.bytes('PN', PACKET_NUMBER_SIZE),
    key: reader.rest('GTK'),
  };
};

const integrityKey =
  (kind: 'igtk' | 'bigtk'): Read =>
  (reader) => ({
    kind,
    keyId: reader.u16('Key ID'),
    packetNumber: reader.bytes('PN', PACKET_NUMBER_SIZE),
    key: reader.rest('key'),
  });

const linkIntegrityKey =
  (kind: 'mloIgtk' | 'mloBigtk'): Read =>
  (reader) => ({
    kind,
    keyId: reader.u16('Key ID'),
    packetNumber: reader.bytes('PN', PACKET_NUMBER_SIZE),
    linkId: reader.u8('Link ID') >>> LINK_ID_SHIFT,
    key: reader.rest('key'),
  });

const error: Read = (reader) => ({ kind: 'error', mui: reader.u16be('MUI'), errorType: reader.u16be('Error Type') });

/** Key Lifetime is the one number of 32 bits here, most significant octet first. */
const lifetime: Read = (reader) => ({
  kind: 'lifetime',
  seconds: reader.u16be('Key Lifetime') * 0x10000 + reader.u16be('Key Lifetime'),
});

const keyId: Read = (reader) => {
  const id = reader.u8('Key ID') & KEY_ID_MASK;
  reader.skip(1, 'Reserved');
  return { kind: 'keyId', keyId: id };
};

const operatingChannel: Read = (reader) => ({
  kind: 'operatingChannel',
  operatingClass: reader.u8('Operating Class'),
  primaryChannel: reader.u8('Primary Channel Number'),
  frequencySegment1: reader.u8('Frequency Segment 1 Channel Number'),
});

/** The next element, whole; one with another ID is an error. */
const wholeElement = (reader: Reader, field: string, id: number): Uint8Array => {
  const { at } = reader;
  const [found, size] = [reader.u8(field), reader.u8(field)];
  reader.check(found === id, 'VALUE', { field, at, value: found }, ElementId.show(id));
  const content = reader.bytes(field, size);
  const element = new Uint8Array(2 + content.length);
  element.set([id, content.length]);
  element.set(content, 2);
  return element;
};

/** What a later amendment may add behind the two elements is left out. */
const mloLink: Read = (reader): ItemOf<'mloLink'> => {
  const information = reader.u8('Link Information');
  const link = { kind: 'mloLink', linkId: information & LINK_ID_MASK, address: reader.mac('Link MAC Address') } as const;
  const rsne = (information & HAS_RSNE) === 0 ? undefined : wholeElement(reader, 'RSNE', ElementId.codes.RSN);
  const rsnxe = (information & HAS_RSNXE) === 0 ? undefined : wholeElement(reader, 'RSNXE', ElementId.codes.RSNX);
  return { ...link, ...(rsne && { rsne }), ...(rsnxe && { rsnxe }) };
};

const { codes } = KdeSelector;

const LAYOUTS: ReadonlyArray<readonly [selector: number, layout: Layout]> = [
  [codes.GTK, withKey(2, GROUP_KEY_SIZES, gtk)],
  [codes.MAC_ADDRESS, exactly(6, (reader) => ({ kind: 'macAddress', address: reader.mac('MAC Address') }))],
  [codes.PMKID, exactly(PMKID_SIZE, (reader) => ({ kind: 'pmkid', pmkid: reader.rest('PMKID') }))],
  [codes.LIFETIME, exactly(4, lifetime)],
  [codes.ERROR, exactly(4, error)],
  [codes.IGTK, withKey(8, INTEGRITY_KEY_SIZES, integrityKey('igtk'))],
  [codes.KEY_ID, exactly(2, keyId)],
  [codes.OPERATING_CHANNEL, exactly(3, operatingChannel)],
  [codes.BIGTK, withKey(8, INTEGRITY_KEY_SIZES, integrityKey('bigtk'))],
  [codes.MLO_GTK, withKey(7, GROUP_KEY_SIZES, mloGtk)],
  [codes.MLO_IGTK, withKey(9, INTEGRITY_KEY_SIZES, linkIntegrityKey('mloIgtk'))],
  [codes.MLO_BIGTK, withKey(9, INTEGRITY_KEY_SIZES, linkIntegrityKey('mloBigtk'))],
  [codes.MLO_LINK, atLeast(7, mloLink)],
  [codes.TRANSITION_DISABLE, atLeast(1, (reader) => ({ kind: 'transitionDisable', bitmap: reader.rest('bitmap') }))],
];

const checked = ({ fits, sizes, read }: Layout): Read => {
  const expected = `${sizes} after the selector`;
  return (reader) => {
    const lengthAt = reader.at - 1;
    reader.skip(4, 'selector');
    reader.check(fits(reader.remaining), 'LENGTH', { field: 'Length', at: lengthAt, value: reader.remaining }, expected);
    return read(reader);
  };
};

/** How errors call a KDE, and how it reads. */
interface KdeReader {
  readonly name: string;
  readonly read: Read;
}

const READERS: ReadonlyMap<number, KdeReader> = new Map(
  LAYOUTS.map(([selector, layout]) => [selector, { name: kdeName(selector), read: checked(layout) }]),
);

/** How a KDE with this selector reads, from there on; `undefined` for one nobody here knows. */
export const kdeReader = (selector: number): KdeReader | undefined => READERS.get(selector);
