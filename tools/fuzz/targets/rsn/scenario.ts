import { isLeft } from 'fp-ts/lib/Either.js';
import type { MethodContext, RsnPolicy } from '../../../../operators/core/index.js';
import { usesOneX } from '../../../../operators/core/rsn/akm.js';
import { type Akm, akmOf, type CipherRow, cipherOf, defaultPolicy, xxKeyOfMsk } from '../../../../operators/core/rsn/index.js';
import { type AssociationCompletion, AuthAlgorithm, type MacAddress } from '../../../../streams/events/index.js';
import * as frames from '../../../../streams/frames/index.js';

export const PEER = '02:00:00:00:00:01' as MacAddress;
export const OWN = '02:00:00:00:00:02' as MacAddress;
export const AP_MLD = '02:00:00:00:00:09' as MacAddress;
const OWN_MLD = '02:00:00:00:00:0a' as MacAddress;
const SECOND_AP = '02:00:00:00:00:11' as MacAddress;
const SECOND_OWN = '02:00:00:00:00:12' as MacAddress;
export const SSID = Uint8Array.of(0x74, 0x65, 0x73, 0x74);
export const MASTER = new Uint8Array(64).map((_, at) => at + 1);
export const CHANNEL = { operatingClass: 81, primaryChannel: 6, frequencySegment1: 0 };
export const HOLDERS = { r0KeyHolder: Uint8Array.of(0x61, 0x70), r1KeyHolder: Uint8Array.of(2, 0, 0, 0, 0, 1) };
export const DOMAIN = Uint8Array.of(0x12, 0x34);

const { AkmSuite, CipherSuite, RsnCapability } = frames;
const [A, C] = [AkmSuite.codes, CipherSuite.codes];

/** What kinds of network there are: AKM, pairwise and group cipher, octets of the PMK. */
const NETWORKS: ReadonlyArray<readonly [akm: number, pairwise: number, group: number, pmk: number]> = [
  [A.PSK, C.CCMP, C.CCMP, 32],
  [A.PSK, C.CCMP, C.TKIP, 32],
  [A.WPA_PSK, C.WPA_TKIP, C.WPA_TKIP, 32],
  [A.WPA_PSK, C.WPA_CCMP, C.WPA_TKIP, 32],
  [A.PSK_SHA256, C.GCMP_256, C.GCMP_256, 32],
  [A.SAE, C.CCMP, C.CCMP, 32],
  [A.SAE_EXT_KEY, C.GCMP_256, C.GCMP_256, 48],
  [A.SAE_EXT_KEY, C.GCMP_256, C.GCMP_256, 64],
  [A.OWE, C.CCMP, C.CCMP, 32],
  [A.IEEE_802_1X, C.CCMP, C.CCMP, 32],
  [A.IEEE_802_1X_SHA256, C.GCMP, C.GCMP, 32],
  [A.SUITE_B_192, C.GCMP_256, C.GCMP_256, 48],
  [A.WPA_802_1X, C.WPA_TKIP, C.WPA_TKIP, 32],
  [A.FT_PSK, C.CCMP, C.CCMP, 32],
  [A.FT_SAE, C.CCMP, C.CCMP, 32],
  [A.FT_802_1X, C.CCMP, C.CCMP, 32],
  [A.FT_802_1X_SHA384, C.GCMP_256, C.GCMP_256, 48],
  [A.PSK_SHA384, C.CCMP_256, C.CCMP_256, 32],
  [A.PSK, C.TKIP, C.TKIP, 32],
  [A.PSK, C.CCMP, C.NO_GROUP_TRAFFIC, 32],
  [A.FT_SAE_EXT_KEY, C.GCMP_256, C.GCMP_256, 48],
  [A.FILS_SHA256, C.CCMP, C.CCMP, 32],
  [A.FILS_SHA384, C.GCMP_256, C.GCMP_256, 48],
  [A.FT_FILS_SHA256, C.CCMP, C.CCMP, 32],
  [A.FT_FILS_SHA384, C.GCMP_256, C.GCMP_256, 48],
];

/** Octets of a machine's program before its steps: which network, what is agreed, what else, and the policy. */
export const HEAD = 4;

const bit = (octet: number | undefined, index: number): boolean => (((octet ?? 0) >>> index) & 1) === 1;

/** What the head of a program stands for. */
export interface Scenario {
  readonly akm: Akm;
  readonly pairwise: CipherRow;
  readonly group: CipherRow | undefined;
  readonly pmk: Uint8Array;
  readonly protectsManagement: boolean;
  readonly managementCipher: CipherRow;
  readonly extendedKeyId: boolean;
  readonly validatesChannel: boolean;
  readonly isMultiLink: boolean;
  readonly isRemembered: boolean;
  /** The association was the end of a fast transition, and no handshake follows. */
  readonly isTransition: boolean;
  readonly announces: { readonly beacon: boolean; readonly rsnxe: boolean };
  /** What is wrong with the station or the access point. */
  readonly lacks: { readonly secret: boolean; readonly nonce: boolean; readonly address: boolean; readonly key: boolean };
  readonly policy: Partial<RsnPolicy>;
}

const policyOf = (flags: number): Partial<RsnPolicy> => ({
  countermeasures: bit(flags, 0) ? 'fail' : 'report',
  beaconProtection: bit(flags, 1),
  pairwiseKeyLifetime: bit(flags, 2) ? 60_000 : 0,
  pmkFrom: bit(flags, 3) ? 'receiveKey' : 'sendKey',
  excludeUnencrypted: !bit(flags, 4),
  toleratedRepetitions: bit(flags, 5) ? 0 : defaultPolicy.toleratedRepetitions,
  eapolVersion: bit(flags, 6) ? 2 : 1,
  channelOf: () => (bit(flags, 7) ? undefined : CHANNEL),
});

export const scenarioOf = ([network = 0, agreed = 0, more = 0, policy = 0]: Uint8Array): Scenario | undefined => {
  const [akmSelector, pairwiseSelector, groupSelector, length] = NETWORKS[network % NETWORKS.length] ??
    NETWORKS[0] ?? [0, 0, 0, 0];
  const [akm, pairwise] = [akmOf(akmSelector), cipherOf(pairwiseSelector)];
  const managementCipher = cipherOf(bit(agreed, 6) ? C.BIP_GMAC_256 : C.BIP_CMAC_128);
  if (akm === undefined || pairwise === undefined || managementCipher === undefined) return undefined;
  const isRsn = akm.protocol === 'rsn';
  const xxKey = usesOneX(akm) && akm.fastTransition ? xxKeyOfMsk(akm, MASTER) : MASTER.subarray(0, length);
  return {
    ...{ akm, pairwise, group: cipherOf(groupSelector), pmk: xxKey ?? MASTER, managementCipher },
    protectsManagement: isRsn && bit(agreed, 0),
    extendedKeyId: isRsn && bit(agreed, 1),
    validatesChannel: isRsn && bit(agreed, 2),
    isMultiLink: isRsn && bit(agreed, 3),
    isRemembered: isRsn && bit(agreed, 4),
    isTransition: akm.fastTransition && bit(more, 6),
    announces: { beacon: !bit(agreed, 7), rsnxe: bit(agreed, 5) },
    lacks: { secret: bit(more, 0), nonce: bit(more, 1), address: bit(more, 2), key: bit(more, 3) },
    policy: policyOf(policy),
  };
};

export const written = (encoded: frames.Encoded): Uint8Array => (isLeft(encoded) ? new Uint8Array(0) : encoded.right);
export const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** The PMKID under which the station remembers its key. */
export const PMKID = new Uint8Array(16).fill(0x77);

const capabilitiesOf = ({ protectsManagement, extendedKeyId, validatesChannel }: Scenario): number =>
  (protectsManagement ? RsnCapability.MFPC | RsnCapability.MFPR : 0) |
  (extendedKeyId ? RsnCapability.EXTENDED_KEY_ID : 0) |
  (validatesChannel ? RsnCapability.OCVC : 0);

/** The RSNE or WPA element of either side. */
export const securityElement = (scenario: Scenario, pmkids: ReadonlyArray<Uint8Array>): Uint8Array => {
  const { akm, pairwise, group, protectsManagement, managementCipher } = scenario;
  const suites = {
    version: 1,
    group: group?.selector ?? CipherSuite.codes.NO_GROUP_TRAFFIC,
    pairwise: [pairwise.selector],
    akms: [akm.selector],
  };
  if (akm.protocol === 'wpa') return written(frames.writeWpaElement(suites));
  const management = protectsManagement
    ? { pmkids, groupManagement: managementCipher.selector }
    : pmkids.length > 0
      ? { pmkids }
      : {};
  return written(
    frames.writeRsnElement({ ...suites, capabilities: capabilitiesOf(scenario), ...management, rest: new Uint8Array(0) }),
  );
};

export const extensionElement = ({ announces }: Scenario): Uint8Array =>
  announces.rsnxe
    ? written(frames.writeRsnxElement(frames.rsnxWith(frames.RsnxCapability.SAE_H2E, frames.RsnxCapability.SSID_PROTECTION)))
    : new Uint8Array(0);

export const mobilityDomainElement = written(
  frames.writeMobilityDomain({ domain: DOMAIN, overDs: false, resourceRequest: false }),
);

/** MDE and FTE, where there is a mobility domain. */
export const mobilityElements = ({ akm, pmk }: Scenario): Uint8Array => {
  if (!akm.fastTransition) return new Uint8Array(0);
  const micLength = akm.selector === A.FT_802_1X_SHA384 || pmk.length === 48 ? 24 : 16;
  const fte = frames.writeFastTransition({
    ...{ micControl: 0, elementCount: 0, mic: new Uint8Array(micLength), ...HOLDERS },
    ...{ anonce: new Uint8Array(32), snonce: new Uint8Array(32) },
  });
  return joined(mobilityDomainElement, written(fte));
};

export const LINKS: ReadonlyArray<{ readonly linkId: number; readonly address: MacAddress }> = [
  { linkId: 0, address: PEER },
  { linkId: 1, address: SECOND_AP },
];

const multiLink = ({ isMultiLink }: Scenario, mldAddress: MacAddress, second: MacAddress, linkId?: number): Uint8Array => {
  const perStation = [{ linkId: 1, complete: true, address: second, bytes: new Uint8Array(0) }];
  return isMultiLink
    ? written(frames.writeMultiLink({ mldAddress, perStation, ...(linkId !== undefined && { linkId }) }))
    : new Uint8Array(0);
};

/** The addresses a handshake is bound to. */
export const addressesOf = ({ isMultiLink }: Scenario) => ({
  authenticator: isMultiLink ? AP_MLD : PEER,
  supplicant: isMultiLink ? OWN_MLD : OWN,
});

/** The association as the host reports it. */
export const associationOf = (scenario: Scenario): AssociationCompletion => {
  const { akm, announces, isRemembered } = scenario;
  const ssid = Uint8Array.of(0, SSID.length, ...SSID);
  const [own, theirs] = [securityElement(scenario, isRemembered ? [PMKID] : []), securityElement(scenario, [])];
  const [extension, mobility] = [extensionElement(scenario), mobilityElements(scenario)];
  const request = joined(ssid, own, extension, mobility.subarray(0, 5), multiLink(scenario, OWN_MLD, SECOND_OWN));
  const response = joined(mobility, multiLink(scenario, AP_MLD, SECOND_AP, 0));
  const beacon = { timestamp: new Uint8Array(8), interval: 100, capabilities: 0x11, elements: joined(ssid, theirs, extension) };
  return {
    ...{ peer: PEER, status: 0, reassociationRequest: false, reassociationResponse: false, ihvData: new Uint8Array(0) },
    request: frames.writeAssociationRequest({ capabilities: 0x11, listenInterval: 1, elements: request }),
    response: frames.writeAssociationResponse({ capabilities: 0x11, status: 0, associationId: 1, elements: response }),
    beacon: announces.beacon ? frames.writeBeaconBody(beacon) : new Uint8Array(0),
    authAlgorithm: akm.windows[0] ?? AuthAlgorithm.codes.RSNA_PSK,
    unicastCipher: scenario.pairwise.windows,
    multicastCipher: scenario.group?.windows ?? 0,
    managementCipher: scenario.protectsManagement ? scenario.managementCipher.windows : 0,
    ...{ activePhys: [0], fourAddress: false, portAuthorized: false },
    ...{ qosProtocol: 0, dsInfo: 0, encapsulation: [], comebackTime: 0 },
  };
};

export const contextOf = ({ lacks }: Scenario, association: AssociationCompletion): MethodContext => ({
  peer: PEER,
  ...(!lacks.address && { ownAddress: OWN }),
  portState: { peer: PEER, sessionId: 1, controlled: true, authorized: false },
  association,
});
