import { expect } from 'chai';
import {
  announcedFtMicLength,
  type FastTransition,
  FT_MIC_AT,
  FT_RSNXE_USED,
  type FtMicLength,
  leadingElements,
  readFastTransition,
  withFtMic,
  writeFastTransition,
} from '../../../streams/frames/index.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

/** An FTE of frame 147 of a fast transition between hostapd and wpa_supplicant 2.10: the reassociation response. */
const RESPONSE = hex(`
  3788 00 03 eaeb1a8041ecb32cfcabd35ed8ebf570
  ec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543
  d26b323c00c302b012bf4d95717bf14742bc8ee64f4f939c882cc1babb3423f1
  0106 020000000100  0307 6170312e6c6162
  0223 0100 10 0000000000000000 9ce7b5251d8d05555d43b108373c7abfbb8525e0c7b927fa
`);
const RESPONSE_VALUE = {
  micControl: 0,
  elementCount: 3,
  mic: hex('eaeb1a8041ecb32cfcabd35ed8ebf570'),
  anonce: hex('ec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543'),
  snonce: hex('d26b323c00c302b012bf4d95717bf14742bc8ee64f4f939c882cc1babb3423f1'),
  r1KeyHolder: hex('020000000100'),
  r0KeyHolder: new TextEncoder().encode('ap1.lab'),
  gtk: {
    keyId: 1,
    keyLength: 16,
    receiveCounter: hex('0000000000000000'),
    wrapped: hex('9ce7b5251d8d05555d43b108373c7abfbb8525e0c7b927fa'),
  },
};

/** The same station's first message: its nonce and the key holder it comes from. */
const REQUEST = hex(`
  375b 00 00 00000000000000000000000000000000
  0000000000000000000000000000000000000000000000000000000000000000
  d26b323c00c302b012bf4d95717bf14742bc8ee64f4f939c882cc1babb3423f1
  0307 6170312e6c6162
`);

const EMPTY: FastTransition = {
  micControl: 0,
  elementCount: 0,
  mic: new Uint8Array(16),
  anonce: new Uint8Array(32),
  snonce: new Uint8Array(32),
};
const WRAPPED = new Uint8Array(24).fill(0x77);

const fixed = written(writeFastTransition(EMPTY));
const withSubelements = (subelements: string): Uint8Array => Uint8Array.from([...fixed.subarray(2), ...hex(subelements)]);
const readSubelements = (subelements: string): FastTransition => decoded(readFastTransition(withSubelements(subelements), 16));
const refused = (subelements: string) => refusal(readFastTransition(withSubelements(subelements), 16));

/** The one element that was written, with its fragments joined. */
const body = (bytes: Uint8Array): Uint8Array => {
  const [element, ...more] = leadingElements(bytes);
  expect(more).to.deep.equal([]);
  return element?.body ?? hex('');
};

describe('Fast BSS Transition element', () => {
  it('reads and writes the one of a reassociation response', () => {
    expectSame(decoded(readFastTransition(RESPONSE.subarray(2), 16)), RESPONSE_VALUE);
    expectBytes(written(writeFastTransition(RESPONSE_VALUE)), RESPONSE);
  });

  it('reads and writes the one a station begins with', () => {
    const value = { ...EMPTY, snonce: RESPONSE_VALUE.snonce, r0KeyHolder: RESPONSE_VALUE.r0KeyHolder };
    expectSame(decoded(readFastTransition(REQUEST.subarray(2), 16)), value);
    expectBytes(written(writeFastTransition(value)), REQUEST);
  });

  it('reads IGTK, BIGTK and OCI', () => {
    const key = `04 00 010203040506 10 ${'77'.repeat(24)}`;
    const value = { keyId: 4, packetNumber: hex('010203040506'), keyLength: 16, wrapped: WRAPPED };
    expectSame(readSubelements(`0421 ${key}`), { ...EMPTY, igtk: value });
    expectSame(readSubelements(`0621 ${key}`), { ...EMPTY, bigtk: value });
    const oci = { operatingClass: 0x51, primaryChannel: 6, frequencySegment1: 0 };
    expectSame(readSubelements('0503 510600'), { ...EMPTY, oci });
  });

  it('reads the keys of links', () => {
    const gtk = { keyId: 2, linkId: 3, keyLength: 16, receiveCounter: hex('0102030405060708'), wrapped: WRAPPED };
    const igtk = { keyId: 5, linkId: 3, packetNumber: hex('010203040506'), keyLength: 16, wrapped: WRAPPED };
    const mloGtk = `0824 0200 f3 10 0102030405060708 ${'77'.repeat(24)}`;
    const mloIgtk = `0922 0500 010203040506 f3 10 ${'77'.repeat(24)}`;
    const mloBigtk = `0a22 0500 010203040506 f3 10 ${'77'.repeat(24)}`;
    expectSame(readSubelements(mloGtk + mloIgtk + mloBigtk + mloGtk), {
      ...EMPTY,
      mloGtks: [gtk, gtk],
      mloIgtks: [igtk],
      mloBigtks: [igtk],
    });
  });

  it('keeps subelements nobody knows', () => {
    expectSame(readSubelements('0700 2a02abcd'), {
      ...EMPTY,
      unknown: [
        { id: 7, body: hex('') },
        { id: 42, body: hex('abcd') },
      ],
    });
  });

  it('has a MIC of 16, 24 or 32 octets, as the AKM has it', () => {
    for (const length of [16, 24, 32] as const) {
      const value = { ...RESPONSE_VALUE, mic: new Uint8Array(length).fill(0xc0 + length) };
      const bytes = written(writeFastTransition(value));
      expectSame(decoded(readFastTransition(bytes.subarray(2), length)), value);
    }
    const odd = writeFastTransition({ ...EMPTY, mic: new Uint8Array(20) });
    expect(odd).to.have.nested.include({ _tag: 'Left', 'left.field': 'MIC' });
  });

  it('says how long its MIC is where the AKM leaves it open', () => {
    expect(['', '00', '01', '02', '05', '06', '0e'].map((control) => announcedFtMicLength(hex(control)))).to.deep.equal([
      undefined,
      16,
      16,
      24,
      32,
      undefined,
      undefined,
    ]);
    expect(FT_RSNXE_USED).to.equal(1);
  });

  it('is refused when it is cut, or a subelement is', () => {
    expect(refusal(readFastTransition(hex('00'), 16))).to.include({ code: 'TRUNCATED', field: 'Element Count', offset: 1 });
    expect(refusal(readFastTransition(new Uint8Array(81), 16))).to.include({ field: 'SNonce', offset: 50 });
    expect(refusal(readFastTransition(new Uint8Array(89), 24))).to.include({ field: 'SNonce', offset: 58 });
    expect(refused('01')).to.include({ code: 'TRUNCATED', field: 'Length', offset: 83 });
    expect(refused('0106 0200')).to.include({ code: 'TRUNCATED', field: 'Data', offset: 84 });
  });

  it('is refused when a subelement is not of its form', () => {
    expect(refused('0105 0200000001')).to.include({ code: 'LENGTH', field: 'R1KH-ID', offset: 84 });
    expect(refused('0107 02000000010000')).to.include({ code: 'LENGTH', field: 'R1KH-ID', offset: 84 });
    expect(refused('0300')).to.include({ code: 'LENGTH', field: 'R0KH-ID', offset: 84 });
    expect(refused(`0331 ${'61'.repeat(49)}`)).to.include({ code: 'LENGTH', field: 'R0KH-ID' });
    expect(refused('0502 5106')).to.include({ code: 'TRUNCATED', field: 'Frequency Segment 1 Channel Number', offset: 86 });
  });

  it('is refused when a wrapped key cannot be one', () => {
    const gtk = (length: string, octets: number) =>
      `02${(11 + octets).toString(16).padStart(2, '0')} 0100 ${length} ${'00'.repeat(8 + octets)}`;
    expect(refused(gtk('10', 16))).to.include({ code: 'LENGTH', field: 'Wrapped Key', offset: 95 });
    expect(refused(gtk('10', 25))).to.include({ code: 'LENGTH', field: 'Wrapped Key', offset: 95 });
    expect(refused(gtk('20', 32))).to.include({ code: 'LENGTH', field: 'Wrapped Key', offset: 95 });
    expect(readSubelements(gtk('20', 40)).gtk?.wrapped).to.have.length(40);
    expect(readSubelements(gtk('05', 24)).gtk?.keyLength).to.equal(5);
  });

  it('there and back, in fragments where it has to be', () => {
    for (const micLength of [16, 24, 32] as ReadonlyArray<FtMicLength>)
      roundTrips(arbitrary.fastTransition(micLength), writeFastTransition, (bytes) => readFastTransition(body(bytes), micLength));
  });

  it('is not written when a part has the wrong length', () => {
    const wrong: ReadonlyArray<readonly [string, Partial<FastTransition>]> = [
      ['ANonce, SNonce', { anonce: new Uint8Array(31) }],
      ['ANonce, SNonce', { snonce: new Uint8Array(33) }],
      ['R1KH-ID', { r1KeyHolder: new Uint8Array(5) }],
      ['R0KH-ID', { r0KeyHolder: new Uint8Array(0) }],
      ['GTK', { gtk: { ...RESPONSE_VALUE.gtk, receiveCounter: new Uint8Array(6) } }],
      ['GTK', { gtk: { ...RESPONSE_VALUE.gtk, wrapped: new Uint8Array(16) } }],
      ['GTK', { gtk: { ...RESPONSE_VALUE.gtk, keyLength: 17 } }],
      ['IGTK', { igtk: { keyId: 4, packetNumber: new Uint8Array(5), keyLength: 16, wrapped: WRAPPED } }],
      ['Data', { unknown: [{ id: 42, body: new Uint8Array(256) }] }],
    ];
    for (const [field, part] of wrong)
      expect(writeFastTransition({ ...EMPTY, ...part }), field).to.have.nested.include({ _tag: 'Left', 'left.field': field });
  });

  it('takes another MIC in its place, and nothing else changes', () => {
    const zeroed = withFtMic(RESPONSE, new Uint8Array(16));
    expectBytes(zeroed.subarray(FT_MIC_AT, FT_MIC_AT + 16), new Uint8Array(16));
    expectBytes(withFtMic(zeroed, RESPONSE_VALUE.mic), RESPONSE);
    expectBytes(withFtMic(hex('3700'), new Uint8Array(16)), hex('3700'));
    expectBytes(withFtMic(RESPONSE.subarray(0, 20), new Uint8Array(16).fill(1)), hex(`3788 0003 ${'01'.repeat(16)}`));
  });
});
