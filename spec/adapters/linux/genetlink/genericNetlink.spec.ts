import { expect } from 'chai';
import * as fc from 'fast-check';
import { readAcknowledgement } from '../../../../adapters/linux/genetlink/acknowledgement.js';
import {
  attributesIn,
  i32In,
  listIn,
  nestedAttribute,
  textAttribute,
  textIn,
  u8Attribute,
  u8In,
  u16Attribute,
  u16In,
  u32Attribute,
  u32In,
  u32sIn,
  u64In,
} from '../../../../adapters/linux/genetlink/attributes.js';
import { genericBody, readGeneric } from '../../../../adapters/linux/genetlink/GenericMessage.js';
import { familyRequest, readFamily } from '../../../../adapters/linux/genetlink/resolveFamily.js';
import { fromHex, toHex } from '../../../../streams/events/index.js';

const bytes = (hex: string): Uint8Array => fromHex(hex.replace(/\s/g, '')) ?? new Uint8Array(0);

const message = (hex: string, flags = 0) => ({ type: 2, flags, sequence: 1, body: bytes(hex) });

/** The header of a request of 28 octets, as the kernel repeats it. */
const REQUEST = '1c000000 2000 0500 02000000 00000000';
const CAPPED = 0x100;
const HAS_ATTRIBUTES = 0x200;

describe('generic netlink', () => {
  it('asks the controller for a family by its name', () => {
    expect(toHex(genericBody(familyRequest('nl80211')))).to.equal(toHex(bytes('03 01 0000  0c00 0200 6e6c383032313100')));
  });

  it('reads the number of a family and those of its groups', () => {
    const group = '1400 0100  0800 0200 06000000  0800 0100 6d6c6d65';
    const family = readGeneric({ body: bytes(`01 02 0000  0600 0100 2000 0000  1800 0700 ${group}`) });
    expect(family && readFamily(family)).to.deep.equal({ id: 32, groups: new Map([['mlme', 6]]) });
  });

  it('knows no family without a number, and no message without a header', () => {
    expect(readFamily({ command: 1, attributes: new Map() })).to.equal(undefined);
    expect(readGeneric({ body: Uint8Array.of(1, 0, 0) })).to.equal(undefined);
  });

  describe('attributes', () => {
    it('are padded to multiples of four, and nested ones say so', () => {
      expect(toHex(u8Attribute(8, 1))).to.equal('0500080001000000');
      expect(toHex(nestedAttribute(80, [u16Attribute(1, 0x1234)]))).to.equal('0c0050800600010034120000');
    });

    it('come back as they were written', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 0xffff }), (long, short) => {
          const pieces = [
            u32Attribute(1, long, 7),
            u16Attribute(2, short),
            u8Attribute(3, short & 0xff),
            textAttribute(4, 'a é'),
          ];
          const read = attributesIn(bytes(pieces.map(toHex).join('')));
          expect([u32In(read, 1), u32sIn(read, 1), u16In(read, 2), u8In(read, 3), textIn(read, 4)]).to.deep.equal([
            ...[long, [long, 7], short, short & 0xff, 'a é'],
          ]);
        }),
      );
    });

    it('are found by their number, of several the last, up to where they make no sense', () => {
      const read = attributesIn(bytes('ffff 0500 0100 01000000 0500 0180 02000000 0400 0300 0300 0400 0500 0500 05000000'), 2);
      expect([u8In(read, 1), read.has(3), read.has(4), read.has(5)]).to.deep.equal([2, true, false, false]);
      expect([...read.keys()]).to.deep.equal([1, 3]);
      expect(new Map(read).get(1)?.[0]).to.equal(2);
    });

    it('are not believed when they are too short for what they should hold', () => {
      const read = attributesIn(bytes('0500 0100 ff000000'));
      expect([u16In(read, 1), u32In(read, 1), i32In(read, 1), u64In(read, 1)]).to.deep.equal([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expect(listIn(undefined)).to.deep.equal([]);
    });
  });

  describe('an acknowledgement', () => {
    it('of a success has no errno', () => {
      expect(readAcknowledgement(message(`00000000 ${REQUEST}`, CAPPED))).to.deep.equal({});
    });

    it('has the cookie of what was sent', () => {
      const cookie = '0c00 0300 2a00000000000000';
      expect(readAcknowledgement(message(`00000000 ${REQUEST} ${cookie}`, CAPPED | HAS_ATTRIBUTES))).to.deep.equal({
        cookie: 42n,
      });
    });

    it('has the name of the error and the words of the kernel', () => {
      const words = '0b00 0100 6261642061 6b00 00';
      const error = `eaffffff ${REQUEST} ${words}`;
      expect(readAcknowledgement(message(error, CAPPED | HAS_ATTRIBUTES))).to.deep.equal({ errno: 'EINVAL', message: 'bad ak' });
    });

    it('may repeat the whole request before its attributes', () => {
      const words = '0800 0100 6e6f7000';
      const error = `eaffffff ${REQUEST} ${'00'.repeat(12)} ${words}`;
      expect(readAcknowledgement(message(error, HAS_ATTRIBUTES))).to.deep.equal({ errno: 'EINVAL', message: 'nop' });
    });

    it('that is cut short is no success', () => {
      expect(readAcknowledgement(message('0000')).errno).to.equal('EPROTO');
    });

    it('of whatever octets is read without a fault', () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ maxLength: 80 }),
          fc.constantFrom(0, CAPPED, HAS_ATTRIBUTES, CAPPED | HAS_ATTRIBUTES),
          (body, flags) => {
            expect(() => readAcknowledgement({ type: 2, flags, sequence: 1, body })).not.to.throw();
          },
        ),
      );
    });
  });
});
