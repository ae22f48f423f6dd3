import { type Either, map, right } from 'fp-ts/lib/Either.js';
import type { MacAddress } from '../events/index.js';
import { macToBytes } from '../events/index.js';
import { type Decoded, type DecodeError, type Encoded, unwritable } from './DecodeError.js';
import { type Element, ElementExtension, ElementId } from './element.js';
import { writeFragmented } from './fragmentation.js';
import { pack, u8, u16 } from './pack.js';
import { type PerStationProfile, packPerStationProfile, perStationPieces, readPerStationProfile } from './perStationProfile.js';
import { decode, type Reader } from './Reader.js';

/**
 * The Basic Multi-Link element (IEEE 802.11be 9.4.2.322.2): a multi-link device and its links besides the one the frame is on.
 *
 * @since 0.2.0
 */
export interface MultiLink {
  readonly mldAddress: MacAddress;
  /** The link the frame is on; an AP says so. */
  readonly linkId?: number;
  readonly bssParametersChangeCount?: number;
  readonly mediumSyncDelay?: number;
  readonly emlCapabilities?: number;
  readonly mldCapabilities?: number;
  readonly apMldId?: number;
  readonly extendedMldCapabilities?: number;
  readonly perStation: ReadonlyArray<PerStationProfile>;
}

const STRUCTURE = 'Basic Multi-Link element';
const TYPE_MASK = 0x7;
const BASIC = 0;
const LINK_ID_MASK = 0xf;
/** Its own octet and the MLD MAC address. */
const COMMON_MIN = 7;

/** Multi-Link Control from bit 4: what Common Info has besides the address, in this order. */
const PRESENCE = {
  linkId: 0x0010,
  bssParametersChangeCount: 0x0020,
  mediumSyncDelay: 0x0040,
  emlCapabilities: 0x0080,
  mldCapabilities: 0x0100,
  apMldId: 0x0200,
  extendedMldCapabilities: 0x0400,
} as const;

type Common = Omit<MultiLink, 'perStation'>;

const commonInfo = (reader: Reader, control: number): Common => {
  const has = (name: keyof typeof PRESENCE) => (control & PRESENCE[name]) !== 0;
  return {
    mldAddress: reader.mac('MLD MAC Address'),
    ...(has('linkId') ? { linkId: reader.u8('Link ID Info') & LINK_ID_MASK } : {}),
    ...(has('bssParametersChangeCount') ? { bssParametersChangeCount: reader.u8('BSS Parameters Change Count') } : {}),
    ...(has('mediumSyncDelay') ? { mediumSyncDelay: reader.u16('Medium Synchronization Delay Information') } : {}),
    ...(has('emlCapabilities') ? { emlCapabilities: reader.u16('EML Capabilities') } : {}),
    ...(has('mldCapabilities') ? { mldCapabilities: reader.u16('MLD Capabilities And Operations') } : {}),
    ...(has('apMldId') ? { apMldId: reader.u8('AP MLD ID') } : {}),
    ...(has('extendedMldCapabilities')
      ? { extendedMldCapabilities: reader.u16('Extended MLD Capabilities And Operations') }
      : {}),
  };
};

const read = (reader: Reader) => {
  const control = { field: 'Multi-Link Control', at: reader.at, value: reader.u16('Multi-Link Control') };
  reader.check((control.value & TYPE_MASK) === BASIC, 'VALUE', control, 'the Basic type');
  const length = { field: 'Common Info Length', at: reader.at, value: reader.u8('Common Info Length') };
  reader.check(length.value >= COMMON_MIN, 'LENGTH', length, `at least ${COMMON_MIN} octets`);
  const common = reader.nested('Common Info', 'Common Info', length.value - 1, (inner) => commonInfo(inner, control.value));
  return { common, pieces: perStationPieces(reader) };
};

/** Every profile, or the error of the first that is none. */
const profiles = (pieces: ReadonlyArray<Uint8Array>): Either<DecodeError, ReadonlyArray<PerStationProfile>> => {
  const found: PerStationProfile[] = [];
  for (const piece of pieces) {
    const profile = readPerStationProfile(piece);
    if (profile._tag === 'Left') return profile;
    found.push(profile.right);
  }
  return right(found);
};

/**
 * Reads what follows the element ID extension of a Basic Multi-Link element; the other types are refused (VALUE).
 *
 * @since 0.2.0
 */
export const readMultiLink = (body: Uint8Array): Decoded<MultiLink> => {
  const parts = decode(STRUCTURE, body, read);
  if (parts._tag === 'Left') return parts;
  const { common, pieces } = parts.right;
  return map((perStation: ReadonlyArray<PerStationProfile>): MultiLink => ({ ...common, perStation }))(profiles(pieces));
};

/**
 * The first Multi-Link element of the Basic type: a frame may carry one of another type before it.
 *
 * @since 0.2.0
 */
export const findMultiLink = (elements: ReadonlyArray<Element>): Element | undefined =>
  elements.find(
    ({ id, extension, body }) =>
      id === ElementId.codes.EXTENSION &&
      extension === ElementExtension.codes.MULTI_LINK &&
      body[0] !== undefined &&
      (body[0] & TYPE_MASK) === BASIC,
  );

const presenceOf = (common: Common): number =>
  (Object.keys(PRESENCE) as ReadonlyArray<keyof typeof PRESENCE>)
    .filter((name) => common[name] !== undefined)
    .reduce((bits, name) => bits | PRESENCE[name], BASIC);

const packCommon = (common: Common): Uint8Array => {
  const octet = (value: number | undefined) => (value === undefined ? new Uint8Array(0) : u8(value));
  const pair = (value: number | undefined) => (value === undefined ? new Uint8Array(0) : u16(value));
  return pack(
    ...[macToBytes(common.mldAddress), octet(common.linkId), octet(common.bssParametersChangeCount)],
    ...[pair(common.mediumSyncDelay), pair(common.emlCapabilities), pair(common.mldCapabilities)],
    ...[octet(common.apMldId), pair(common.extendedMldCapabilities)],
  );
};

/**
 * The whole element, in fragments when it is longer than one holds.
 *
 * @since 0.2.0
 */
export const writeMultiLink = ({ perStation, ...common }: MultiLink): Encoded => {
  const wrong = [common, ...perStation].find(({ linkId = 0 }) => linkId > LINK_ID_MASK);
  if (wrong !== undefined) return unwritable(STRUCTURE, 'Link ID', 'at most 15', String(wrong.linkId));
  const information = packCommon(common);
  const content = pack(
    ...[u8(ElementExtension.codes.MULTI_LINK), u16(presenceOf(common)), u8(1 + information.length), information],
    ...perStation.map(packPerStationProfile),
  );
  return right(writeFragmented(ElementId.codes.EXTENSION, ElementId.codes.FRAGMENT, content));
};
