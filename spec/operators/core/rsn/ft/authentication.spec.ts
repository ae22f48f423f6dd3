import { expect } from 'chai';
import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { type Akm, akmOf, akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { ftAuthentication, ftReassociation } from '../../../../../operators/core/rsn/ft/authentication.js';
import type { FtSetup } from '../../../../../operators/core/rsn/ft/FtSetup.js';
import { ftMic } from '../../../../../operators/core/rsn/ft/ftMic.js';
import { ftMicLength, ftPtk, ftR0, ftR1 } from '../../../../../operators/core/rsn/keys/ft.js';
import { Secret, toHex } from '../../../../../streams/events/index.js';
import {
  type Encoded,
  type FastTransition,
  FT_RSNXE_USED,
  findElement,
  leadingElements,
  readFastTransition,
  readRsnElement,
  withPmkids,
  writeAuthenticationFrame,
  writeFastTransition,
  writeMobilityDomain,
  writeRsnElement,
} from '../../../../../streams/frames/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { akmNamed, cipherNamed } from '../keys/suites.js';

/** wpa_supplicant 2.10 on its way to a second access point of hostapd 2.10: what it knew, what it asked, was told, and asked then. */
const recorded = {
  setup: {
    akm: akmNamed('FT_PSK'),
    cipher: cipherNamed('CCMP'),
    addresses: { authenticator: hex('020000000100'), supplicant: hex('020000000200') },
    rsne: hex('3014 0100 000fac04 0100 000fac04 0100 000fac04 0000'),
    mobilityDomain: hex('3603 a1b200'),
    r0: {
      pmkR0: Secret.of(hex('71c74c031efcfda6e76c1fdf97a3f47376dfbd7fa75ad968397772e9ed215299')),
      name: hex('65cce19123f5e1a78cea436908fb65c2'),
    },
    r0KeyHolder: new TextEncoder().encode('ap1.lab'),
    snonce: hex('d26b323c00c302b012bf4d95717bf14742bc8ee64f4f939c882cc1babb3423f1'),
  },
  asked: hex(`
  30260100000fac040100000fac040100000fac040000010065cce19123f5e1a78cea436908fb65c23603a1b200375b00000000000000000000000000
  00000000000000000000000000000000000000000000000000000000000000000000000000d26b323c00c302b012bf4d95717bf14742bc8ee64f4f93
  9c882cc1babb3423f103076170312e6c6162`),
  told: hex(`
  30260100000fac040100000fac040100000fac040000010065cce19123f5e1a78cea436908fb65c23603a1b200376300000000000000000000000000
  0000000000ec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543d26b323c00c302b012bf4d95717bf14742bc8ee64f4f93
  9c882cc1babb3423f1010602000000010003076170312e6c6162`),
  askedThen: hex(`
  30260100000fac040100000fac040100000fac0400000100e4216e4bedb1d007b89e2f8db547dfbd3603a1b20037630003e641a1bea9ce287cd99740
  dda846917fec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543d26b323c00c302b012bf4d95717bf14742bc8ee64f4f93
  9c882cc1babb3423f1010602000000010003076170312e6c6162`),
};

const written = (encoded: Encoded): Uint8Array => {
  if (isLeft(encoded)) throw new Error(encoded.left.message);
  return encoded.right;
};

const answer = (rest: Uint8Array, changes: { algorithm?: number; transaction?: number; status?: number } = {}): Uint8Array =>
  writeAuthenticationFrame({ algorithm: 2, transaction: 2, status: 0, rest, ...changes });

const anonce = hex('ec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543');
const r1KeyHolder = hex('020000000100');

/** What the access point would answer to a setup, but for the changes. */
const toldTo = (setup: FtSetup, changes: Partial<FastTransition> = {}, name = setup.r0.name, domain = hex('a1b2')): Uint8Array =>
  Uint8Array.of(
    ...withPmkids(setup.rsne, [name]),
    ...written(writeMobilityDomain({ domain, overDs: false, resourceRequest: false })),
    ...written(
      writeFastTransition({
        ...{ micControl: 0, elementCount: 0, mic: new Uint8Array(ftMicLength(setup.akm, setup.r0.pmkR0.length)), anonce },
        ...{ snonce: setup.snonce, r0KeyHolder: setup.r0KeyHolder, r1KeyHolder },
        ...changes,
      }),
    ),
  );

const faultOf = (body: Uint8Array, setup: FtSetup = recorded.setup): string => {
  const result = ftReassociation(nodeCrypto, setup, body);
  return isLeft(result) ? result.left.code : 'none';
};

describe('a fast transition before its reassociation', () => {
  it('asks octet for octet what wpa_supplicant asked', () => {
    const body = ftAuthentication(recorded.setup);
    if (isLeft(body)) throw new Error(body.left.detail);
    expect(toHex(body.right)).to.equal(`020001000000${toHex(recorded.asked)}`);
  });

  it('goes on octet for octet as wpa_supplicant did, the MIC among them', () => {
    const request = ftReassociation(nodeCrypto, recorded.setup, answer(recorded.told));
    if (isLeft(request)) throw new Error(request.left.detail);
    const { rsne, mobilityDomain, fastTransition, pmkR1 } = request.right;
    expect(toHex(Uint8Array.of(...rsne, ...mobilityDomain, ...fastTransition))).to.equal(toHex(recorded.askedThen));
    expect(toHex(pmkR1.reveal())).to.equal('f3b7c7831c395a3d26603812e00eb18e95c24d03c8d84ea73cc3b201cbb975b8');
    expect(recorded.setup.r0.pmkR0.isKnown).to.equal(true);
  });

  it('takes no answer that is refused, and says with which status', () => {
    const refused = ftReassociation(nodeCrypto, recorded.setup, answer(new Uint8Array(0), { status: 53 }));
    if (!isLeft(refused)) throw new Error('it went on');
    expect(refused.left.code).to.equal('REFUSED');
    expect(refused.left.detail).to.include('INVALID_PMKID');
  });

  const { setup } = recorded;
  const wrongAnswers: ReadonlyArray<readonly [string, string, Uint8Array]> = [
    ['of another algorithm', 'MALFORMED', answer(recorded.told, { algorithm: 0 })],
    ['that is a request', 'MALFORMED', answer(recorded.told, { transaction: 1 })],
    ['that is cut short', 'MALFORMED', Uint8Array.of(2, 0, 2)],
    ['without elements', 'MISSING', answer(new Uint8Array(0))],
    ['to another nonce', 'NONCE', answer(toldTo(setup, { snonce: anonce }))],
    ['without a nonce', 'NONCE', answer(toldTo(setup, { anonce: new Uint8Array(32) }))],
    ['of another holder of the PMK-R0', 'KEY_HOLDER', answer(toldTo(setup, { r0KeyHolder: hex('61') }))],
    ['that names another PMK-R0', 'PMK_NAME', answer(toldTo(setup, {}, hex('00112233445566778899aabbccddeeff')))],
    ['of another domain', 'MOBILITY_DOMAIN', answer(toldTo(setup, {}, setup.r0.name, hex('a1b3')))],
  ];
  for (const [what, code, body] of wrongAnswers)
    it(`takes no answer ${what}`, () => {
      expect(faultOf(body)).to.equal(code);
    });

  it('takes no answer that does not name the holder of the PMK-R1', () => {
    const fastTransition = written(
      writeFastTransition({
        ...{ micControl: 0, elementCount: 0, mic: new Uint8Array(16), anonce },
        ...{ snonce: setup.snonce, r0KeyHolder: setup.r0KeyHolder },
      }),
    );
    const told = Uint8Array.of(...withPmkids(setup.rsne, [setup.r0.name]), ...setup.mobilityDomain, ...fastTransition);
    expect(faultOf(answer(told))).to.equal('MISSING');
  });

  const setupFor = (akm: Akm, rsnxe?: Uint8Array): FtSetup => {
    const supplicant = recorded.setup.addresses.supplicant;
    const scope = { ssid: hex('6c6162'), mobilityDomain: hex('a1b2'), r0KeyHolder: recorded.setup.r0KeyHolder, supplicant };
    const xxKey = new Uint8Array(akm.pmkLengths[0] ?? 0).fill(7);
    const rsn = { version: 1, group: 0x000fac04, pairwise: [0x000fac04], akms: [akm.selector], capabilities: 0x00c0 };
    return {
      ...recorded.setup,
      ...{ akm, rsne: written(writeRsnElement({ ...rsn, rest: new Uint8Array(0) })), ...(rsnxe && { rsnxe }) },
      r0: ftR0(nodeCrypto, akm, xxKey, scope),
    };
  };

  for (const akm of akms.filter(({ fastTransition }) => fastTransition))
    it(`has with ${akm.name} a MIC that the access point finds right`, () => {
      const rsnxe = hex('f401 20');
      const ours = setupFor(akm, rsnxe);
      const request = ftReassociation(nodeCrypto, ours, answer(toldTo(ours)));
      if (isLeft(request)) throw new Error(request.left.detail);
      const { rsne, mobilityDomain, fastTransition, pmkR1 } = request.right;
      const r1 = ftR1(nodeCrypto, akm, ours.r0, { r1KeyHolder, supplicant: ours.addresses.supplicant });
      expect(toHex(pmkR1.reveal())).to.equal(toHex(r1.pmkR1.reveal()));
      const named = readRsnElement(rsne.subarray(2));
      expect(named._tag === 'Right' && named.right.pmkids).to.deep.equal([r1.name]);
      const body = findElement(leadingElements(fastTransition), 55)?.body ?? new Uint8Array(0);
      const transition = readFastTransition(body, ftMicLength(akm, pmkR1.length));
      if (isLeft(transition)) throw new Error(transition.left.message);
      const { mic, elementCount, micControl } = transition.right;
      expect([elementCount, (micControl & FT_RSNXE_USED) !== 0]).to.deep.equal([4, akm.source === 'sae']);
      const nonces = { authenticator: anonce, supplicant: ours.snonce };
      const keys = ftPtk(nodeCrypto, akm, ours.cipher, r1, { addresses: ours.addresses, nonces });
      const elements = { rsne, mobilityDomain, fastTransition, resources: new Uint8Array(0), rsnxe };
      const frame = { addresses: ours.addresses, transaction: 5, elements };
      const expected = ftMic(nodeCrypto, parametersOf(akm, pmkR1.length), keys.element.kck.reveal(), frame);
      expect(toHex(mic)).to.equal(toHex(expected));
    });

  it('says with FT-SAE-EXT-KEY how long its MIC is, and with others does not', () => {
    const controlOf = (selector: number): string => {
      const akm = akmOf(selector);
      const body = akm && ftAuthentication(setupFor(akm));
      if (body === undefined || isLeft(body)) throw new Error('no request');
      const fte = findElement(leadingElements(body.right.subarray(6)), 55)?.body;
      return toHex(fte?.subarray(0, 2) ?? new Uint8Array(0));
    };
    expect([controlOf(0x000fac19), controlOf(0x000fac09)]).to.deep.equal(['0000', '0000']);
    const akm = akmNamed('FT_SAE_EXT_KEY');
    const longer = { ...setupFor(akm), r0: { pmkR0: Secret.of(new Uint8Array(48).fill(1)), name: hex('00') } };
    const body = ftAuthentication(longer);
    if (isLeft(body)) throw new Error(body.left.detail);
    expect(toHex(findElement(leadingElements(body.right.subarray(6)), 55)?.body.subarray(0, 1) ?? hex(''))).to.equal('02');
  });
});
