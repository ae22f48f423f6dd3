import type { AssociationCompletion } from '../../../../../streams/events/index.js';
import {
  type RsnElement,
  readRsnElement,
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
  writeElement,
  writeRsnElement,
} from '../../../../../streams/frames/index.js';
import type { NetworkSetup, TestNetwork } from '../../../../support/associationFor.js';
import { cipher, made, suite } from '../../../../support/associationFor.js';

const psk = { akm: suite('PSK'), pairwise: cipher('CCMP'), group: cipher('CCMP') };
const sae = {
  ...{ akm: suite('SAE'), pairwise: cipher('CCMP'), group: cipher('CCMP') },
  groupManagement: cipher('BIP_CMAC_128'),
};

/** Networks beside those of support/stages.ts, each with what the changed field needs to be there. */
export const networks = {
  tkip: { akm: suite('PSK'), pairwise: cipher('TKIP'), group: cipher('TKIP') },
  tkipGroup: { ...psk, group: cipher('TKIP') },
  pskSha256: { ...psk, akm: suite('PSK_SHA256') },
  withoutGroup: { akm: suite('PSK'), pairwise: cipher('CCMP') },
  extended: { ...psk, rsnx: [5] },
  named: { ...psk, rsnx: [5, 21] },
  protectedBeacons: { ...sae, beaconProtection: true },
  extendedKeyId: { ...psk, extendedKeyId: true },
  channelValidated: {
    ...{ ...sae, akm: suite('PSK_SHA256') },
    channel: { operatingClass: 128, primaryChannel: 36, frequencySegment1: 0 },
  },
  channelOfTwoSegments: {
    ...{ ...sae, akm: suite('PSK_SHA256') },
    channel: { operatingClass: 130, primaryChannel: 36, frequencySegment1: 155 },
  },
  narrowChannel: {
    ...{ ...sae, akm: suite('PSK_SHA256') },
    channel: { operatingClass: 115, primaryChannel: 36, frequencySegment1: 0 },
  },
  mobile: { ...psk, akm: suite('FT_PSK') },
  multiLink: { ...sae, linkIds: [0, 2], rsnx: [5] },
  threeLinks: { ...sae, linkIds: [0, 1, 2] },
  multiLinkMobile: { ...sae, akm: suite('FT_SAE'), linkIds: [0, 2] },
  protectedMultiLinkBeacons: { ...sae, linkIds: [0, 2], beaconProtection: true },
  wpaOfCcmp: { akm: suite('WPA_PSK'), pairwise: cipher('WPA_CCMP'), group: cipher('WPA_TKIP') },
} as const satisfies Readonly<Record<string, NetworkSetup>>;

const withSsid = ({ ssid }: TestNetwork, elements: ReadonlyArray<Uint8Array>): Uint8Array =>
  Uint8Array.from([made(writeElement('SSID', 0, ssid)), ...elements].flatMap((element) => [...element]));

const withAssociation = (network: TestNetwork, changes: Partial<AssociationCompletion>): TestNetwork => {
  const { context } = network;
  return { ...network, context: { ...context, association: { ...context.association, ...changes } } };
};

/** The beacon has these elements, and no others. */
export const announcing =
  (...elements: ReadonlyArray<Uint8Array>) =>
  (network: TestNetwork): TestNetwork =>
    withAssociation(network, {
      beacon: writeBeaconBody({
        ...{ timestamp: new Uint8Array(8), interval: 100, capabilities: 0x11 },
        elements: withSsid(network, elements),
      }),
    });

/** Our request has these elements. */
export const asking =
  (...elements: ReadonlyArray<Uint8Array>) =>
  (network: TestNetwork): TestNetwork =>
    withAssociation(network, {
      request: writeAssociationRequest({ capabilities: 0x11, listenInterval: 10, elements: withSsid(network, elements) }),
    });

/** The response has these elements. */
export const responding =
  (elements: (network: TestNetwork) => ReadonlyArray<Uint8Array>) =>
  (network: TestNetwork): TestNetwork => {
    const all = Uint8Array.from(elements(network).flatMap((element) => [...element]));
    return withAssociation(network, {
      response: writeAssociationResponse({ capabilities: 0x11, status: 0, associationId: 1, elements: all }),
    });
  };

/** What the host reports beside the frames. */
export const reporting =
  (changes: Partial<AssociationCompletion>) =>
  (network: TestNetwork): TestNetwork =>
    withAssociation(network, changes);

/** The access point has this RSNE, in its beacon and in message 3. */
export const withRsne =
  (apElement: Uint8Array) =>
  (network: TestNetwork): TestNetwork =>
    announcing(apElement)({ ...network, apElement });

const rsnOf = (element: Uint8Array): RsnElement => {
  const read = readRsnElement(element.subarray(2));
  if (read._tag === 'Left') throw new Error(read.left.message);
  return read.right;
};

/** An RSNE with some of its fields changed. */
export const changedRsne = (element: Uint8Array, change: (rsn: RsnElement) => RsnElement): Uint8Array =>
  made(writeRsnElement(change(rsnOf(element))));
