import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { digestOf } from '../../../../../operators/core/rsn/sae/hash.js';
import { derivePt, elementFromPt } from '../../../../../operators/core/rsn/sae/hashToElement.js';
import { expand, extract } from '../../../../../operators/core/rsn/sae/hkdf.js';
import { integerOf, octetsOf, octetsOfPoint } from '../../../../../operators/core/rsn/sae/octets.js';
import { sswu } from '../../../../../operators/core/rsn/sae/sswu.js';
import { hex } from '../../../../streams/frames/hex.js';
import { curve } from './exchange.js';
import { annexJ10, ascii, hostap, hostapAddresses } from './vectors.js';

const { hashing, password } = annexJ10;
const p256 = curve(19);

const mapped = (group: number, u: Uint8Array): Uint8Array => {
  const point = sswu(curve(group), integerOf(u));
  return point === undefined ? new Uint8Array(0) : octetsOfPoint(curve(group), point);
};

describe('hash to element', () => {
  it('IEEE 802.11-2020 J.10: seed and values', () => {
    const seed = extract(nodeCrypto, digestOf(p256), hashing.ssid, Uint8Array.from([...password, ...hashing.identifier]));
    expect(seed).to.deep.equal(hashing.seed);
    const passwordValue = (info: string): Uint8Array => expand(nodeCrypto, 'sha256', seed, { info, octets: 48 });
    expect(passwordValue('SAE Hash to Element u1 P1')).to.deep.equal(hashing.value1);
    expect(passwordValue('SAE Hash to Element u2 P2')).to.deep.equal(hashing.value2);
    expect(octetsOf(integerOf(hashing.value1) % p256.prime, 32)).to.deep.equal(hashing.u1);
    expect(octetsOf(integerOf(hashing.value2) % p256.prime, 32)).to.deep.equal(hashing.u2);
  });

  it('IEEE 802.11-2020 J.10: the map', () => {
    expect(mapped(19, hashing.u1)).to.deep.equal(hashing.p1);
    expect(mapped(19, hashing.u2)).to.deep.equal(hashing.p2);
  });

  it('IEEE 802.11-2020 J.10: PT and PWE', () => {
    const pt = derivePt(nodeCrypto, 19, { ssid: hashing.ssid, password, identifier: hashing.identifier });
    expect(pt?.group).to.equal(19);
    expect(pt?.element.reveal()).to.deep.equal(hashing.pt);
    const element = pt === undefined ? undefined : elementFromPt(nodeCrypto, p256, pt, hashing.addresses);
    expect(element === undefined ? undefined : octetsOfPoint(p256, element)).to.deep.equal(hashing.passwordElement);
  });

  for (const group of [19, 20, 21]) {
    it(`makes hostap's element in group ${group}`, () => {
      const vector = hostap.exchanges.find((one) => one.group === group && one.method === 'hashToElement');
      const named = { ssid: ascii(hostap.ssid), password: ascii(hostap.password), identifier: ascii(hostap.identifier) };
      const pt = derivePt(nodeCrypto, group, named);
      const element = pt === undefined ? undefined : elementFromPt(nodeCrypto, curve(group), pt, hostapAddresses);
      const octets = element === undefined ? undefined : octetsOfPoint(curve(group), element);
      expect(octets).to.deep.equal(hex(vector?.passwordElement ?? ''));
    });

    it(`maps any number to a point of group ${group}, of its own parity`, () => {
      const on = curve(group);
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: on.prime - 1n }), (u) => {
          const point = sswu(on, u);
          expect(point !== undefined && on.isOnCurve(point)).to.equal(true);
          expect((point?.y ?? 0n) & 1n).to.equal(u & 1n);
        }),
        { numRuns: 30 },
      );
    });
  }

  // b / (z · a), as wpa_supplicant 2.10 prints it for each group (`SSWU: x1a`).
  for (const [group, x] of [
    [19, 'a528bd8696bdaf996c65b982d94959d3146fe6a020693090bdba13132375f224'],
    [20, '533324e11b9e311baee780268d718f799600d2914e2e41ceb8f97203fb1cfca5c58265272e814cef084ad3ce05e30131'],
    [
      21,
      `00b1771a8f72cbd7b782a18cd822b9e07013e2e78987a22441d44f6460cc213ec0d2
       c72cc4c6d3b536f4ec86e5651a4ecfeb447452a0afc3af142945c2a708f15a95`,
    ],
  ] as const) {
    it(`maps zero, whose m is zero, to the point of group ${group} kept for it`, () => {
      const { length } = curve(group);
      expect(mapped(group, new Uint8Array(length)).subarray(0, length)).to.deep.equal(hex(x));
    });
  }

  it('tells passwords, networks and identifiers apart', () => {
    const base = { ssid: ascii('net'), password: ascii('secret'), identifier: ascii('id') };
    const { identifier: _, ...unnamed } = base;
    const others = [
      { ...base, ssid: ascii('nex') },
      { ...base, password: ascii('secreu') },
      { ...base, identifier: ascii('ie') },
    ];
    const seen = [base, ...others, unnamed].map((one) => derivePt(nodeCrypto, 19, one)?.element.reveal().join());
    expect(new Set(seen).size).to.equal(5);
  });

  it('knows no group but those of the curves', () => {
    const named = { ssid: ascii('net'), password: ascii('secret') };
    for (const group of [0, 1, 15, 18, 22, 25, 26, 28, 30, 65535]) expect(derivePt(nodeCrypto, group, named)).to.equal(undefined);
    expect(sswu({ ...p256, group: 26 }, 1n)).to.equal(undefined);
  });

  it('shows no PT to whoever prints it', () => {
    const pt = derivePt(nodeCrypto, 21, { ssid: ascii('net'), password: ascii('secret') });
    expect(JSON.stringify(pt)).to.equal('{"group":21,"element":"[redacted 132 B]"}');
  });
});
