import { expect } from 'chai';
import { BROADCAST, bytesOfMac48, type EarOptions } from '../../../streams/air/index.js';
import { hex } from '../frames/hex.js';
import { AP, joined, MORE_FRAGMENTS, management, ORDER, OTHER_AP, PROTECTED, REQUEST, STATION } from './building.js';
import { captured, hearFrames, saidIn } from './hearAll.js';

const heard = (frame: Uint8Array, options?: EarOptions) => hearFrames(captured(105, frame), options);
const fromAp = { to: STATION, from: AP };
const forAll = { to: BROADCAST, from: AP };
const who = { frame: 1, time: 1e9, station: STATION, ap: AP };
const SEALED = hex('0100002000000000 5f5f5f5f5f5f5f5f5f5f');

describe('management frames', () => {
  it('authentication, by algorithm, transaction and status', () => {
    const body = hex('0300 0100 7e00 1300');
    expect(heard(management(11, body))).to.deep.equal([
      { kind: 'authentication', ...who, from: 'station', algorithm: 3, transaction: 1, status: 126, body },
    ]);
    expect(heard(management(11, hex('0000 0200 0000'), fromAp))[0]).to.include({ from: 'ap', station: STATION, ap: AP });
    expect(heard(management(11, hex('0000 0200 00')))).to.deep.equal([]);
  });

  it('the encrypted answer to the challenge of WEP', () => {
    expect(heard(management(11, hex('a1b2c300'), { flags: PROTECTED }))).to.deep.equal([
      { kind: 'authentication', ...who, from: 'station', algorithm: 1, transaction: 3, status: 0, body: hex('') },
    ]);
  });

  it('association and reassociation requests', () => {
    expect(heard(management(0, REQUEST))).to.deep.equal([
      { kind: 'associationRequest', ...who, isReassociation: false, body: REQUEST },
    ]);
    const again = joined(REQUEST.subarray(0, 4), bytesOfMac48(OTHER_AP), REQUEST.subarray(4));
    expect(heard(management(2, again))).to.deep.equal([
      { kind: 'associationRequest', ...who, isReassociation: true, currentAp: OTHER_AP, body: again },
    ]);
    expect(heard(management(0, REQUEST.subarray(0, 3)))).to.deep.equal([]);
    expect(heard(management(2, again.subarray(0, 9)))).to.deep.equal([]);
  });

  it('their responses', () => {
    const body = hex('1104 1e00 01c0 0102 8284');
    for (const [subtype, isReassociation] of [[1, false] as const, [3, true] as const]) {
      expect(heard(management(subtype, body, fromAp))).to.deep.equal([
        { kind: 'associationResponse', ...who, isReassociation, status: 30, body },
      ]);
    }
    expect(heard(management(1, body.subarray(0, 5), fromAp))).to.deep.equal([]);
  });

  it('farewells in the clear', () => {
    for (const [subtype, isDeauthentication] of [[10, false] as const, [12, true] as const]) {
      expect(heard(management(subtype, hex('0800')))).to.deep.equal([
        { kind: 'farewell', ...who, from: 'station', isDeauthentication, reason: 8 },
      ]);
    }
    expect(heard(management(12, hex('08')))).to.deep.equal([]);
  });

  it('farewells to all, with a MIC or without', () => {
    const start = `0400 ${'00'.repeat(6)}`;
    const farewell = { kind: 'farewell', ...who, station: BROADCAST, from: 'ap', isDeauthentication: true, reason: 3 };
    for (const mic of [`4c10 ${start} ${'5f'.repeat(8)}`, `4c18 ${start} ${'5f'.repeat(16)}`]) {
      const body = joined(hex('0300'), hex(mic));
      const frame = management(12, body, forAll);
      expect(heard(frame)).to.deep.equal([{ ...farewell, signed: { header: frame.subarray(0, 24), body } }]);
    }
    for (const other of [
      '',
      `4c10 ${start} ${'5f'.repeat(9)}`,
      `4d10 ${start} ${'5f'.repeat(8)}`,
      `4c10 ${start} ${'5f'.repeat(7)}`,
    ]) {
      expect(heard(management(12, joined(hex('0300'), hex(other)), forAll))).to.deep.equal([farewell]);
    }
  });

  it('farewells to a group are to all', () => {
    expect(heard(management(12, hex('0300'), { ...forAll, to: 0x01005e000001 }))[0]).to.include({ station: BROADCAST });
  });

  it('encrypted farewells, with header and body', () => {
    const frame = management(12, SEALED, { ...fromAp, flags: PROTECTED });
    const sealed = { header: frame.subarray(0, 24), body: SEALED };
    expect(heard(frame, { isWatched: () => false })).to.deep.equal([
      { kind: 'farewell', ...who, from: 'ap', isDeauthentication: true, sealed },
    ]);
  });

  it('actions of three categories in the clear', () => {
    for (const category of [6, 8, 10]) {
      const body = Uint8Array.of(category, 1, 2, 3);
      expect(heard(management(13, body, fromAp))).to.deep.equal([{ kind: 'action', ...who, from: 'ap', category, body }]);
    }
    for (const category of [0, 3, 4, 5, 7, 9, 127]) expect(heard(management(13, Uint8Array.of(category, 1)))).to.deep.equal([]);
  });

  it('encrypted actions where they are watched', () => {
    const frame = management(13, SEALED, { flags: PROTECTED });
    const sealed = { header: frame.subarray(0, 24), body: SEALED };
    expect(heard(frame)).to.deep.equal([{ kind: 'action', ...who, from: 'station', category: -1, body: hex(''), sealed }]);
    expect(heard(frame, { isWatched: () => false })).to.deep.equal([]);
  });

  it('behind an HT Control field', () => {
    const frame = management(12, hex('0800'), { flags: ORDER, htControl: hex('ffffffff') });
    expect(heard(frame)[0]).to.include({ kind: 'farewell', reason: 8 });
  });

  it('in fragments', () => {
    const [first, second] = [REQUEST.subarray(0, 8), REQUEST.subarray(8)];
    const frames = [
      management(0, first, { flags: MORE_FRAGMENTS, sequence: 9, fragment: 0 }),
      management(0, second, { sequence: 9, fragment: 1 }),
    ];
    const events = hearFrames(captured(105, ...frames));
    expect(saidIn(events)).to.deep.equal([
      { kind: 'associationRequest', ...who, frame: 2, time: 1e9 + 1000, isReassociation: false, body: REQUEST },
    ]);
    // Longer than all of the batch that the last piece lies in.
    const long = joined(REQUEST, REQUEST, REQUEST, REQUEST);
    const pieces = [
      management(0, long.subarray(0, 120), { flags: MORE_FRAGMENTS, sequence: 8 }),
      management(0, long.subarray(120), { sequence: 8, fragment: 1 }),
    ];
    expect(hearFrames(captured(105, ...pieces), undefined, 1)[0]).to.deep.include({ body: long });
    expect(heard(management(12, SEALED, { flags: PROTECTED | MORE_FRAGMENTS }))).to.deep.equal([]);
  });

  it('other subtypes, and what is too short to be one, are nothing', () => {
    for (const subtype of [4, 6, 7, 9, 14, 15]) expect(heard(management(subtype, REQUEST, fromAp))).to.deep.equal([]);
    const frame = management(0, REQUEST);
    for (let size = 0; size < 28; size += 1) expect(heard(frame.subarray(0, size))).to.deep.equal([]);
  });
});
