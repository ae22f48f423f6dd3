import { expect } from 'chai';
import { assert, property, uint8Array } from 'fast-check';
import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { type Akm, akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { ftMic, type ProtectedElements } from '../../../../../operators/core/rsn/ft/ftMic.js';
import { type Transition, verifyReassociation } from '../../../../../operators/core/rsn/ft/reassociation.js';
import type { TransitionLink } from '../../../../../operators/core/rsn/ft/transitionLinks.js';
import { ftPtk, ftR0, ftR1 } from '../../../../../operators/core/rsn/keys/ft.js';
import { toHex } from '../../../../../streams/events/index.js';
import {
  type Encoded,
  type FastTransition,
  withFtMic,
  withPmkids,
  writeElement,
  writeFastTransition,
  writeMobilityDomain,
  writeRsnElement,
} from '../../../../../streams/frames/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { dumpAfter, hasLab, labLog } from '../keys/lab.js';
import { akmNamed, cipherNamed } from '../keys/suites.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const station = hex('020000000200');
const accessPoint = hex('020000000100');
const r0KeyHolder = ascii('ap1.lab');
const mobilityDomain = hex('a1b2');
const nonces = {
  authenticator: hex('ec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543'),
  supplicant: hex('d26b323c00c302b012bf4d95717bf14742bc8ee64f4f939c882cc1babb3423f1'),
};

const transitionOf = (akm: Akm, xxKey: Uint8Array): Transition => {
  const r0 = ftR0(nodeCrypto, akm, xxKey, { ssid: ascii('lab-ft'), mobilityDomain, r0KeyHolder, supplicant: station });
  const r1 = ftR1(nodeCrypto, akm, r0, { r1KeyHolder: accessPoint, supplicant: station });
  const addresses = { authenticator: accessPoint, supplicant: station };
  return { akm, cipher: cipherNamed('CCMP'), r1, mobilityDomain, r0KeyHolder, r1KeyHolder: accessPoint, addresses, nonces };
};

/** wpa_supplicant 2.10 roaming between two access points of hostapd 2.10: the PSK, and the elements of the last response. */
const psk = hex('8b837ab596a0ae743a7915d1c7e9e8f5f36eaaa741da43756e9d4b4c75261abf');
const recorded = hex(`0108 82848b960c121824 3204 3048606c
  3026 0100 000fac04 0100 000fac04 0100 000fac04 0000 0100 e4216e4bedb1d007b89e2f8db547dfbd
  3603 a1b200
  3788 0003 eaeb1a8041ecb32cfcabd35ed8ebf570
  ec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543
  d26b323c00c302b012bf4d95717bf14742bc8ee64f4f939c882cc1babb3423f1
  0106 020000000100 0307 6170312e6c6162 0223 0100 10 0000000000000000 9ce7b5251d8d05555d43b108373c7abfbb8525e0c7b927fa
  7f08 0400400200000040 5a03 240100`);
const roam = transitionOf(akmNamed('FT_PSK'), psk);

const codeOf = (result: Either<{ readonly code: string }, unknown>): string => (isLeft(result) ? result.left.code : 'none');

const written = (encoded: Encoded): Uint8Array => {
  if (isLeft(encoded)) throw new Error(encoded.left.message);
  return encoded.right;
};

/** What an access point puts into a response, and what may be wrong with it. */
interface Response {
  readonly fields: Partial<FastTransition>;
  readonly pmkids: ReadonlyArray<Uint8Array>;
  readonly domain: Uint8Array;
  readonly resources: ReadonlyArray<Uint8Array>;
  readonly rsnxe: Uint8Array;
  readonly mic: (mic: Uint8Array) => Uint8Array;
  /** What the MIC protects between multi-link devices. */
  readonly onLinks: (own: ProtectedElements) => ProtectedElements;
}

const nothing = new Uint8Array(0);
const gtk = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 + i);
const igtk = Uint8Array.from({ length: 16 }, (_, i) => 0x40 + i);
const bigtk = Uint8Array.from({ length: 16 }, (_, i) => 0x70 + i);

/** The access point's side of it. */
const respond = (to: Transition, changes: Partial<Response> = {}): Uint8Array => {
  const { akm, addresses, r1 } = to;
  const { element } = ftPtk(nodeCrypto, akm, to.cipher, r1, to);
  const parameters = parametersOf(akm, r1.pmkR1.length);
  const wrap = (key: Uint8Array): Uint8Array => nodeCrypto.aesWrap(element.kek.reveal(), key) ?? nothing;
  const { resources = [], rsnxe = nothing, pmkids = [r1.name], domain = mobilityDomain, mic = (right) => right } = changes;
  const announced = akm.name === 'FT-SAE-EXT-KEY' ? (element.kck.length / 8 - 2) << 1 : 0;
  const fastTransition = written(
    writeFastTransition({
      micControl: announced,
      elementCount: 3 + resources.length + (rsnxe.length > 0 ? 1 : 0),
      mic: new Uint8Array(element.kck.length),
      anonce: nonces.authenticator,
      snonce: nonces.supplicant,
      r0KeyHolder,
      r1KeyHolder: accessPoint,
      gtk: { keyId: 1, keyLength: 16, receiveCounter: hex('0102030405060000'), wrapped: wrap(gtk) },
      igtk: { keyId: 4, keyLength: 16, packetNumber: hex('060504030201'), wrapped: wrap(igtk) },
      bigtk: { keyId: 6, keyLength: 16, packetNumber: hex('0a0b0c0d0e0f'), wrapped: wrap(bigtk) },
      ...changes.fields,
    }),
  );
  const rsn = { version: 1, group: 0x000fac04, pairwise: [0x000fac04], akms: [akm.selector], capabilities: 0x00c0 };
  const rsne = written(writeRsnElement({ ...rsn, pmkids, rest: nothing }));
  const mde = written(writeMobilityDomain({ domain, overDs: false, resourceRequest: false }));
  const elements = changes.onLinks?.({ rsne, mobilityDomain: mde, fastTransition, resources: nothing, rsnxe }) ?? {
    rsne,
    mobilityDomain: mde,
    fastTransition,
    resources: Uint8Array.of(...resources.flatMap((ric) => [...ric])),
    rsnxe,
  };
  const right = ftMic(nodeCrypto, parameters, element.kck.reveal(), { addresses, transaction: 6, elements });
  return Uint8Array.of(...rsne, ...mde, ...withFtMic(fastTransition, mic(right)), ...elements.resources, ...rsnxe);
};

const RIC = hex('3904 01000000');
const RIC_DESCRIPTOR = hex('4b01 00');
const RSNXE = hex('f401 20');

describe('verifyReassociation', () => {
  it('takes the response of hostapd, and gives its group key', () => {
    const result = verifyReassociation(nodeCrypto, roam, recorded);
    if (isLeft(result)) throw new Error(result.left.detail);
    const { keys, items, receiveCounter, rsne, rsnxe } = result.right;
    expect(toHex(keys.ptk.tk.reveal())).to.equal('5ffd8de4e8eb3ec018f52280fb6cbabb');
    expect(items).to.deep.equal([{ kind: 'gtk', keyId: 1, transmit: false, key: hex('d0652a40e30c2e8db40d8b10eaa83c75') }]);
    expect(toHex(receiveCounter)).to.equal('0000000000000000');
    expect(toHex(rsne)).to.match(/^3026.*e4216e4bedb1d007b89e2f8db547dfbd$/);
    expect(rsnxe).to.deep.equal(nothing);
  });

  it('takes both responses of the recorded exchange', function () {
    if (!hasLab) this.skip();
    const log = labLog('ft-psk-roam');
    const responses = log.flatMap(({ text, bytes }, at) => (text === 'FT: Response IEs' && bytes.length > 200 ? [at] : []));
    expect(responses).to.have.length(2);
    for (const at of responses) {
      const authenticator = dumpAfter(log, at, 'FT: R1KH-ID');
      const r0 = ftR0(nodeCrypto, roam.akm, psk, { ssid: ascii('lab-ft'), mobilityDomain, r0KeyHolder, supplicant: station });
      const result = verifyReassociation(
        nodeCrypto,
        {
          ...roam,
          r1: ftR1(nodeCrypto, roam.akm, r0, { r1KeyHolder: authenticator, supplicant: station }),
          r1KeyHolder: authenticator,
          addresses: { authenticator, supplicant: station },
          nonces: { authenticator: dumpAfter(log, at, 'FT: FTE-ANonce'), supplicant: dumpAfter(log, at, 'FT: FTE-SNonce') },
        },
        log[at]?.bytes ?? nothing,
      );
      if (isLeft(result)) throw new Error(result.left.detail);
      expect(result.right.items).to.deep.equal([
        { kind: 'gtk', keyId: 1, transmit: false, key: dumpAfter(log, at, 'FT: GTK from Reassoc Resp') },
      ]);
    }
  });

  for (const akm of akms.filter(({ fastTransition }) => fastTransition)) {
    it(`${akm.name}: takes what an access point with the same keys sends`, () => {
      for (const length of akm.pmkLengths) {
        const transition = transitionOf(akm, new Uint8Array(length).fill(length));
        const result = verifyReassociation(
          nodeCrypto,
          transition,
          respond(transition, { resources: [RIC, RIC_DESCRIPTOR], rsnxe: RSNXE }),
        );
        if (isLeft(result)) throw new Error(result.left.detail);
        expect(result.right.items).to.deep.equal([
          { kind: 'gtk', keyId: 1, transmit: false, key: gtk },
          { kind: 'igtk', keyId: 4, packetNumber: hex('060504030201'), key: igtk },
          { kind: 'bigtk', keyId: 6, packetNumber: hex('0a0b0c0d0e0f'), key: bigtk },
        ]);
        expect(toHex(result.right.receiveCounter)).to.equal('0102030405060000');
        expect(toHex(result.right.rsnxe)).to.equal(toHex(RSNXE));
      }
    });
  }

  it('takes an element so long that it comes in fragments', () => {
    const unknown = [{ id: 200, body: new Uint8Array(200).fill(7) }];
    const response = respond(roam, { fields: { unknown } });
    expect(toHex(response)).to.match(/f2[0-9a-f]{2}(?:07)+$/);
    expect(isRight(verifyReassociation(nodeCrypto, roam, response))).to.equal(true);
  });

  it('cuts the padding off a short key', () => {
    const { element } = ftPtk(nodeCrypto, roam.akm, roam.cipher, roam.r1, roam);
    const wrapped =
      nodeCrypto.aesWrap(element.kek.reveal(), Uint8Array.of(1, 2, 3, 4, 5, 0xdd, ...new Uint8Array(10))) ?? nothing;
    const wep = { keyId: 2, keyLength: 5, receiveCounter: new Uint8Array(8), wrapped };
    const result = verifyReassociation(nodeCrypto, roam, respond(roam, { fields: { gtk: wep } }));
    const items = isRight(result) ? result.right.items : [];
    expect(items[0]).to.deep.equal({ kind: 'gtk', keyId: 2, transmit: false, key: hex('0102030405') });
  });

  it('gives each link of a multi-link device its keys', () => {
    const { element } = ftPtk(nodeCrypto, roam.akm, roam.cipher, roam.r1, roam);
    const wrapped = nodeCrypto.aesWrap(element.kek.reveal(), gtk) ?? nothing;
    const key = { linkId: 2, keyLength: 16, wrapped };
    const fields = {
      mloGtks: [{ ...key, keyId: 1, receiveCounter: hex('0102030405060708') }],
      mloIgtks: [{ ...key, keyId: 5, packetNumber: hex('000000000001') }],
      mloBigtks: [{ ...key, keyId: 7, packetNumber: hex('000000000002') }],
    };
    const result = verifyReassociation(nodeCrypto, roam, respond(roam, { fields }));
    expect(isRight(result) && result.right.items.slice(3)).to.deep.equal([
      { kind: 'mloGtk', linkId: 2, keyId: 1, transmit: false, packetNumber: hex('010203040506'), key: gtk },
      { kind: 'mloIgtk', linkId: 2, keyId: 5, packetNumber: hex('000000000001'), key: gtk },
      { kind: 'mloBigtk', linkId: 2, keyId: 7, packetNumber: hex('000000000002'), key: gtk },
    ]);
  });

  describe('between multi-link devices', () => {
    const named = (rsne: Uint8Array) => withPmkids(rsne, [roam.r1.name]);
    const OTHER_RSNE = hex('3014 0100 000fac04 0100 000fac04 0100 000fac04 c000');
    const links = [
      { address: hex('02000000aa00'), announced: { rsne: OTHER_RSNE, rsnxe: hex('f401 21') } },
      { address: hex('02000000aa01') },
      { address: hex('02000000aa02'), announced: { rsne: OTHER_RSNE, rsnxe: nothing } },
    ];
    const joinedHere = (...parts: ReadonlyArray<Uint8Array>) => Uint8Array.of(...parts.flatMap((part) => [...part]));
    /** 13.8.5 by hand: the RSNEs of all links, MDE, FTE, the RSNXEs of all, and the addresses of their access points. */
    const onLinks: Response['onLinks'] = (own) => ({
      ...own,
      rsne: joinedHere(named(OTHER_RSNE), own.rsne, named(OTHER_RSNE)),
      rsnxe: joinedHere(hex('f401 21'), own.rsnxe),
      linkAddresses: hex('02000000aa00 02000000aa01 02000000aa02'),
    });
    const transition = { ...roam, links };
    const fields = { elementCount: 7 };
    const verified = (to: Transition, changes: Partial<Response>) =>
      codeOf(verifyReassociation(nodeCrypto, to, respond(roam, { rsnxe: RSNXE, fields, onLinks, ...changes })));

    it('the MIC takes in RSNE, RSNXE and address of every link, and MIC Control counts them', () => {
      expect(verified(transition, {})).to.equal('none');
      expect(verified(transition, { rsnxe: nothing, fields: { elementCount: 6 } })).to.equal('none');
      for (const elementCount of [4, 6, 8]) expect(verified(transition, { fields: { elementCount } })).to.equal('ELEMENT_COUNT');
      expect(verified({ ...roam, links: [] }, {})).to.equal('ELEMENT_COUNT');
    });

    it('of one link it still has the address', () => {
      const [, own] = links;
      const alone = { ...roam, links: own ? [own] : [] };
      const withAddress: Response['onLinks'] = (elements) => ({ ...elements, linkAddresses: hex('02000000aa01') });
      expect(verified(alone, { fields: { elementCount: 4 }, onLinks: withAddress })).to.equal('none');
      expect(verified(alone, { fields: { elementCount: 4 }, onLinks: (elements) => elements })).to.equal('MIC');
    });

    const others: Readonly<Record<string, ReadonlyArray<TransitionLink>>> = {
      'an RSNE': links.map((link, at) => (at === 2 ? { ...link, announced: { rsne: RSNXE, rsnxe: nothing } } : link)),
      'an RSNXE': links.map((link, at) =>
        at === 0 ? { ...link, announced: { rsne: OTHER_RSNE, rsnxe: hex('f401 22') } } : link,
      ),
      'an address': links.map((link, at) => (at === 1 ? { ...link, address: station } : link)),
      'the order': links.toReversed(),
    };
    for (const [name, other] of Object.entries(others)) {
      it(`${name} of a link is another than was announced: refused`, () => {
        expect(verified({ ...roam, links: other }, {})).to.equal('MIC');
      });
    }
  });

  const other = new Uint8Array(32).fill(1);
  const refusals: ReadonlyArray<readonly [string, string, Partial<Response>]> = [
    ['a MIC of somebody else', 'MIC', { mic: (mic) => mic.map((octet) => octet ^ 1) }],
    ['an ANonce of another exchange', 'NONCE', { fields: { anonce: other } }],
    ['an SNonce of another exchange', 'NONCE', { fields: { snonce: other } }],
    ['another R0KH-ID', 'KEY_HOLDER', { fields: { r0KeyHolder: ascii('ap2.lab') } }],
    ['another R1KH-ID', 'KEY_HOLDER', { fields: { r1KeyHolder: station } }],
    ['another mobility domain', 'MOBILITY_DOMAIN', { domain: hex('a1b3') }],
    ['the name of another PMK-R1', 'PMK_NAME', { pmkids: [new Uint8Array(16)] }],
    ['no name of a PMK-R1', 'PMK_NAME', { pmkids: [] }],
    ['a second name beside it', 'PMK_NAME', { pmkids: [roam.r1.name, new Uint8Array(16)] }],
    ['a count that leaves out an element', 'ELEMENT_COUNT', { rsnxe: RSNXE, fields: { elementCount: 3 } }],
    ['a count of elements that are not there', 'ELEMENT_COUNT', { fields: { elementCount: 4 } }],
    ['no count at all', 'ELEMENT_COUNT', { fields: { elementCount: 0 } }],
    ['resources beside the count', 'ELEMENT_COUNT', { resources: [RIC], fields: { elementCount: 3 } }],
    [
      'a group key under another KEK',
      'KEY',
      { fields: { gtk: { keyId: 1, keyLength: 16, receiveCounter: new Uint8Array(8), wrapped: new Uint8Array(24) } } },
    ],
    [
      'an IGTK under another KEK',
      'KEY',
      { fields: { igtk: { keyId: 4, keyLength: 16, packetNumber: new Uint8Array(6), wrapped: new Uint8Array(24) } } },
    ],
  ];
  for (const [name, code, changes] of refusals) {
    it(`refuses ${name}`, () => {
      expect(codeOf(verifyReassociation(nodeCrypto, roam, respond(roam, changes)))).to.equal(code);
    });
  }

  it('refuses a response without RSNE, MDE or FTE', () => {
    const [rsne, mde, fte] = [recorded.subarray(16, 56), recorded.subarray(56, 61), recorded.subarray(61, 199)];
    for (const elements of [[mde, fte], [rsne, fte], [rsne, mde], []]) {
      const bytes = Uint8Array.of(...elements.flatMap((element) => [...element]));
      expect(codeOf(verifyReassociation(nodeCrypto, roam, bytes))).to.equal('MISSING');
    }
    expect(codeOf(verifyReassociation(nodeCrypto, roam, Uint8Array.of(...rsne, ...mde, ...fte)))).to.equal('none');
  });

  it('refuses an FTE without key holders', () => {
    const fte = written(writeElement('FTE', 55, hex('0003'), new Uint8Array(16), nonces.authenticator, nonces.supplicant));
    const bytes = Uint8Array.of(...recorded.subarray(16, 61), ...fte);
    expect(codeOf(verifyReassociation(nodeCrypto, roam, bytes))).to.equal('MISSING');
  });

  it('refuses an FTE whose MIC is announced with another length than the keys ask for', () => {
    const transition = transitionOf(akmNamed('FT_SAE_EXT_KEY'), new Uint8Array(48));
    expect(codeOf(verifyReassociation(nodeCrypto, transition, respond(transition)))).to.equal('none');
    expect(codeOf(verifyReassociation(nodeCrypto, transition, respond(transition, { fields: { micControl: 0 } })))).to.equal(
      'MALFORMED',
    );
  });

  it('refuses the response of another station, access point or PMK-R1', () => {
    const { addresses } = roam;
    const notOurs: ReadonlyArray<Partial<Transition>> = [
      { addresses: { ...addresses, supplicant: hex('020000000201') } },
      { addresses: { ...addresses, authenticator: hex('020000000101') } },
      { r1: { ...roam.r1, pmkR1: transitionOf(roam.akm, other).r1.pmkR1 } },
    ];
    for (const changes of notOurs) {
      expect(codeOf(verifyReassociation(nodeCrypto, { ...roam, ...changes }, recorded))).to.equal('MIC');
    }
  });

  it('is no use to a suite without fast transition', () => {
    expect(codeOf(verifyReassociation(nodeCrypto, { ...roam, akm: akmNamed('PSK') }, recorded))).to.equal('MALFORMED');
    expect(codeOf(verifyReassociation(nodeCrypto, { ...roam, akm: akmNamed('FILS_SHA256') }, recorded))).to.equal('MALFORMED');
  });

  it('survives any bytes, and takes none that was changed where the MIC looks', () => {
    const anything = property(uint8Array({ maxLength: 400 }), (bytes) => {
      expect(isLeft(verifyReassociation(nodeCrypto, roam, bytes))).to.equal(true);
    });
    assert(anything);
    // What follows the FTE is not protected.
    for (let at = 16; at < 199; at++) {
      const changed = recorded.map((octet, i) => (i === at ? octet ^ 0x01 : octet));
      expect(isLeft(verifyReassociation(nodeCrypto, roam, changed)), `octet ${at}`).to.equal(true);
    }
  });

  it('leaves the PMK-R1 as it was', () => {
    const before = toHex(roam.r1.pmkR1.reveal());
    verifyReassociation(nodeCrypto, roam, recorded);
    verifyReassociation(nodeCrypto, roam, nothing);
    expect(toHex(roam.r1.pmkR1.reveal())).to.equal(before);
  });
});
