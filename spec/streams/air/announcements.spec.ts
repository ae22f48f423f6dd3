import { expect } from 'chai';
import { hex } from '../frames/hex.js';
import { AP, beacon, beaconBody, joined, management, OTHER_AP, RSNE, SSID, STATION } from './building.js';
import { captured, hearFrames } from './hearAll.js';

const told = (...frames: ReadonlyArray<Uint8Array>) =>
  hearFrames(captured(105, ...frames)).map((event) => (event.kind === 'announcement' ? event.frame : event.kind));

const BODY = beaconBody(SSID, RSNE);
const FIRST = beacon(BODY);
const WPA = hex('dd16 0050f201 0100 0050f202 0100 0050f202 0100 0050f202');

describe('announcements', () => {
  it('the first beacon of an access point, with its body', () => {
    expect(hearFrames(captured(105, FIRST))).to.deep.equal([
      { kind: 'announcement', frame: 1, time: 1e9, ap: AP, isProbeResponse: false, body: BODY },
    ]);
  });

  it('of each access point by itself, and probe responses apart from beacons', () => {
    expect(
      told(FIRST, beacon(BODY, OTHER_AP), beacon(BODY, AP, 5), FIRST, beacon(BODY, OTHER_AP), beacon(BODY, AP, 5)),
    ).to.deep.equal([1, 2, 3]);
  });

  it('of access points whose addresses agree in their last four octets, or in their first two', () => {
    const alike = [0x0200000000aa, 0x0201000000aa, 0x0300000000aa, 0x0200000001aa, 0x0200800000aa, 0xfe00800000aa];
    expect(told(...alike.map((ap) => beacon(BODY, ap)), ...alike.map((ap) => beacon(BODY, ap)))).to.deep.equal([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('what is remembered of one is not lost over what another says', () => {
    const longer = beaconBody(hex('0008 6e6574776f726b32'), RSNE, WPA);
    expect(told(FIRST, beacon(longer, OTHER_AP), FIRST, beacon(longer, OTHER_AP))).to.deep.equal([1, 2]);
  });

  it('what vendors say of other things does not matter', () => {
    for (const vendor of ['506f9a09', '506f9a1b', '506f9a1d', '506f9a28', '506f9a2c', '0050f202', '0050f200', '00106f1c'])
      expect(told(FIRST, beacon(beaconBody(SSID, RSNE, hex(`dd06 ${vendor} 0100`)))), vendor).to.deep.equal([1]);
  });

  it('what changes with each beacon does not matter, nor where elements stand', () => {
    const later = joined(
      hex('1122334455667788 c800 3104'),
      SSID,
      hex('0504 00030000'),
      hex('0b05 0100ff0000'),
      RSNE,
      hex('dd05 0050f20400'),
    );
    expect(told(FIRST, beacon(later), FIRST)).to.deep.equal([1]);
  });

  const changes: ReadonlyArray<readonly [string, Uint8Array]> = [
    ['SSID', beaconBody(hex('0003 6e6575'), RSNE)],
    ['a hidden SSID', beaconBody(hex('0000'), RSNE)],
    ['RSNE', beaconBody(SSID, RSNE.with(19, 6))],
    ['no RSNE', beaconBody(SSID)],
    ['RSNXE', beaconBody(SSID, RSNE, hex('f401 20'))],
    ['WPA', beaconBody(SSID, RSNE, WPA)],
    ['MDE', beaconBody(SSID, RSNE, hex('3603 1234 01'))],
    ['an RSN override', beaconBody(SSID, RSNE, hex('dd0a 506f9a29 0100 000fac04'))],
    ['a second override', beaconBody(SSID, RSNE, hex('dd0a 506f9a2a 0100 000fac04'))],
    ['an override of the RSNXE', beaconBody(SSID, RSNE, hex('dd05 506f9a2b 20'))],
    ['OWE transition', beaconBody(SSID, RSNE, hex('dd0a 506f9a1c 020000000001'))],
    ['multi-link', beaconBody(SSID, RSNE, hex('ff0b 6b 0000 07 020000000001 05'))],
    ['Privacy', joined(hex('0000000000000000 6400 0104'), SSID, RSNE)],
  ];
  for (const [name, body] of changes) {
    it(`a change of ${name}`, () => {
      expect(told(FIRST, beacon(body), beacon(body), FIRST)).to.deep.equal([1, 2, 4]);
    });
  }

  it('what changes behind the address of a multi-link element does not matter', () => {
    const body = (counter: string) => beaconBody(SSID, hex(`ff0b 6b 3000 09 020000000001 ${counter}`));
    expect(told(beacon(body('01')), beacon(body('02')))).to.deep.equal([1]);
  });

  it('elements behind a damage are not looked at', () => {
    const broken = joined(BODY, hex('30ff 0100'));
    expect(told(FIRST, beacon(broken))).to.deep.equal([1]);
  });

  it('more than anybody says is compared as far as is remembered', () => {
    const many = beaconBody(SSID, ...Array.from({ length: 8 }, () => joined(hex('30ff'), new Uint8Array(255))));
    const more = many.with(many.length - 1, 9);
    expect(told(beacon(many), beacon(many), beacon(more), beacon(many.with(20, 9)))).to.deep.equal([1, 4]);
  });

  it('of each of many access points, also those that say the same', () => {
    const crowd = Array.from({ length: 20_000 }, (_, index) => beacon(BODY, OTHER_AP + index));
    expect(told(...crowd)).to.have.length(20_000);
  });

  it('without the fixed fields it is nothing', () => {
    expect(told(beacon(BODY.subarray(0, 11)))).to.deep.equal([]);
    expect(told(beacon(BODY.subarray(0, 12)))).to.deep.equal([1]);
  });

  it('of an independent network nobody is the access point', () => {
    expect(told(management(8, BODY, { to: 0xffffffffffff, from: STATION, bssid: AP }))).to.deep.equal([]);
  });
});
