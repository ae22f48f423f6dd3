import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { joinFragments, type Piece, writeFragmented } from './fragmentation.js';
import { pack, u8, u16 } from './pack.js';
import { decode, type Reader } from './Reader.js';

/** What a Multi-Link element says of a link the frame is not on (IEEE 802.11be 9.4.2.322.2.4). */
export interface PerStationProfile {
  readonly linkId: number;
  /** The profile tells all of the link, not only what changed. */
  readonly complete: boolean;
  /** The station's or access point's address on that link. */
  readonly address?: MacAddress;
  /** STA Profile: fields and elements as in the frame around them. */
  readonly bytes: Uint8Array;
}

const STRUCTURE = 'Per-STA Profile';
const PER_STATION = 0;
const FRAGMENT = 254;

/** STA Control. */
const LINK_ID_MASK = 0x000f;
const COMPLETE = 0x0010;
const ADDRESS_PRESENT = 0x0020;

const piece = (reader: Reader): Piece => {
  const [id, length] = [reader.u8('Subelement ID'), reader.u8('Length')];
  const body = reader.bytes('Link Info', length);
  return { id, body, bytes: pack(u8(id), u8(length), body) };
};

/** The Per-STA Profile subelements of a Link Info field, with their fragments joined; others are passed over. */
export const perStationPieces = (reader: Reader): ReadonlyArray<Uint8Array> =>
  joinFragments(reader.repeat(piece), FRAGMENT).flatMap(({ id, body }) => (id === PER_STATION ? [body] : []));

/**
 * Reads one profile; an error in it counts bytes from the profile's own first. Of STA Info only the address is kept: beacon
 * timing and the like come behind it.
 */
export const readPerStationProfile = (content: Uint8Array): Decoded<PerStationProfile> =>
  decode(STRUCTURE, content, (reader) => {
    const control = reader.u16('STA Control');
    const length = { field: 'STA Info Length', at: reader.at, value: reader.u8('STA Info Length') };
    reader.check(length.value >= 1, 'LENGTH', length, 'at least 1 octet');
    const address = reader.nested(STRUCTURE, 'STA Info', length.value - 1, (info) =>
      (control & ADDRESS_PRESENT) === 0 ? {} : { address: info.mac('STA MAC Address') },
    );
    return {
      linkId: control & LINK_ID_MASK,
      complete: (control & COMPLETE) !== 0,
      ...address,
      bytes: reader.rest('STA Profile'),
    };
  });

/** The subelement, in fragments when it is longer than one holds. */
export const packPerStationProfile = ({ linkId, complete, address, bytes }: PerStationProfile): Uint8Array => {
  const control = linkId | (complete ? COMPLETE : 0) | (address === undefined ? 0 : ADDRESS_PRESENT);
  const information = address === undefined ? new Uint8Array(0) : macToBytes(address);
  return writeFragmented(PER_STATION, FRAGMENT, pack(u16(control), u8(1 + information.length), information, bytes));
};
