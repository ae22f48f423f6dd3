import { expect } from 'chai';
import { readAssociationCompletion, writeAssociationCompletion } from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal } from './expectations.js';
import { changed } from './hex.js';
import { FULL_ASSOCIATION, FULL_ASSOCIATION_VALUE, SHORT_ASSOCIATION, SHORT_ASSOCIATION_VALUE } from './samples.js';

const u32 = (value: number): ReadonlyArray<number> => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];

const type = (value: number) => changed(FULL_ASSOCIATION, 0, value);
const revision = (value: number) => changed(FULL_ASSOCIATION, 1, value);
const headerSize = (value: number) => changed(FULL_ASSOCIATION, 2, value & 0xff, value >>> 8);

/** Every offset and size member, where it lies (types.md, offsets of the structure). */
const MEMBERS = {
  uAssocReqOffset: 20,
  uAssocReqSize: 24,
  uAssocRespOffset: 28,
  uAssocRespSize: 32,
  uBeaconOffset: 36,
  uBeaconSize: 40,
  uIHVDataOffset: 44,
  uIHVDataSize: 48,
  uActivePhyListOffset: 64,
  uActivePhyListSize: 68,
  uEncapTableOffset: 80,
  uEncapTableSize: 84,
} as const;
type Member = keyof typeof MEMBERS;
const members = Object.keys(MEMBERS) as ReadonlyArray<Member>;
const withMember = (member: Member, value: number) => changed(FULL_ASSOCIATION, MEMBERS[member], ...u32(value));

describe('association completion', () => {
  it('R35: reads the 96-byte layout with all six blocks', () => {
    expectSame(decoded(readAssociationCompletion(FULL_ASSOCIATION)), FULL_ASSOCIATION_VALUE);
  });

  it('R35: reads the 88-byte layout, whose management cipher is NONE', () => {
    expectSame(decoded(readAssociationCompletion(SHORT_ASSOCIATION)), SHORT_ASSOCIATION_VALUE);
  });

  it('R35: goes by the size, not by the revision (C26)', () => {
    expect(decoded(readAssociationCompletion(revision(1))).managementCipher).to.equal(6);
    expect(decoded(readAssociationCompletion(headerSize(88))).managementCipher).to.equal(0);
  });

  it('R35: writes both layouts', () => {
    expectBytes(writeAssociationCompletion(FULL_ASSOCIATION_VALUE), FULL_ASSOCIATION);
    expectBytes(writeAssociationCompletion(SHORT_ASSOCIATION_VALUE, 1), SHORT_ASSOCIATION);
  });

  it('R33: keeps nothing of the buffer it read', () => {
    const buffer = FULL_ASSOCIATION.slice();
    const association = decoded(readAssociationCompletion(buffer));
    buffer.fill(0);
    expectSame(association, FULL_ASSOCIATION_VALUE);
  });

  it('R42: tells a reassociation request from a reassociation response (C27)', () => {
    const association = decoded(readAssociationCompletion(changed(FULL_ASSOCIATION, 17, 0)));
    expect(association).to.include({ reassociationRequest: true, reassociationResponse: false });
  });

  it('R34: refuses fewer than 88 bytes', () => {
    const error = refusal(readAssociationCompletion(SHORT_ASSOCIATION.subarray(0, 87)));
    expect(error).to.include({ code: 'TRUNCATED', structure: 'DOT11_ASSOCIATION_COMPLETION_PARAMETERS', offset: 87 });
    expect(error.message).to.equal(
      'DOT11_ASSOCIATION_COMPLETION_PARAMETERS.length at byte 87: expected at least 88 bytes, found 87',
    );
  });

  it('R34: refuses a header type other than 0x80', () => {
    expect(refusal(readAssociationCompletion(type(0x81)))).to.include({ code: 'HEADER', field: 'Header.Type', offset: 0 });
  });

  it('R34: refuses revision 0 and accepts a later one', () => {
    expect(refusal(readAssociationCompletion(revision(0)))).to.include({ code: 'HEADER', field: 'Header.Revision', offset: 1 });
    expectSame(decoded(readAssociationCompletion(revision(3))), FULL_ASSOCIATION_VALUE);
  });

  it('R34: refuses a header size beyond the bytes given', () => {
    const error = refusal(readAssociationCompletion(headerSize(FULL_ASSOCIATION.length + 1)));
    expect(error).to.include({ code: 'HEADER', field: 'Header.Size', offset: 2 });
  });

  it('R34: refuses a header size below the shorter layout', () => {
    expect(refusal(readAssociationCompletion(headerSize(87)))).to.include({ code: 'HEADER', field: 'Header.Size', offset: 2 });
  });

  for (const member of members.filter((name) => name.endsWith('Offset'))) {
    it(`R34: refuses ${member} outside the buffer`, () => {
      for (const offset of [FULL_ASSOCIATION.length + 4, 0x7ffffffc, 0xfffffffc]) {
        const error = refusal(readAssociationCompletion(withMember(member, offset)));
        expect(error).to.include({ code: 'OFFSET', field: member, offset: MEMBERS[member] });
        expect(error.message).to.include(`found ${offset}`);
      }
    });
  }

  for (const member of members.filter((name) => name.endsWith('Size'))) {
    it(`R34: refuses ${member} reaching beyond the buffer`, () => {
      for (const size of [FULL_ASSOCIATION.length, 0x7ffffffc, 0xfffffffc]) {
        const error = refusal(readAssociationCompletion(withMember(member, size)));
        expect(error).to.include({ code: 'OFFSET', field: member, offset: MEMBERS[member] });
      }
    });
  }

  it('R34: refuses uActivePhyListSize that is no multiple of 4', () => {
    for (const size of [1, 2, 3, 5]) {
      const error = refusal(readAssociationCompletion(withMember('uActivePhyListSize', size)));
      expect(error).to.include({ code: 'LENGTH', field: 'uActivePhyListSize', offset: 68 });
    }
  });

  it('R34: refuses uEncapTableOffset that is no multiple of 4', () => {
    for (const offset of [117, 118, 119]) {
      const error = refusal(readAssociationCompletion(withMember('uEncapTableOffset', offset)));
      expect(error).to.include({ code: 'OFFSET', field: 'uEncapTableOffset', offset: 80 });
    }
  });

  it('R34: refuses uEncapTableSize that ends inside an entry', () => {
    const error = refusal(readAssociationCompletion(withMember('uEncapTableSize', 3)));
    expect(error).to.include({ code: 'LENGTH', field: 'uEncapTableSize', offset: 84 });
  });

  it('R34: accepts a block that ends exactly where the buffer ends', () => {
    const association = decoded(readAssociationCompletion(withMember('uIHVDataSize', FULL_ASSOCIATION.length - 108)));
    expect(association.ihvData).to.have.lengthOf(16);
  });
});
