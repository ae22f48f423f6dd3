import { macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import type { IndicationPayload } from './indicationPayload.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { pack, u8, u32 } from './pack.js';
import { decode } from './Reader.js';

export type LinkQuality = IndicationPayload<'linkQuality'>;

const FIXED_SIZE = 12;
const ENTRY_SIZE = 7;

/** DOT11_LINK_QUALITY_PARAMETERS. Pages disagree on whether the list's size counts entries or bytes: bytes here. */
export const readLinkQuality = (bytes: Uint8Array): Decoded<LinkQuality> =>
  decode('DOT11_LINK_QUALITY_PARAMETERS', bytes, (reader) => {
    reader.need(FIXED_SIZE);
    objectHeader(reader, FIXED_SIZE);
    const size = reader.located('uLinkQualityListSize');
    const offset = reader.located('uLinkQualityListOffset');
    const links = reader.list(offset, size, ENTRY_SIZE, (entry) => ({
      peer: entry.mac('PeerMacAddr'),
      quality: entry.u8('ucLinkQuality'),
    }));
    return { links };
  });

export const writeLinkQuality = ({ links }: LinkQuality): Uint8Array =>
  pack(
    ...[defaultHeader(FIXED_SIZE), u32(links.length * ENTRY_SIZE), u32(FIXED_SIZE)],
    ...links.flatMap(({ peer, quality }) => [macToBytes(peer), u8(quality)]),
  );
