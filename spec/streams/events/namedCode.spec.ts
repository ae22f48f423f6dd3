import { expect } from 'chai';
import fc from 'fast-check';
import { codeSpace } from '../../../streams/events/namedCode.js';

const Space = codeSpace('test code', { OK: 0, CANCELLED: 1223, ALIAS: 1223 }, [{ name: 'BASE', first: 0x10000, last: 0x1ffff }]);
const u32 = fc.integer({ min: 0, max: 0xffffffff });

const decoded = (json: unknown): number | undefined => {
  const result = Space.decode(json);
  return result._tag === 'Right' ? result.right : undefined;
};

describe('codeSpace', () => {
  it('shows name and hex', () => {
    expect(Space.show(1223)).to.equal('CANCELLED (0x000004C7)');
    expect(Space.show(0x10003)).to.equal('BASE+3 (0x00010003)');
    expect(Space.show(77)).to.equal('UNNAMED (0x0000004D)');
  });

  it('names a code by the first of its names, a range by its offset, and nothing else', () => {
    expect(Space.nameOf(1223)).to.equal('CANCELLED');
    expect(Space.nameOf(0x1ffff)).to.equal('BASE+65535');
    expect(Space.nameOf(0x20000)).to.equal(undefined);
  });

  it('pads the hex to the width of its space', () => {
    expect(codeSpace('narrow', { ONE: 1 }, [], 2).show(1)).to.equal('ONE (0x01)');
  });

  for (const text of ['1223', '0x4c7', '0x4C7', 'CANCELLED', 'ALIAS', 'CANCELLED (0x000004C7)']) {
    it(`reads ${text}`, () => {
      expect(Space.parse(text)).to.equal(1223);
      expect(decoded(text)).to.equal(1223);
    });
  }

  it('reads an offset into a range', () => {
    expect(Space.parse('BASE+3')).to.equal(0x10003);
    expect(Space.parse('BASE+65535')).to.equal(0x1ffff);
  });

  const refused = [
    ['a name nobody gave', 'NOBODY'],
    ['a name of Object.prototype', 'toString'],
    ['an offset past its range', 'BASE+65536'],
    ['an offset into no range', 'OTHER+1'],
    ['a range without an offset', 'BASE'],
    ['an offset that is no number', 'BASE+x'],
    ['a name that disagrees with its number', 'OK (0x000004C7)'],
    ['the second name of a shown code', 'ALIAS (0x000004C7)'],
    ['a number of more than 32 bits', '0x100000000'],
    ['a negative number', -1],
    ['a fraction', 1.5],
    ['nothing', ''],
    ['no text and no number', null],
  ] as const;
  for (const [what, value] of refused) {
    it(`refuses ${what}`, () => {
      expect(decoded(value)).to.equal(undefined);
    });
  }

  it('says what it would have accepted', () => {
    const result = Space.decode('NOBODY');
    expect(result._tag === 'Left' && result.left[0]?.message).to.equal('not a test code: give a number, 0x…, or its name');
  });

  it('reads back whatever it shows', () => {
    fc.assert(
      fc.property(u32, (code) => {
        expect(Space.parse(Space.show(code))).to.equal(code);
        expect(decoded(Space.encode(code))).to.equal(code);
        expect(decoded(code)).to.equal(code);
      }),
    );
  });
});
