import { right } from 'fp-ts/lib/Either.js';
import { macToBytes } from '../events/index.js';
import { type Encoded, unwritable } from './DecodeError.js';
import { ElementId, writeElement } from './element.js';
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
  SSID_MAX_SIZE,
  TRANSMIT,
} from './keyDataItem.js';
import { pack, u8, u16, u16be } from './pack.js';

const { codes } = KdeSelector;

/** A field, whether it can be held, and what to say if not. */
interface Demand {
  readonly field: string;
  readonly holds: boolean;
  readonly expected: string;
  readonly found: number | string;
}

const upTo = (field: string, value: number, most: number): Demand => ({
  field,
  holds: Number.isInteger(value) && value >= 0 && value <= most,
  expected: `0 to ${most}`,
  found: value,
});

const octets = (field: string, { length }: Uint8Array, ...sizes: ReadonlyArray<number>): Demand => ({
  field,
  holds: sizes.includes(length),
  expected: `${sizes.join(' or ')} octets`,
  found: length,
});

const atLeastOne = (field: string, { length }: Uint8Array): Demand => ({
  field,
  holds: length > 0,
  expected: 'at least 1 octet',
  found: length,
});

/** A KDE is a vendor element (12.7.2): the selector's four octets count in its length. */
const kde = (selector: number, demands: ReadonlyArray<Demand>, ...body: ReadonlyArray<Uint8Array>): Encoded => {
  const name = kdeName(selector);
  const unmet = demands.find(({ holds }) => !holds);
  if (unmet !== undefined) return unwritable(name, unmet.field, unmet.expected, String(unmet.found));
  return writeElement(name, ElementId.codes.VENDOR, u16be(selector >>> 16), u16be(selector), ...body);
};

const keyFlags = ({ keyId, transmit }: ItemOf<'gtk' | 'mloGtk'>): number => keyId | (transmit ? TRANSMIT : 0);

const gtk = (item: ItemOf<'gtk'>): Encoded =>
  kde(
    codes.GTK,
    [upTo('keyId', item.keyId, KEY_ID_MASK), octets('key', item.key, ...GROUP_KEY_SIZES)],
    u16(keyFlags(item)),
    item.key,
  );

const mloGtk = (item: ItemOf<'mloGtk'>): Encoded =>
  kde(
    codes.MLO_GTK,
    [
      upTo('linkId', item.linkId, LINK_ID_MASK),
      upTo('keyId', item.keyId, KEY_ID_MASK),
      octets('packetNumber', item.packetNumber, PACKET_NUMBER_SIZE),
      octets('key', item.key, ...GROUP_KEY_SIZES),
    ],
    ...[u8((item.linkId << LINK_ID_SHIFT) | keyFlags(item)), item.packetNumber, item.key],
  );

type IntegrityItem = ItemOf<'igtk' | 'bigtk' | 'mloIgtk' | 'mloBigtk'>;

const integrityDemands = ({ keyId, packetNumber, key }: IntegrityItem): ReadonlyArray<Demand> => [
  upTo('keyId', keyId, 0xffff),
  octets('packetNumber', packetNumber, PACKET_NUMBER_SIZE),
  octets('key', key, ...INTEGRITY_KEY_SIZES),
];

const integrityKey = (selector: number, item: ItemOf<'igtk' | 'bigtk'>): Encoded =>
  kde(selector, integrityDemands(item), u16(item.keyId), item.packetNumber, item.key);

const linkIntegrityKey = (selector: number, item: ItemOf<'mloIgtk' | 'mloBigtk'>): Encoded =>
  kde(
    selector,
    [upTo('linkId', item.linkId, LINK_ID_MASK), ...integrityDemands(item)],
    ...[u16(item.keyId), item.packetNumber, u8(item.linkId << LINK_ID_SHIFT), item.key],
  );

/** Whether bytes are one element from its ID to its end. */
const isWhole = (bytes: Uint8Array): boolean => bytes.length >= 2 && bytes.length === 2 + (bytes[1] ?? 0);

const isElement = (field: string, bytes: Uint8Array | undefined, id: number): Demand => ({
  field,
  holds: bytes === undefined || (bytes[0] === id && isWhole(bytes)),
  expected: `one whole element, ${ElementId.show(id)}`,
  found: `${bytes?.length} octets from ID ${bytes?.[0]} on`,
});

const NOTHING = new Uint8Array(0);

const mloLink = ({ linkId, address, rsne, rsnxe }: ItemOf<'mloLink'>): Encoded =>
  kde(
    codes.MLO_LINK,
    [
      upTo('linkId', linkId, LINK_ID_MASK),
      isElement('rsne', rsne, ElementId.codes.RSN),
      isElement('rsnxe', rsnxe, ElementId.codes.RSNX),
    ],
    u8(linkId | (rsne ? HAS_RSNE : 0) | (rsnxe ? HAS_RSNXE : 0)),
    ...[macToBytes(address), rsne ?? NOTHING, rsnxe ?? NOTHING],
  );

const operatingChannel = (item: ItemOf<'operatingChannel'>): Encoded => {
  const fields = [item.operatingClass, item.primaryChannel, item.frequencySegment1] as const;
  const names = ['operatingClass', 'primaryChannel', 'frequencySegment1'] as const;
  const demands = names.map((name, i) => upTo(name, fields[i] ?? 0, 0xff));
  return kde(codes.OPERATING_CHANNEL, demands, Uint8Array.of(...fields));
};

const whole = (field: string, bytes: Uint8Array): Encoded =>
  isWhole(bytes)
    ? right(bytes)
    : unwritable('Key Data', field, 'an ID, a length, and that many octets', `${bytes.length} octets that are not`);

const ssid = ({ ssid: name }: ItemOf<'ssid'>): Encoded =>
  name.length === 0 || name.length > SSID_MAX_SIZE
    ? unwritable('SSID', 'ssid', `1 to ${SSID_MAX_SIZE} octets`, String(name.length))
    : writeElement('SSID', ElementId.codes.SSID, name);

const u32be = (value: number): Uint8Array => pack(u16be(value >>> 16), u16be(value));

/** The bytes of one item; what a field cannot hold is refused. */
export const writeKde = (item: KeyDataItem): Encoded => {
  switch (item.kind) {
    case 'gtk':
      return gtk(item);
    case 'macAddress':
      return kde(codes.MAC_ADDRESS, [], macToBytes(item.address));
    case 'pmkid':
      return kde(codes.PMKID, [octets('pmkid', item.pmkid, PMKID_SIZE)], item.pmkid);
    case 'lifetime':
      return kde(codes.LIFETIME, [upTo('seconds', item.seconds, 0xffffffff)], u32be(item.seconds));
    case 'error': {
      const demands = [upTo('mui', item.mui, 0xffff), upTo('errorType', item.errorType, 0xffff)];
      return kde(codes.ERROR, demands, u16be(item.mui), u16be(item.errorType));
    }
    case 'igtk':
      return integrityKey(codes.IGTK, item);
    case 'bigtk':
      return integrityKey(codes.BIGTK, item);
    case 'keyId':
      return kde(codes.KEY_ID, [upTo('keyId', item.keyId, KEY_ID_MASK)], u16(item.keyId));
    case 'operatingChannel':
      return operatingChannel(item);
    case 'transitionDisable':
      return kde(codes.TRANSITION_DISABLE, [atLeastOne('bitmap', item.bitmap)], item.bitmap);
    case 'ssid':
      return ssid(item);
    case 'mloGtk':
      return mloGtk(item);
    case 'mloIgtk':
      return linkIntegrityKey(codes.MLO_IGTK, item);
    case 'mloBigtk':
      return linkIntegrityKey(codes.MLO_BIGTK, item);
    case 'mloLink':
      return mloLink(item);
    case 'element':
      return whole('element', item.element.bytes);
    case 'unknown':
      return whole('bytes', item.bytes);
  }
};
