import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { ftMic } from '../../../../../operators/core/rsn/ft/ftMic.js';
import { type FtPtk, ftMicLength, ftPtk, ftR0, ftR1 } from '../../../../../operators/core/rsn/keys/ft.js';
import { macToBytes, toHex } from '../../../../../streams/events/index.js';
import {
  copyElement,
  ElementId,
  elementsIn,
  findMultiLink,
  requestElements,
  responseElements,
  withFtMic,
  withPmkids,
  writeAssociationRequest,
  writeAssociationResponse,
  writeFastTransition,
  writeMultiLink,
} from '../../../../../streams/frames/index.js';
import { cipher, made, type NetworkSetup, networkFor, suite, type TestNetwork } from '../../../../support/associationFor.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { portBench } from '../../../../support/portBench.js';
import { isZeroed } from '../../../../support/stages.js';

const NONCES = { authenticator: drawn('ANonce', 0, 32), supplicant: drawn('SNonce', 0, 32) };
const GTK = drawn('gtk', 0, 16);
const NOTHING = new Uint8Array(0);

const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => Uint8Array.of(...parts.flatMap((part) => [...part]));

const hierarchyOf = ({ akm, ssid, mobility, supplicant, authenticator, pairwise }: TestNetwork) => {
  if (mobility === undefined) throw new Error('no mobility domain');
  const { domain, r0KeyHolder, r1KeyHolder } = mobility;
  const station = macToBytes(supplicant);
  const scope = { ssid, mobilityDomain: domain, r0KeyHolder, supplicant: station };
  const r1 = ftR1(nodeCrypto, akm, ftR0(nodeCrypto, akm, drawn('XXKey', 0, akm.pmkLengths[0] ?? 32), scope), {
    ...{ r1KeyHolder, supplicant: station },
  });
  const addresses = { authenticator: macToBytes(authenticator), supplicant: station };
  return { r1, mobility, addresses, keys: ftPtk(nodeCrypto, akm, pairwise, r1, { addresses, nonces: NONCES }) };
};

const multiLinkIn = (elements: ReturnType<typeof responseElements>): Uint8Array =>
  findMultiLink(elementsIn(elements))?.bytes ?? NOTHING;

/** GTKs as the access point wraps them, of each link. */
const groupKeys = ({ links }: TestNetwork, { element }: FtPtk) => {
  const wrapped = nodeCrypto.aesWrap(element.kek.reveal(), GTK) ?? NOTHING;
  const gtk = { keyId: 1, keyLength: 16, receiveCounter: new Uint8Array(8), wrapped };
  return links.length === 0 ? { gtk } : { mloGtks: links.map(({ id }) => ({ linkId: id, ...gtk })) };
};

/** A network whose station has just come over from another access point. */
const transitioned = (setup: NetworkSetup, micLength = ftMicLength(setup.akm, setup.akm.pmkLengths[0] ?? 32)) => {
  const network = networkFor(setup);
  const { akm, apElement, ownElement, apRsnxe = NOTHING, links, context } = network;
  const { r1, mobility, addresses, keys } = hierarchyOf(network);
  const { r0KeyHolder, r1KeyHolder, mde } = mobility;
  const count = Math.max(links.length, 1);
  const fte = {
    ...{ micControl: 0, elementCount: 2 + count * (apRsnxe.length > 0 ? 2 : 1), mic: new Uint8Array(micLength) },
    ...{ anonce: NONCES.authenticator, snonce: NONCES.supplicant, r0KeyHolder, r1KeyHolder },
  };
  const asked = joined(withPmkids(ownElement, [r1.name]), mde, made(writeFastTransition(fte)), apRsnxe);
  const [rsne, fastTransition] = [
    withPmkids(apElement, [r1.name]),
    made(writeFastTransition({ ...fte, ...groupKeys(network, keys) })),
  ];
  const each = (bytes: Uint8Array) => joined(...Array.from({ length: count }, () => bytes));
  const elements = {
    ...{ rsne: each(rsne), mobilityDomain: mde, fastTransition, resources: NOTHING, rsnxe: each(apRsnxe) },
    linkAddresses: joined(...[...links].sort((a, b) => a.id - b.id).map(({ ap }) => macToBytes(ap))),
  };
  const parameters = parametersOf(akm, r1.pmkR1.length);
  const mic = ftMic(nodeCrypto, parameters, keys.element.kck.reveal(), { addresses, transaction: 6, elements });
  const { request, response } = context.association;
  const name = copyElement(requestElements(request, false), ElementId.codes.SSID) ?? NOTHING;
  const association = {
    ...context.association,
    request: writeAssociationRequest({
      ...{ capabilities: 0x11, listenInterval: 10 },
      elements: joined(name, asked, multiLinkIn(requestElements(request, false))),
    }),
    response: writeAssociationResponse({
      ...{ capabilities: 0x11, status: 0, associationId: 1 },
      elements: joined(rsne, mde, withFtMic(fastTransition, mic), apRsnxe, multiLinkIn(responseElements(response))),
    }),
  };
  const remembered = { [toHex(r1.name)]: r1.pmkR1.reveal().slice() };
  return { network: { ...network, context: { ...context, association } }, remembered, tk: keys.ptk.tk.reveal() };
};

const plain = { pairwise: cipher('CCMP'), group: cipher('CCMP') };
const cases: Readonly<Record<string, NetworkSetup>> = {
  'FT-PSK': { ...plain, akm: suite('FT_PSK') },
  'FT-SAE with an RSNXE': { ...plain, akm: suite('FT_SAE'), rsnx: [5] },
  'FT-FILS-SHA256, whose FTE has the MIC of a second KCK': { ...plain, akm: suite('FT_FILS_SHA256') },
  'FT-FILS-SHA384, whose second KCK makes a MIC of 24 octets': { ...plain, akm: suite('FT_FILS_SHA384') },
  'FT-SAE with three links, each in the MIC': { ...plain, akm: suite('FT_SAE'), linkIds: [2, 0, 1], rsnx: [5] },
  'FT-SAE with one link of a multi-link device': { ...plain, akm: suite('FT_SAE'), linkIds: [3] },
};

describe('a port that a fast transition opens', () => {
  for (const [name, setup] of Object.entries(cases)) {
    it(`${name}: the keys come with the response, and nothing is left of the others`, () => {
      const { network, remembered, tk } = transitioned(setup);
      const bench = portBench({ network, secret: GTK, remembered, policy: { pairwiseKeyLifetime: 7 } });
      expect(bench.completions, bench.reports.join()).to.deep.equal(['0/0']);
      expect(bench.keys[0]).to.include(toHex(tk));
      expect(bench.keys.slice(1)).to.have.length(Math.max(network.links.length, 1));
      expect(bench.keys.slice(1).every((line) => line.includes(toHex(GTK)))).to.equal(true);
      expect(bench.takeSent()).to.deep.equal([]);
      expect([...bench.timers]).to.deep.equal([['lifetime', 7]]);
      bench.end();
      expect([...bench.spied()].filter((secret) => !isZeroed(secret))).to.deep.equal([]);
    });
  }

  it('another link was announced otherwise than the MIC has it: it ends', () => {
    const profile = {
      linkId: 1,
      complete: true,
      bytes: Uint8Array.of(0, 0, ...networkFor({ ...plain, akm: suite('FT_PSK') }).apElement),
    };
    const beaconExtra = made(writeMultiLink({ mldAddress: networkFor(twoLinks).authenticator, perStation: [profile] }));
    const { network, remembered } = transitioned({ ...twoLinks, beaconExtra });
    const bench = portBench({ network, secret: GTK, remembered });
    expect(bench.state.evidence.faults.map(({ code }) => code)).to.deep.equal(['FAST_TRANSITION']);
    expect(bench.keys).to.deep.equal([]);
  });
});

const twoLinks: NetworkSetup = { ...plain, akm: suite('FT_SAE'), linkIds: [0, 1] };
