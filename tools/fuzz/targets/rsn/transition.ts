import { isLeft } from 'fp-ts/lib/Either.js';
import type { Crypto } from '../../../../operators/core/index.js';
import { ftMic, REASSOCIATION_RESPONSE } from '../../../../operators/core/rsn/ft/ftMic.js';
import { type FtPtk, ftMicLength, ftPtk, parametersOf } from '../../../../operators/core/rsn/index.js';
import { type AssociationCompletion, macToBytes } from '../../../../streams/events/index.js';
import * as frames from '../../../../streams/frames/index.js';
import { r1Of } from './hierarchy.js';
import {
  addressesOf,
  associationOf,
  extensionElement,
  HOLDERS,
  joined,
  LINKS,
  mobilityDomainElement,
  type Scenario,
  SSID,
  securityElement,
  written,
} from './scenario.js';
import { elsewhere } from './secrets.js';

const NOTHING: Uint8Array = new Uint8Array(0);

/** The nonces of the authentication that went before. */
export const NONCES = { authenticator: new Uint8Array(32).fill(0xa0), supplicant: new Uint8Array(32).fill(0x55) };

const keysOf = (crypto: Crypto, { group, managementCipher, isMultiLink }: Scenario, { element }: FtPtk) => {
  const wrap = (octets: number, value: number) => ({
    keyLength: octets,
    wrapped: crypto.aesWrap(element.kek.reveal(), new Uint8Array(octets).fill(value)) ?? new Uint8Array(24),
  });
  const gtk = { keyId: 1, receiveCounter: new Uint8Array(8), ...wrap(group?.keyLength ?? 16, 0x60) };
  const igtk = { keyId: 4, packetNumber: new Uint8Array(6), ...wrap(managementCipher.keyLength, 0x61) };
  const bigtk = { keyId: 6, packetNumber: new Uint8Array(6), ...wrap(managementCipher.keyLength, 0x62) };
  const ofLinks = <A>(key: A): ReadonlyArray<A & { linkId: number }> => LINKS.map(({ linkId }) => ({ ...key, linkId }));
  return isMultiLink ? { mloGtks: ofLinks(gtk), mloIgtks: ofLinks(igtk), mloBigtks: ofLinks(bigtk) } : { gtk, igtk, bigtk };
};

/** MIC Control announces the length of the MIC, which only FT-SAE-EXT-KEY has to. */
const micControl = (octets: number): number => (octets / 8 - 2) << 1;

const responseElements = (crypto: Crypto, scenario: Scenario, master: Uint8Array): Uint8Array => {
  const { akm, pairwise } = scenario;
  const r1 = r1Of(crypto, scenario, master);
  const { authenticator, supplicant } = addressesOf(scenario);
  const addresses = { authenticator: macToBytes(authenticator), supplicant: macToBytes(supplicant) };
  const keys = ftPtk(crypto, akm, pairwise, r1, { addresses, nonces: NONCES });
  const rsnxe = extensionElement(scenario);
  const micLength = keys.element.kck.length;
  const links = scenario.isMultiLink ? LINKS.map(({ address }) => macToBytes(address)) : [NOTHING];
  const fastTransition = written(
    frames.writeFastTransition({
      ...{
        micControl: micControl(micLength),
        elementCount: 2 + links.length * (rsnxe.length > 0 ? 2 : 1),
        mic: new Uint8Array(micLength),
        ...HOLDERS,
      },
      ...{ anonce: NONCES.authenticator, snonce: NONCES.supplicant, ...keysOf(crypto, scenario, keys) },
    }),
  );
  const [rsne, mobilityDomain] = [securityElement(scenario, [r1.name]), mobilityDomainElement];
  const elements = {
    ...{ mobilityDomain, fastTransition, resources: NOTHING },
    rsne: joined(...links.map(() => rsne)),
    rsnxe: joined(...links.map(() => rsnxe)),
    linkAddresses: joined(...links),
  };
  const frame = { addresses, transaction: REASSOCIATION_RESPONSE, elements };
  const mic = ftMic(crypto, parametersOf(akm, r1.pmkR1.length), keys.element.kck.reveal(), frame);
  return joined(rsne, mobilityDomain, frames.withFtMic(fastTransition, mic), rsnxe);
};

const requestElements = (crypto: Crypto, scenario: Scenario): Uint8Array => {
  const { name } = r1Of(crypto, scenario, scenario.pmk);
  const micLength = ftMicLength(scenario.akm, scenario.pmk.length);
  const fte = frames.writeFastTransition({
    ...{ micControl: 0, elementCount: 3, mic: new Uint8Array(micLength), ...HOLDERS },
    ...{ anonce: NONCES.authenticator, snonce: NONCES.supplicant },
  });
  const own = [securityElement(scenario, [name]), mobilityDomainElement, written(fte), extensionElement(scenario)];
  return joined(Uint8Array.of(0, SSID.length, ...SSID), ...own);
};

const multiLinkIn = (block: Uint8Array, fixed: number): Uint8Array => {
  const elements = frames.readElements(block.subarray(fixed));
  const found = isLeft(elements) ? undefined : frames.findMultiLink(elements.right);
  return found?.bytes ?? new Uint8Array(0);
};

/** The association as the host reports it; where it was a fast transition, with the exchange that made the keys. */
export const reportedAssociation = (crypto: Crypto, scenario: Scenario, master: Uint8Array): AssociationCompletion => {
  const association = associationOf(scenario);
  if (!scenario.isTransition) return association;
  return elsewhere(() => {
    const request = joined(
      association.request.subarray(0, 4),
      requestElements(crypto, scenario),
      multiLinkIn(association.request, 4),
    );
    const response = joined(
      association.response.subarray(0, 6),
      responseElements(crypto, scenario, master),
      multiLinkIn(association.response, 6),
    );
    return { ...association, request, response };
  });
};

const PROTECTED: ReadonlyArray<number> = [
  frames.ElementId.codes.RSN,
  frames.ElementId.codes.MOBILITY_DOMAIN,
  frames.ElementId.codes.FAST_TRANSITION,
];

/** Whether what the MIC protects is in a response as it was. */
export const isStillProven = (genuine: AssociationCompletion, { response }: AssociationCompletion): boolean =>
  frames
    .leadingElements(genuine.response.subarray(6))
    .filter(({ id }) => PROTECTED.includes(id))
    .every(({ bytes }) => Buffer.from(response).includes(Buffer.from(bytes)));
