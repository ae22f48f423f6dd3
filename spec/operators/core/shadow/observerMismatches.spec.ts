import { expect } from 'chai';
import {
  A,
  asks,
  auth,
  authAnswer,
  beacon,
  type Draft,
  eap,
  heard,
  MFPC,
  MFPR,
  open,
  probed,
  rsne,
  S,
  type Script,
  type Suites,
  secured,
  ssid,
} from '../../../support/airScript.js';
import { joined } from '../../../support/captureBytes.js';
import { connectionsOf } from '../../../support/observed.js';

const within = (suites?: Suites): Uint8Array => joined(ssid(), rsne(suites));

/** What does not fit, in words. */
const mismatches = (...script: Script): ReadonlyArray<string> =>
  connectionsOf(heard(...script)).flatMap((connection) =>
    connection.mismatches.map(
      ({ element, said, repeated, here, there }) => `${element}: ${said} (${here}), ${repeated} (${there})`,
    ),
  );

const between = (announcement: Draft, request: Uint8Array): ReadonlyArray<string> =>
  mismatches([0, announcement], [1, asks(S, A, request)]);

const WEP_PRIVACY = 0x0011;
const GCMP_256 = 0x000fac09;
const TKIP = 0x000fac02;
const CCMP = 0x000fac04;
const SAE = 0x000fac08;
const BIP_GMAC_256 = 0x000fac0c;
const wpa = Uint8Array.from([221, 22, 0, 0x50, 0xf2, 1, 1, 0, 0, 0x50, 0xf2, 2, 1, 0, 0, 0x50, 0xf2, 2, 1, 0, 0, 0x50, 0xf2, 2]);
const wps = Uint8Array.from([221, 4, 0, 0x50, 0xf2, 4]);

describe('a request that does not fit what was announced', () => {
  it('is none, if it does', () => {
    expect(between(beacon(A), secured)).to.deep.equal([]);
    expect(between(beacon(A, open, 1), open)).to.deep.equal([]);
    expect(between(beacon(A, within({ pairwise: [CCMP, TKIP] })), secured)).to.deep.equal([]);
    expect(between(beacon(A, joined(ssid(), wpa)), joined(ssid(), wpa))).to.deep.equal([]);
  });

  it('is not looked for where nothing was announced', () => {
    expect(mismatches([1, asks(S, A, within({ akm: SAE }))])).to.deep.equal([]);
  });

  it('by its AKM', () => {
    expect(between(beacon(A), within({ akm: SAE }))).to.deep.equal([
      'AKM: 00-0F-AC:2 (beacon), 00-0F-AC:8 (association request)',
    ]);
  });

  it('by its ciphers', () => {
    expect(between(probed(A, within({ pairwise: [CCMP, TKIP], group: TKIP })), within({ pairwise: [GCMP_256] }))).to.deep.equal([
      'pairwise cipher: CCMP, TKIP (probe response), GCMP-256 (association request)',
      'group cipher: TKIP (probe response), CCMP (association request)',
    ]);
  });

  it('by the cipher of its management frames, where both protect them', () => {
    const [theirs, ours] = [within({ capabilities: MFPC }), within({ capabilities: MFPC, groupManagement: BIP_GMAC_256 })];
    expect(between(beacon(A, theirs), ours)).to.deep.equal([
      'group management cipher: BIP-CMAC-128 (beacon), BIP-GMAC-256 (association request)',
    ]);
    expect(between(beacon(A), ours)).to.deep.equal([]);
  });

  it('by protection that one requires and the other cannot', () => {
    const required = within({ capabilities: MFPC | MFPR });
    expect(between(beacon(A, required), secured)).to.deep.equal(['PMF: required (beacon), none (association request)']);
    expect(between(beacon(A), required)).to.deep.equal(['PMF: none (beacon), required (association request)']);
    expect(between(beacon(A, within({ capabilities: MFPC })), required)).to.deep.equal([]);
  });

  it('by the protocol itself', () => {
    expect(between(beacon(A), open)).to.deep.equal(['RSNE: RSN (beacon), none (association request)']);
    expect(between(beacon(A, open, WEP_PRIVACY), secured)).to.deep.equal(['RSNE: WEP (beacon), RSN (association request)']);
    expect(between(beacon(A, joined(ssid(), wpa)), secured)).to.deep.equal(['RSNE: WPA (beacon), RSN (association request)']);
    expect(between(beacon(A, open, 1), joined(ssid(), wpa))).to.deep.equal(['WPA: none (beacon), WPA (association request)']);
  });

  it('but for Wi-Fi Protected Setup, which has no need of it', () => {
    expect(between(beacon(A), joined(ssid(), wps))).to.deep.equal([]);
    const wsc = eap('ap', S, A);
    const packet = Uint8Array.of(2, 0, 0, 14, 1, 2, 0, 14, 254, 0, 0x37, 0x2a, 0, 0, 0, 1, 1, 0);
    expect(mismatches([0, beacon(A)], [1, asks(S, A, open)], [2, { ...wsc, packet } as Draft])).to.deep.equal([]);
  });

  it('by hashing to an element where that is not offered', () => {
    const commit = auth(S, A, { algorithm: 3, status: 126 });
    const offered = joined(within({ akm: SAE }), Uint8Array.of(244, 1, 0x20));
    const script = (announced: Uint8Array): Script => [
      [0, beacon(A, announced)],
      [1, commit],
      [1.1, authAnswer(S, A)],
      [2, asks(S, A, offered)],
    ];
    expect(mismatches(...script(offered))).to.deep.equal([]);
    expect(mismatches(...script(within({ akm: SAE })))).to.deep.equal([
      'RSNXE: no hash-to-element (beacon), hash-to-element (association request)',
    ]);
  });

  it('by its mobility domain', () => {
    const domain = (id: number): Uint8Array => joined(secured, Uint8Array.of(54, 3, id, 0, 0));
    expect(between(beacon(A, domain(1)), domain(1))).to.deep.equal([]);
    expect(between(beacon(A, domain(1)), domain(2))).to.deep.equal(['MDE: 0100 (beacon), 0200 (association request)']);
    expect(between(beacon(A), domain(2))).to.deep.equal(['MDE: none (beacon), 0200 (association request)']);
  });
});
