import { expect } from 'chai';
import { AP, data, eapol, joined, llc, MESSAGE_2, MORE_FRAGMENTS, OTHER_STATION, STATION, TO_DS } from './building.js';
import { captured, hearFrames, saidIn } from './hearAll.js';

const MSDU = llc(MESSAGE_2);
const CUTS = [0, 40, 70, MSDU.length];

/** That fragment of three, from that station. */
const piece = (fragment: number, { sequence = 5, from = STATION, msdu = MSDU, flags = 0 } = {}): Uint8Array =>
  data(msdu.subarray(CUTS[fragment], CUTS[fragment + 1]), {
    ...{ flags: TO_DS | flags | (fragment < 2 ? MORE_FRAGMENTS : 0), sequence, fragment, addresses: [AP, from, AP] },
  });

const heard = (...frames: ReadonlyArray<Uint8Array>) =>
  saidIn(hearFrames(captured(105, ...frames))).map(
    (event) => event.kind === 'eapol' && [event.frame, event.station, event.packet],
  );

describe('fragments in the clear', () => {
  it('are joined, and told with the last', () => {
    expect(heard(piece(0), piece(1), piece(2))).to.deep.equal([[3, STATION, MESSAGE_2]]);
  });

  it('of several stations are kept apart', () => {
    const other = { from: OTHER_STATION };
    expect(heard(piece(0), piece(0, other), piece(1), piece(1, other), piece(2, other), piece(2))).to.deep.equal([
      [5, OTHER_STATION, MESSAGE_2],
      [6, STATION, MESSAGE_2],
    ]);
  });

  it('that were sent again count once', () => {
    const retry = { flags: 8 };
    expect(heard(piece(0), piece(0, retry), piece(1), piece(1, retry), piece(2), piece(2, retry))).to.deep.equal([
      [5, STATION, MESSAGE_2],
    ]);
  });

  it('with a gap, without a beginning, or of another frame make nothing', () => {
    expect(heard(piece(0), piece(2))).to.deep.equal([]);
    expect(heard(piece(1), piece(2))).to.deep.equal([]);
    expect(heard(piece(0), piece(1, { sequence: 6 }), piece(2))).to.deep.equal([]);
  });

  it('of what is no EAPOL are not collected', () => {
    const msdu = MSDU.with(7, 0x8f);
    expect(heard(piece(0, { msdu }), piece(1), piece(2))).to.deep.equal([]);
  });

  it('of more stations than can be followed are given up, and nothing grows', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => piece(0, { from: 0x020000001000 + index }));
    expect(heard(piece(0), ...crowd, piece(1), piece(2))).to.deep.equal([]);
    expect(heard(...crowd, piece(0), piece(1), piece(2))).to.have.length(1);
  });

  it('that never end are given up', () => {
    const long = llc(eapol(3, new Uint8Array(60_000)));
    const part = (fragment: number) =>
      data(long.subarray(fragment * 2000, fragment * 2000 + 2000), {
        flags: TO_DS | (fragment < 9 ? MORE_FRAGMENTS : 0),
        sequence: 1,
        fragment,
      });
    expect(heard(...Array.from({ length: 10 }, (_, fragment) => part(fragment)))).to.deep.equal([]);
    expect(heard(joined(part(0)))).to.deep.equal([]);
  });
});
