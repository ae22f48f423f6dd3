import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { Bss } from '../../../../adapters/linux/nl80211/Bss.js';
import type { Candidate } from '../../../../adapters/linux/wifi/chooseBss.js';
import type { RadioInput } from '../../../../adapters/linux/wifi/stepRadio.js';
import { passphraseToPmk } from '../../../../operators/core/index.js';
import { parametersOf } from '../../../../operators/core/rsn/akm.js';
import { ftMic } from '../../../../operators/core/rsn/ft/ftMic.js';
import { ftPtk, ftR0, ftR1, type PmkR1 } from '../../../../operators/core/rsn/keys/ft.js';
import { type MacAddress, macToBytes } from '../../../../streams/events/index.js';
import {
  ElementId,
  findElement,
  leadingElements,
  readFastTransition,
  withFtMic,
  withPmkids,
  writeAuthenticationFrame,
  writeFastTransition,
} from '../../../../streams/frames/index.js';
import { cipher, made, networkFor, suite, type TestNetwork } from '../../../support/associationFor.js';
import { accessPoint, octets } from './accessPoints.js';

export const STATION = '02:00:00:00:01:00' as MacAddress;
export const HERE = '02:00:00:00:00:00' as MacAddress;
export const THERE = '02:00:00:00:02:00' as MacAddress;
export const PASSPHRASE = new TextEncoder().encode('correct horse battery');

const NOTHING = new Uint8Array(0);
const ssid = octets('6c6162');
const akm = suite('FT_PSK');
const pmk = passphraseToPmk(nodeCrypto, PASSPHRASE, ssid) ?? NOTHING;
const gtk = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 + i);
const anonce = new Uint8Array(32).fill(3);

/** A network of two access points and one mobility domain, as far as an association and its 4-way handshake go. */
export const networkAt = (peer: MacAddress): TestNetwork =>
  networkFor({ akm, pairwise: cipher('CCMP'), group: cipher('CCMP'), ssid, peer, own: STATION });

export const secret = pmk;

const mobilityOf = (network: TestNetwork) => {
  if (network.mobility === undefined) throw new Error('no domain');
  return network.mobility;
};

/** What it announces. */
export const announced = (bssid: MacAddress, changes: Partial<Bss> = {}): Bss => {
  const network = networkAt(bssid);
  const bss = accessPoint(network.apElement, { bssid, ...changes });
  return { ...bss, elements: Uint8Array.of(...bss.elements, ...mobilityOf(network).mde) };
};

/** The first association in the domain is through. */
export const associatedAt = (bssid: MacAddress): RadioInput => {
  const network = networkAt(bssid);
  const { mde, fte } = mobilityOf(network);
  const request = Uint8Array.of(...network.ownElement, ...mde);
  return { kind: 'connected', status: 0, timedOut: false, request, response: Uint8Array.of(...mde, ...fte) };
};

const fteIn = (elements: Uint8Array) => {
  const element = findElement(leadingElements(elements), ElementId.codes.FAST_TRANSITION);
  const read = readFastTransition(element?.body ?? NOTHING, 16);
  if (read._tag === 'Left') throw new Error(read.left.message);
  return read.right;
};

const keysOf = (bssid: MacAddress) => {
  const { domain: mobilityDomain, r0KeyHolder } = mobilityOf(networkAt(bssid));
  const supplicant = macToBytes(STATION);
  const r0 = ftR0(nodeCrypto, akm, pmk, { ssid, mobilityDomain, r0KeyHolder, supplicant });
  return { r0, r1: ftR1(nodeCrypto, akm, r0, { r1KeyHolder: macToBytes(bssid), supplicant }) };
};

/** What an access point of the domain answers to the first frame of a transition. */
export const answerOf = (bssid: MacAddress, asked: Uint8Array, status = 0): Uint8Array => {
  const network = networkAt(bssid);
  const fte = made(writeFastTransition({ ...fteIn(asked.subarray(6)), anonce, r1KeyHolder: macToBytes(bssid) }));
  const elements = Uint8Array.of(...withPmkids(network.apElement, [keysOf(bssid).r0.name]), ...mobilityOf(network).mde, ...fte);
  return writeAuthenticationFrame({ algorithm: 2, transaction: 2, status, rest: status === 0 ? elements : NOTHING });
};

const ptkOf = (bssid: MacAddress, r1: PmkR1, snonce: Uint8Array) => {
  const addresses = { authenticator: macToBytes(bssid), supplicant: macToBytes(STATION) };
  return {
    addresses,
    keys: ftPtk(nodeCrypto, akm, cipher('CCMP'), r1, { addresses, nonces: { authenticator: anonce, supplicant: snonce } }),
  };
};

/** The temporal key that a transition with this request ends in. */
export const temporalKey = (bssid: MacAddress, fastTransition: Uint8Array): Uint8Array =>
  ptkOf(bssid, keysOf(bssid).r1, fteIn(fastTransition).snonce).keys.ptk.tk.reveal();

/** The reassociation of a transition is through; `spoil` changes the MIC of the response. */
export const reassociatedAt = (
  { bss, security }: Candidate,
  spoil: (mic: Uint8Array) => Uint8Array = (mic) => mic,
): RadioInput => {
  const network = networkAt(bss.bssid);
  const { mde } = mobilityOf(network);
  const { element = NOTHING, mobilityDomain = NOTHING, fastTransition = NOTHING } = security ?? {};
  const { r1 } = keysOf(bss.bssid);
  const asked = fteIn(fastTransition);
  const { addresses, keys } = ptkOf(bss.bssid, r1, asked.snonce);
  const wrapped = nodeCrypto.aesWrap(keys.element.kek.reveal(), gtk) ?? NOTHING;
  const group = { keyId: 1, keyLength: 16, receiveCounter: new Uint8Array(8), wrapped };
  const fte = made(writeFastTransition({ ...asked, elementCount: 3, mic: new Uint8Array(16), gtk: group }));
  const rsne = withPmkids(network.apElement, [r1.name]);
  const elements = { rsne, mobilityDomain: mde, fastTransition: fte, resources: NOTHING, rsnxe: NOTHING };
  const frame = { addresses, transaction: 6, elements };
  const mic = ftMic(nodeCrypto, parametersOf(akm, 32), keys.element.kck.reveal(), frame);
  return {
    ...{ kind: 'connected', status: 0, timedOut: false },
    request: Uint8Array.of(...element, ...mobilityDomain, ...fastTransition),
    response: Uint8Array.of(...rsne, ...mde, ...withFtMic(fte, spoil(mic))),
  };
};
