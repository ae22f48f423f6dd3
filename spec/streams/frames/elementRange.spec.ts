import { expect } from 'chai';
import fc from 'fast-check';
import {
  beaconElements,
  copyElement,
  copyExtensionElement,
  copyWpaElement,
  ElementExtension,
  ElementId,
  elementsIn,
  isWpaElement,
  readAssociationRequest,
  readAssociationResponse,
  readBeaconBody,
  requestElements,
  responseElements,
} from '../../../streams/frames/index.js';
import { decoded, expectSame } from './expectations.js';
import { hex } from './hex.js';

const SSID = '0003 616263';
const RSNE = '3002 0100';
const WPA = 'dd06 0050f2010100';
const MULTI_LINK = 'ff02 6b00';

const range = (text: string) => ({ frame: hex(text), from: 0 });

/** Mostly elements, and few enough kinds of them that one is found. */
const octets = fc
  .array(fc.tuple(fc.constantFrom(0, 48, 221, 255), fc.uint8Array({ maxLength: 6 })), { maxLength: 6 })
  .chain((elements) => fc.tuple(fc.constant(elements), fc.uint8Array({ maxLength: 3 })))
  .map(([elements, rest]) => Uint8Array.of(...elements.flatMap(([id, body]) => [id, body.length, ...body]), ...rest));

describe('elements where they stand in a frame', () => {
  it('are found behind the fixed fields, which only in a reassociation name another access point', () => {
    const [request, response, beacon] = ['11000a00', '110000000100', '0000000000000000 6400 1100'];
    const current = '020000000001';
    expectSame(copyElement(requestElements(hex(request + SSID + RSNE), false), 48), hex(RSNE));
    expectSame(copyElement(requestElements(hex(request + current + SSID + RSNE), true), 48), hex(RSNE));
    expectSame(copyElement(responseElements(hex(response + RSNE)), 48), hex(RSNE));
    expect(copyElement(beaconElements(hex(beacon + RSNE)) ?? range(''), 48)).to.deep.equal(hex(RSNE));
  });

  it('begin where the readers of the whole frames have them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 20 }), octets, (fields, elements) => {
        const frame = Uint8Array.of(...fields, ...elements);
        const rest = (from: number) => frame.subarray(from);
        const { from: request } = requestElements(frame, false);
        const { from: reassociation } = requestElements(frame, true);
        expectSame(rest(request), decoded(readAssociationRequest(frame, false)).elements);
        expectSame(rest(reassociation), decoded(readAssociationRequest(frame, true)).elements);
        expectSame(rest(responseElements(frame).from), decoded(readAssociationResponse(frame)).elements);
        expectSame(rest(beaconElements(frame)?.from ?? 0), decoded(readBeaconBody(frame)).elements);
      }),
    );
  });

  it('of a beacon that ends within its fixed fields there are none', () => {
    expect(beaconElements(new Uint8Array(11))).to.equal(undefined);
    expect(copyElement(requestElements(new Uint8Array(3), false), 0)).to.equal(undefined);
  });

  it('are found by ID, by extension, and WPA1 by its OUI and type', () => {
    const elements = range(`${SSID}dd040050f202dd03 0050f2${WPA}${MULTI_LINK}dd06 0050f2010200`);
    expectSame(copyElement(elements, ElementId.codes.SSID), hex(SSID));
    expectSame(copyWpaElement(elements), hex(WPA));
    expectSame(copyExtensionElement(elements, ElementExtension.codes.MULTI_LINK), hex(MULTI_LINK));
    expect(copyExtensionElement(elements, ElementExtension.codes.OWE_DH)).to.equal(undefined);
    expect(copyElement(elements, ElementId.codes.RSN)).to.equal(undefined);
  });

  it('an extension element without its extension is none', () => {
    expect(copyExtensionElement(range('ff00 6b00'), ElementExtension.codes.MULTI_LINK)).to.equal(undefined);
  });

  it('behind a damage are not looked at', () => {
    expect(copyElement(range(`${SSID} 31ff ${RSNE}`), 48)).to.equal(undefined);
  });

  it('are copies: the frame may be used for something else', () => {
    const elements = range(RSNE);
    const rsne = copyElement(elements, 48);
    elements.frame.fill(0);
    expectSame(rsne, hex(RSNE));
  });

  it('are the first of those a list has', () => {
    fc.assert(
      fc.property(octets, (frame) => {
        const elements = { frame, from: 0 };
        const listed = elementsIn(elements);
        for (const id of [0, 48, 221]) expectSame(copyElement(elements, id), listed.find((each) => each.id === id)?.bytes);
        expectSame(copyWpaElement(elements), listed.find(isWpaElement)?.bytes);
        for (const extension of [0, 1, 107])
          expectSame(copyExtensionElement(elements, extension), listed.find((each) => each.extension === extension)?.bytes);
      }),
    );
  });
});
