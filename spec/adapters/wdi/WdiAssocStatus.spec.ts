import { expect } from 'chai';
import fc from 'fast-check';
import { assocStatusFromWdi, WdiAssocStatus } from '../../../adapters/wdi/index.js';
import { AssocStatus } from '../../../streams/events/index.js';

/** The whole table of types.md section 6, with 7 as the 802.11 code at hand: [WDI, DOT11]. */
const TABLE: ReadonlyArray<readonly [number, number]> = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [5, 5],
  [6, 6],
  [7, 7],
  [10, 0xb],
  [11, 0xc],
  [13, 0x10007],
  [14, 0x20007],
  [15, 0xb],
  [30, 2],
  [31, 2],
  [40, 2],
  [41, 2],
  [42, 1],
  [43, 1],
  [44, 0x30007],
  [45, 1],
  [50, 2],
  [51, 2],
  [52, 1],
  [53, 1],
  [54, 0x30007],
  [55, 1],
  [60, 9],
  [61, 1],
  [62, 2],
  [63, 1],
];

describe('assocStatusFromWdi', () => {
  for (const [wdi, dot11] of TABLE) {
    it(`R196: ${WdiAssocStatus.show(wdi)} becomes ${AssocStatus.show(dot11)}`, () => {
      expect(assocStatusFromWdi(wdi, 7)).to.equal(dot11);
    });
  }

  it('R196: the table names every WDI status there is', () => {
    expect(TABLE.map(([wdi]) => wdi)).to.have.members(Object.values(WdiAssocStatus.codes));
  });

  it('R196: a peer that gave no reason gave reason 1, unspecified', () => {
    expect(assocStatusFromWdi(13)).to.equal(0x10001);
    expect(assocStatusFromWdi(14)).to.equal(0x20001);
    expect(assocStatusFromWdi(54)).to.equal(0x30001);
  });

  it('R196: a number without a meaning is a failure, never a success', () => {
    const known = new Set<number>(Object.values(WdiAssocStatus.codes));
    const unknown = fc.integer({ min: 0, max: 0xffffffff }).filter((status) => !known.has(status));
    fc.assert(fc.property(unknown, (status) => assocStatusFromWdi(status, 0) === AssocStatus.codes.FAILURE));
  });

  it('R196: a reason never leaves its range', () => {
    const reason = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(reason, (code) => assocStatusFromWdi(13, code) >>> 16 === 1 && assocStatusFromWdi(14, code) >>> 16 === 2),
    );
  });
});
