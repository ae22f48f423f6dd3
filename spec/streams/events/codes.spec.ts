import { expect } from 'chai';
import fc from 'fast-check';
import * as codes from '../../../streams/events/codes.js';
import type { CodeSpace } from '../../../streams/events/namedCode.js';

const isSpace = (value: unknown): value is CodeSpace => typeof value === 'object' && value !== null && 'parse' in value;
const spaces = Object.entries(codes).flatMap(([name, value]) => (isSpace(value) ? [[name, value] as const] : []));

describe('codes', () => {
  for (const [name, space] of spaces) {
    describe(name, () => {
      it('reads every name, and every code as it shows it', () => {
        for (const [member, code] of Object.entries<number>(space.codes)) {
          expect(space.parse(member)).to.equal(code);
          expect(space.parse(space.show(code))).to.equal(code);
        }
      });

      it('gives no number two names', () => {
        const numbers = Object.values<number>(space.codes);
        expect(new Set(numbers).size).to.equal(numbers.length);
      });

      it('round-trips any 32-bit number', () => {
        fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (code) => space.parse(space.show(code)) === code));
      });
    });
  }

  it('has the suggested reasons at their documented numbers', () => {
    const { MSMSEC } = codes;
    expect(MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED).to.equal(0x48014);
    expect(MSMSEC.MSMSEC_KEY_START_TIMEOUT).to.equal(0x48004);
    expect(MSMSEC.MSMSEC_KEY_SUCCESS_TIMEOUT).to.equal(0x48005);
    expect(MSMSEC.MSMSEC_NO_AUTHENTICATOR).to.equal(0x4800f);
    expect(MSMSEC.MSMSEC_PR_IE_MATCHING).to.equal(0x48009);
    expect(MSMSEC.MSMSEC_M3_MISSING_GRP_KEY).to.equal(0x48008);
    expect(MSMSEC.MSMSEC_NIC_FAILURE).to.equal(0x48010);
    expect(MSMSEC.MSMSEC_CANCELLED).to.equal(0x48011);
    expect(codes.L2Reason.codes.UNKNOWN).to.equal(0x10001);
  });

  it('R196: splits an association status into its group and the 802.11 reason in its low half', () => {
    expect(codes.AssocStatus.nameOf(0x00010003)).to.equal('PEER_DEAUTHENTICATED+3');
    expect(codes.AssocStatus.nameOf(0x00020008)).to.equal('PEER_DISASSOCIATED+8');
    expect(codes.AssocStatus.nameOf(0x00030011)).to.equal('ASSOCIATION_RESPONSE+17');
  });

  it('knows the cancellation as 1223', () => {
    expect(codes.Win32.codes.ERROR_CANCELLED).to.equal(1223);
  });

  it('numbers the 802.1X results as the module does', () => {
    expect(codes.OneXResult.codes).to.deep.equal({ SUCCESS: 0, FAILURE: 1, IN_PROGRESS: 2 });
  });

  it('numbers the nine session events from 1', () => {
    expect(Object.values(codes.SessionEvent.codes)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('bounds the reasons of an IHV and of 802.1X', () => {
    for (const [reason, ihv, oneX] of [
      [0x8ffff, false, false],
      [0x90000, true, false],
      [0x9ffff, true, false],
      [0xa0000, false, false],
      [0x50000, false, false],
      [0x50001, false, true],
      [0x5ffff, false, true],
      [0x60000, false, false],
    ] as const) {
      expect(codes.isIhvReason(reason), codes.L2Reason.show(reason)).to.equal(ihv);
      expect(codes.isOneXReason(reason), codes.L2Reason.show(reason)).to.equal(oneX);
    }
  });
});
