import { expect } from 'chai';
import type { MacAddress } from '../../../streams/events/index.js';
import {
  ElementId,
  findMultiLink,
  leadingElements,
  type MultiLink,
  readElements,
  readMultiLink,
  writeMultiLink,
} from '../../../streams/frames/index.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

const MLD = '02:00:00:00:01:00' as MacAddress;
const STATION = '02:00:00:00:00:05' as MacAddress;

const body = (bytes: Uint8Array): Uint8Array => {
  const [element, ...more] = leadingElements(bytes);
  expect(more).to.deep.equal([]);
  return element?.body ?? hex('');
};

/** What mac80211's KUnit test mle_defrag builds (net/mac80211/tests/elems.c): a profile of 440 octets for link 12. */
const elements = hex(`0014 ${'00'.repeat(20)}`.repeat(20));
const DEFRAGMENTED: MultiLink = {
  mldAddress: '00:00:00:00:00:00' as MacAddress,
  perStation: [{ linkId: 12, complete: true, bytes: elements }],
};

describe('Basic Multi-Link element', () => {
  it('reads the shortest: an address', () => {
    const bytes = hex('ff0a 6b 0000 07 020000000100');
    expectSame(decoded(readMultiLink(body(bytes))), { mldAddress: MLD, perStation: [] });
    expectBytes(written(writeMultiLink({ mldAddress: MLD, perStation: [] })), bytes);
  });

  it('reads all of Common Info, and what a later amendment adds to it is passed over', () => {
    const common = '020000000100 03 2a 1122 3344 5566 07 7788';
    const value = {
      mldAddress: MLD,
      linkId: 3,
      bssParametersChangeCount: 0x2a,
      mediumSyncDelay: 0x2211,
      emlCapabilities: 0x4433,
      mldCapabilities: 0x6655,
      apMldId: 7,
      extendedMldCapabilities: 0x8877,
      perStation: [],
    };
    expectSame(decoded(readMultiLink(hex(`f007 12 ${common}`))), value);
    expectBytes(body(written(writeMultiLink(value))), hex(`f007 12 ${common}`));
    expectSame(decoded(readMultiLink(hex(`f00f 15 ${common} aabbcc`))), value);
  });

  it('reads the link in the low half of its octet', () => {
    expect(decoded(readMultiLink(hex('1000 08 020000000100 f3'))).linkId).to.equal(3);
  });

  it('reads profiles: whether complete, with or without address, and passes over the rest of STA Info', () => {
    const value = decoded(
      readMultiLink(
        hex(`0000 07 020000000100
          0009 3200 07 020000000005
          000d 6100 09 020000000005 6400 3114
          0005 0f00 01 abcd
          dd03 506f9a`),
      ),
    );
    expectSame(value.perStation, [
      { linkId: 2, complete: true, address: STATION, bytes: hex('') },
      { linkId: 1, complete: false, address: STATION, bytes: hex('3114') },
      { linkId: 15, complete: false, bytes: hex('abcd') },
    ]);
  });

  it('joins fragments of elements and, inside them, of profiles, as mac80211 does', () => {
    const bytes = written(writeMultiLink(DEFRAGMENTED));
    const pieces: Array<readonly [number, number]> = [];
    for (let at = 0; at < bytes.length; at += 2 + (bytes[at + 1] ?? 0)) pieces.push([bytes[at] ?? 0, bytes[at + 1] ?? 0]);
    expect(pieces).to.deep.equal([
      [ElementId.codes.EXTENSION, 255],
      [ElementId.codes.FRAGMENT, 1 + 2 + 7 + 2 + 3 + 440 + 2 - 255],
    ]);
    // ml_basic_len of that test.
    expect(body(bytes)).to.have.length(2 + 7 + 2 + 3 + 20 * 22 + 2);
    expectSame(decoded(readMultiLink(body(bytes))), DEFRAGMENTED);
  });

  it('of another type is refused, and not found', () => {
    expect(refusal(readMultiLink(hex('0100 07 020000000100')))).to.include({
      code: 'VALUE',
      field: 'Multi-Link Control',
      offset: 0,
    });
    const found = findMultiLink(decoded(readElements(hex('ff01 6b ff0a6b0200 07 020000000200 ff0a6b0000 07 020000000100'))));
    expectSame(found?.body, hex('0000 07 020000000100'));
    expect(findMultiLink(decoded(readElements(hex('ff0a6b0200 07 020000000200 ff02 2000'))))).to.equal(undefined);
  });

  it('is refused when lengths contradict each other', () => {
    expect(refusal(readMultiLink(hex('0000 06 020000000100')))).to.include({
      code: 'LENGTH',
      field: 'Common Info Length',
      offset: 2,
    });
    expect(refusal(readMultiLink(hex('0000 00 020000000100')))).to.include({
      code: 'LENGTH',
      field: 'Common Info Length',
      offset: 2,
    });
    expect(refusal(readMultiLink(hex('0000 08 020000000100')))).to.include({
      code: 'TRUNCATED',
      field: 'Common Info',
      offset: 3,
    });
    expect(refusal(readMultiLink(hex('1000 07 020000000100')))).to.include({
      code: 'TRUNCATED',
      field: 'Link ID Info',
      offset: 9,
    });
    const common = '0000 07 020000000100';
    expect(refusal(readMultiLink(hex(`${common} 0009 3200`)))).to.include({ code: 'TRUNCATED', field: 'Link Info', offset: 11 });
    const profile = { structure: 'Per-STA Profile' };
    expect(refusal(readMultiLink(hex(`${common} 0001 32`)))).to.include({ ...profile, field: 'STA Control', offset: 0 });
    expect(refusal(readMultiLink(hex(`${common} 0003 0200 00`)))).to.include({ ...profile, field: 'STA Info Length', offset: 2 });
    expect(refusal(readMultiLink(hex(`${common} 0003 0200 02`)))).to.include({ ...profile, field: 'STA Info', offset: 3 });
    expect(refusal(readMultiLink(hex(`${common} 0003 2200 01`)))).to.include({ ...profile, field: 'STA MAC Address', offset: 3 });
  });

  it('there and back', () => {
    roundTrips(arbitrary.multiLink, writeMultiLink, (bytes) => readMultiLink(body(bytes)));
  });

  it('is not written with a link beyond 15', () => {
    const link = { linkId: 16, complete: true, bytes: hex('') };
    for (const value of [
      { mldAddress: MLD, linkId: 16, perStation: [] },
      { mldAddress: MLD, perStation: [link] },
    ])
      expect(writeMultiLink(value)).to.have.nested.include({ _tag: 'Left', 'left.field': 'Link ID' });
  });
});
