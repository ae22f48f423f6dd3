import { expect } from 'chai';
import fc from 'fast-check';
import {
  ElementExtension,
  ElementId,
  findElement,
  isVendorElement,
  isWpaElement,
  leadingElements,
  readElements,
  writeElement,
  writeExtensionElement,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';

const join = (...pieces: ReadonlyArray<Uint8Array>): Uint8Array => Uint8Array.from(pieces.flatMap((piece) => [...piece]));
const ofLength = (id: number, length: number, octet = 0): Uint8Array =>
  Uint8Array.of(id, length, ...new Array<number>(length).fill(octet));

/** Elements of a beacon of 2014 (unit/test-ie.c of iwd): fifteen of them, 252 octets. */
const BEACON = hex(`
  000c 576573314f70656e574c414e  0108 8c129824b048606c  0504 00010000
  3014 0100 000fac04 0100 000fac04 0100 000fac02 0c00  0b05 0200020000
  2d1a 6f0817ffffff ${'00'.repeat(20)}  3d16 240d16 ${'00'.repeat(19)}
  4a0e 14000a002c01c800140005001900  7f08 0100080000000040
  bf0c 3258820feaff0000eaff0000  c005 012a000000  c304 02020202
  dd31 0050f204 104a000110 1044000102 10470010 98421305236ede3afa130a79440fab43
  103c000103 1049000600372a000120
  dd09 001018 02 02001c0000
  dd18 0050f202 0101800003a4000027a4000042435e0062322f00
`);

describe('elements', () => {
  it('are read end to end, and their bytes laid end to end are what was read', () => {
    const elements = decoded(readElements(hex('0003 616263 30020100 dd0400904c33 ff0120')));
    expectSame(elements, [
      { id: 0, body: hex('616263'), bytes: hex('0003616263') },
      { id: 48, body: hex('0100'), bytes: hex('30020100') },
      { id: 221, body: hex('00904c33'), bytes: hex('dd0400904c33') },
      { id: 255, extension: 32, body: hex(''), bytes: hex('ff0120') },
    ]);
  });

  it('the beacon iwd is tested with has fifteen', () => {
    expect(BEACON).to.have.length(252);
    const elements = decoded(readElements(BEACON));
    expect(elements).to.have.length(15);
    expectBytes(join(...elements.map(({ bytes }) => bytes)), BEACON);
    expectBytes(findElement(elements, ElementId.codes.RSN)?.body ?? hex(''), hex('0100000fac040100000fac040100000fac020c00'));
  });

  // The verdicts of hostap's src/common/common_module_tests.c on what is malformed as a list of elements.
  it('without an octet of content are elements still, an extension without a number too', () => {
    for (const [bytes, count] of [
      ['', 0],
      ['ff00', 1],
      ['dd03010203', 1],
      ['1001002100', 2],
      ['2400', 1],
      ['03002a00360037003800 2d003d00bf00c000', 9],
    ] as const)
      expect(decoded(readElements(hex(bytes))), bytes).to.have.length(count);
    const [empty] = decoded(readElements(hex('ff00')));
    expectSame(empty, { id: 255, body: hex(''), bytes: hex('ff00') });
  });

  it('of which the last is cut short are an error that names it', () => {
    expect(refusal(readElements(hex('20')))).to.include({ code: 'TRUNCATED', field: 'Length', offset: 1 });
    expect(refusal(readElements(hex('0001 61 30 14 0100')))).to.include({ code: 'TRUNCATED', field: 'RSN', offset: 5 });
    expect(refusal(readElements(hex('c802 61'))).field).to.equal('element 200');
    expect(refusal(readElements(hex('ff01'))).code).to.equal('TRUNCATED');
  });

  it('before the damage can be had all the same', () => {
    expect(leadingElements(hex('0001 61 30 14 0100')).map(({ id }) => id)).to.deep.equal([0]);
    expect(leadingElements(hex('0001 61 30'))).to.have.length(1);
    expect(leadingElements(hex('0001 61'))).to.have.length(1);
    expect(leadingElements(hex('20'))).to.deep.equal([]);
  });

  it('of random bytes: the leading ones are a prefix, and all of it when nothing is wrong', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const leading = leadingElements(bytes);
        const laid = join(...leading.map((element) => element.bytes));
        expectBytes(laid, bytes.subarray(0, laid.length));
        const read = readElements(bytes);
        expect(read._tag === 'Right').to.equal(laid.length === bytes.length);
        if (read._tag === 'Left') expect(read.left.offset).to.be.within(0, bytes.length);
      }),
    );
  });

  it('are copies of what was read', () => {
    const bytes = hex('0001 61');
    const [element] = decoded(readElements(bytes));
    bytes.fill(0);
    expectSame(element, { id: 0, body: hex('61'), bytes: hex('000161') });
  });

  it('are found by ID, and those with ID 255 by their extension', () => {
    const elements = decoded(readElements(hex('ff022001 ff022102 30020100 30020200')));
    const { EXTENSION, RSN } = ElementId.codes;
    expectSame(findElement(elements, RSN)?.body, hex('0100'));
    expectSame(findElement(elements, EXTENSION, ElementExtension.codes.PASSWORD_IDENTIFIER)?.body, hex('02'));
    expect(findElement(elements, EXTENSION)).to.equal(undefined);
    expect(findElement(elements, 61)).to.equal(undefined);
  });

  it('of a vendor are told apart by OUI and type', () => {
    const [wpa, wmm, short, ssid] = decoded(readElements(hex('dd050050f20100 dd050050f20200 dd030050f2 00040050f201')));
    if (wpa === undefined || wmm === undefined || short === undefined || ssid === undefined) return expect.fail('four elements');
    expect([wpa, wmm, short, ssid].map(isWpaElement)).to.deep.equal([true, false, false, false]);
    expect(isVendorElement(wmm, 0x0050f202)).to.equal(true);
    const others = decoded(readElements(hex('dd04ffffffff dd04fffffffe dd04fffffeff dd04fffeffff dd04feffffff')));
    expect(others.map((element) => isVendorElement(element, 0xffffffff))).to.deep.equal([true, false, false, false, false]);
  });

  it('are written whole, and refused where their length does not fit', () => {
    expectBytes(written(writeElement('x', 48, hex('01'), hex('00'))), hex('30020100'));
    expectBytes(written(writeExtensionElement('x', 93, hex('aa'))), hex('ff025daa'));
    expect(written(writeElement('x', 1, new Uint8Array(255)))).to.have.length(257);
    expect(writeElement('x', 1, new Uint8Array(256))._tag).to.equal('Left');
    expect(writeExtensionElement('x', 1, new Uint8Array(255))._tag).to.equal('Left');
  });
});

/** The cases of net/wireless/tests/fragmentation.c of Linux. */
describe('elements in fragments', () => {
  const { FRAGMENT, EXTENSION } = ElementId.codes;
  const first = (length: number) => join(Uint8Array.of(EXTENSION, length, 107), new Uint8Array(length - 1).fill(0x11));

  it('an element that is not full has none', () => {
    const elements = decoded(readElements(join(first(254), ofLength(FRAGMENT, 7))));
    expect(elements.map(({ id, body }) => [id, body.length])).to.deep.equal([
      [EXTENSION, 253],
      [FRAGMENT, 7],
    ]);
  });

  it('a full element has one, and a fragment that is not full is the last', () => {
    const bytes = join(first(255), ofLength(FRAGMENT, 7, 0xaa), ofLength(FRAGMENT, 1));
    const elements = decoded(readElements(bytes));
    expect(elements.map(({ id, body }) => [id, body.length])).to.deep.equal([
      [EXTENSION, 254 + 7],
      [FRAGMENT, 1],
    ]);
    const [whole] = elements;
    expect(whole).to.include({ extension: 107 });
    expectBytes(whole?.body ?? hex(''), join(new Uint8Array(254).fill(0x11), new Uint8Array(7).fill(0xaa)));
    expectBytes(whole?.bytes ?? hex(''), bytes.subarray(0, 257 + 9));
  });

  it('a full fragment has one behind it', () => {
    const bytes = join(first(255), ofLength(FRAGMENT, 255), ofLength(FRAGMENT, 1), ofLength(FRAGMENT, 1));
    const sizes = decoded(readElements(bytes)).map(({ body }) => body.length);
    expect(sizes).to.deep.equal([254 + 255 + 1, 1]);
  });

  it('a full element at the end is whole', () => {
    expect(decoded(readElements(first(255))).map(({ body }) => body.length)).to.deep.equal([254]);
  });

  it('a fragment of nothing stays an element', () => {
    expect(decoded(readElements(ofLength(FRAGMENT, 3))).map(({ id }) => id)).to.deep.equal([FRAGMENT]);
  });
});
