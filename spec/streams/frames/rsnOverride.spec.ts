import { expect } from 'chai';
import fc from 'fast-check';
import {
  isRsnOverride,
  type RsnOverride,
  readElements,
  readRsnOverride,
  writeRsnOverride,
} from '../../../streams/frames/index.js';
import { u8 } from './arbitraries.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

const NONE = hex('');
const SAE = { version: 1, group: 0x000fac04, pairwise: [0x000fac04], akms: [0x000fac08], capabilities: 0x00c0, rest: NONE };

/** The numbers are those of hostap's src/common/ieee802_11_defs.h. */
const SAMPLES: ReadonlyArray<readonly [string, RsnOverride]> = [
  ['dd18 506f9a29 0100 000fac04 0100 000fac04 0100 000fac08 c000', { kind: 'rsneOverride', rsn: SAE }],
  ['dd18 506f9a2a 0100 000fac04 0100 000fac04 0100 000fac08 c000', { kind: 'rsneOverride2', rsn: SAE }],
  ['dd05 506f9a2b 20', { kind: 'rsnxeOverride', rsnx: { capabilities: hex('20') } }],
  ['dd05 506f9a2c 02', { kind: 'rsnSelection', selected: 2 }],
];

describe('RSN override elements', () => {
  for (const [element, value] of SAMPLES) {
    it(`reads and writes ${value.kind}`, () => {
      expectSame(decoded(readRsnOverride(hex(element).subarray(2))), value);
      expectBytes(written(writeRsnOverride(value)), hex(element));
    });
  }

  it('are told from other vendor elements', () => {
    const all = decoded(readElements(hex(`${SAMPLES.map(([element]) => element).join('')} dd05506f9a1c00 dd050050f20100`)));
    expect(all.map(isRsnOverride)).to.deep.equal([true, true, true, true, false, false]);
  });

  it('are refused where they are none, or their content is not whole', () => {
    expect(refusal(readRsnOverride(hex('506f9a28 00')))).to.include({ code: 'VALUE', field: 'OUI Type', offset: 0 });
    expect(refusal(readRsnOverride(hex('506f9a')))).to.include({ code: 'TRUNCATED', field: 'OUI Type', offset: 0 });
    expect(refusal(readRsnOverride(hex('506f9a29 0100 00')))).to.include({ field: 'Group Data Cipher Suite', offset: 6 });
    expect(refusal(readRsnOverride(hex('506f9a2b 21')))).to.include({ code: 'LENGTH', field: 'Field Length', offset: 4 });
    expect(refusal(readRsnOverride(hex('506f9a2c')))).to.include({ field: 'RSN Selection', offset: 4 });
  });

  it('there and back', () => {
    const overrides: fc.Arbitrary<RsnOverride> = fc.oneof(
      arbitrary.rsn.map((rsn): RsnOverride => ({ kind: 'rsneOverride', rsn })),
      arbitrary.rsn.map((rsn): RsnOverride => ({ kind: 'rsneOverride2', rsn })),
      arbitrary.rsnx.map((rsnx): RsnOverride => ({ kind: 'rsnxeOverride', rsnx })),
      u8.map((selected): RsnOverride => ({ kind: 'rsnSelection', selected })),
    );
    roundTrips(overrides, writeRsnOverride, (bytes) => readRsnOverride(bytes.subarray(2)));
  });
});
