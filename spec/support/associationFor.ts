/**
 * An association as the host reports it, for any suite and ciphers that may go together:
 *
 *     const network = networkFor({ akm, pairwise, group, groupManagement });
 *     network.context      // the MethodContext (and in it the AssociationCompletion) a method begins with
 *     network.policy       // what of the RsnPolicy the setup needs: the channel, and whether beacons are protected
 *     network.apRsne …     // every element of it, for an authenticator to compare with
 *
 * `suite('PSK')` and `cipher('CCMP')` look rows up by the names of `AkmSuite` and `CipherSuite`.
 */
import { isLeft } from 'fp-ts/lib/Either.js';
import type { MethodContext } from '../../operators/core/index.js';
import { type Akm, akmOf, parametersOf } from '../../operators/core/rsn/akm.js';
import { type CipherRow, cipherOf } from '../../operators/core/rsn/cipherSuite.js';
import type { OperatingChannel, RsnPolicy } from '../../operators/core/rsn/policy.js';
import type { AssociationCompletion, MacAddress } from '../../streams/events/index.js';
import { macFromBytes } from '../../streams/events/index.js';
import {
  AkmSuite,
  CipherSuite,
  type Encoded,
  RsnCapability,
  rsnxWith,
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
  writeElement,
  writeFastTransition,
  writeMobilityDomain,
  writeMultiLink,
  writeRsnElement,
  writeRsnxElement,
  writeWpaElement,
} from '../../streams/frames/index.js';
import { AP, association, portState } from './fixtures.js';

export const STATION = '02:00:00:00:00:02' as MacAddress;
export const SSID = new TextEncoder().encode('loopback');

export const suite = (name: keyof typeof AkmSuite.codes): Akm => {
  const akm = akmOf(AkmSuite.codes[name]);
  if (akm === undefined) throw new Error(`${name} is no AKM of the table`);
  return akm;
};

export const cipher = (name: keyof typeof CipherSuite.codes): CipherRow => {
  const row = cipherOf(CipherSuite.codes[name]);
  if (row === undefined) throw new Error(`${name} is no cipher of the table`);
  return row;
};

/** What an encoder made, or an exception: a fixture that cannot be written is a mistake of the test. */
export const made = (encoded: Encoded): Uint8Array => {
  if (isLeft(encoded)) throw new Error(encoded.left.message);
  return encoded.right;
};

const joined = (...parts: ReadonlyArray<Uint8Array | undefined>): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(part ?? [])]));

export interface NetworkSetup {
  readonly akm: Akm;
  readonly pairwise: CipherRow;
  /** Octets of the PMK, where the suite leaves it to the group that SAE or OWE agreed on; else the suite's first. */
  readonly pmkLength?: number;
  /** None where group addressed traffic is not allowed. */
  readonly group?: CipherRow;
  /** Only where management frames are protected. */
  readonly groupManagement?: CipherRow;
  readonly beaconProtection?: boolean;
  readonly extendedKeyId?: boolean;
  /** Only where both sides validate the operating channel. */
  readonly channel?: OperatingChannel;
  /** Of a multi-link association, the one it was made on first. */
  readonly linkIds?: ReadonlyArray<number>;
  /** RSN capabilities of the access point, where they are not those of our request. */
  readonly apCapabilities?: number;
  /** PMKIDs in our request. */
  readonly pmkids?: ReadonlyArray<Uint8Array>;
  /** Bits of the RSNX element of either side; none sends none. */
  readonly rsnx?: ReadonlyArray<number>;
  /** Elements of the beacon that the setup does not know of, behind all others. */
  readonly beaconExtra?: Uint8Array;
  /** The host hands over no beacon. */
  readonly withoutBeacon?: boolean;
  readonly ssid?: Uint8Array;
  readonly peer?: MacAddress;
  readonly own?: MacAddress;
}

export interface NetworkLink {
  readonly id: number;
  readonly ap: MacAddress;
  readonly own: MacAddress;
}

/** The names of a mobility domain. */
export interface Mobility {
  readonly domain: Uint8Array;
  readonly r0KeyHolder: Uint8Array;
  readonly r1KeyHolder: Uint8Array;
  /** The elements of the association response, whole. */
  readonly mde: Uint8Array;
  readonly fte: Uint8Array;
}

/** A setup with every element written. */
export interface TestNetwork extends NetworkSetup {
  readonly ssid: Uint8Array;
  /** The address packets come from: of the access point, or of the link the association was made on. */
  readonly peer: MacAddress;
  /** What a handshake is bound to: between multi-link devices their MLD addresses. */
  readonly authenticator: MacAddress;
  readonly supplicant: MacAddress;
  readonly links: ReadonlyArray<NetworkLink>;
  /** What the access point announces: an RSNE, or in WPA1 the WPA element. */
  readonly apElement: Uint8Array;
  readonly apRsnxe?: Uint8Array;
  /** What our request says. */
  readonly ownElement: Uint8Array;
  readonly ownRsnxe?: Uint8Array;
  readonly mobility?: Mobility;
  readonly context: MethodContext;
  readonly policy: Partial<RsnPolicy>;
}

const capabilitiesOf = ({ groupManagement, extendedKeyId, channel }: NetworkSetup): number =>
  (groupManagement === undefined ? 0 : RsnCapability.MFPC) |
  (extendedKeyId === true ? RsnCapability.EXTENDED_KEY_ID : 0) |
  (channel === undefined ? 0 : RsnCapability.OCVC);

const element = (setup: NetworkSetup, capabilities: number, pmkids: NetworkSetup['pmkids']): Uint8Array => {
  const { akm, pairwise, group, groupManagement } = setup;
  const suites = { version: 1, pairwise: [pairwise.selector], akms: [akm.selector] };
  if (akm.protocol === 'wpa') return made(writeWpaElement({ ...suites, group: group?.selector ?? pairwise.selector }));
  return made(
    writeRsnElement({
      ...suites,
      group: group?.selector ?? CipherSuite.codes.NO_GROUP_TRAFFIC,
      capabilities,
      ...((pmkids !== undefined || groupManagement !== undefined) && { pmkids: pmkids ?? [] }),
      ...(groupManagement && { groupManagement: groupManagement.selector }),
      rest: new Uint8Array(0),
    }),
  );
};

const R0_KEY_HOLDER = new TextEncoder().encode('r0.example');
const R1_KEY_HOLDER = Uint8Array.of(2, 0, 0, 0, 0, 0x71);

/** Octets of a MIC. */
export type NetworkMic = 16 | 24 | 32;

/**
 * The MIC field of an FTE is as long as that of the suite's frames; where the group decides, bits 1 to 3 of MIC Control say so
 * (IEEE 802.11-2020 9.4.2.47).
 */
const mobilityOf = ({ akm }: NetworkSetup, micLength: NetworkMic): Mobility => {
  const domain = Uint8Array.of(0xa1, 0xb2);
  const nothing = new Uint8Array(32);
  const holders = { r0KeyHolder: R0_KEY_HOLDER, r1KeyHolder: R1_KEY_HOLDER };
  const micControl = akm.selector === AkmSuite.codes.FT_SAE_EXT_KEY ? (micLength - 16) / 4 : 0;
  const transition = { micControl, elementCount: 0, mic: new Uint8Array(micLength), anonce: nothing, snonce: nothing };
  return {
    domain,
    ...holders,
    mde: made(writeMobilityDomain({ domain, overDs: false, resourceRequest: false })),
    fte: made(writeFastTransition({ ...transition, ...holders })),
  };
};

const linkAddress = (side: number, id: number): MacAddress => macFromBytes(Uint8Array.of(2, 0, 0, side, 0, id + 1));
const AP_MLD = macFromBytes(Uint8Array.of(2, 0, 0, 0xa, 0xff, 0));
const STATION_MLD = macFromBytes(Uint8Array.of(2, 0, 0, 0xb, 0xff, 0));

const multiLinkElements = (links: ReadonlyArray<NetworkLink>) => {
  const [associated, ...others] = links;
  if (associated === undefined) return {};
  const profiles = (side: 'ap' | 'own') =>
    others.map((link) => ({ linkId: link.id, complete: true, address: link[side], bytes: new Uint8Array(0) }));
  return {
    ours: made(writeMultiLink({ mldAddress: STATION_MLD, perStation: profiles('own') })),
    theirs: made(writeMultiLink({ mldAddress: AP_MLD, linkId: associated.id, perStation: profiles('ap') })),
  };
};

interface Frames {
  readonly setup: NetworkSetup;
  readonly ssid: Uint8Array;
  readonly links: ReadonlyArray<NetworkLink>;
  readonly apElement: Uint8Array;
  readonly ownElement: Uint8Array;
  readonly rsnxe: Uint8Array | undefined;
  readonly mobility: Mobility | undefined;
}

const blocksOf = ({ setup, ssid, links, apElement, ownElement, rsnxe, mobility }: Frames) => {
  const name = made(writeElement('SSID', 0, ssid));
  const { ours, theirs } = multiLinkElements(links);
  const request = joined(name, ownElement, mobility?.mde, rsnxe, ours);
  const beacon = joined(name, apElement, mobility?.mde, rsnxe, setup.beaconExtra);
  return {
    request: writeAssociationRequest({ capabilities: 0x11, listenInterval: 10, elements: request }),
    response: writeAssociationResponse({
      ...{ capabilities: 0x11, status: 0, associationId: 1 },
      elements: joined(mobility?.mde, mobility?.fte, theirs),
    }),
    beacon:
      setup.withoutBeacon === true
        ? new Uint8Array(0)
        : writeBeaconBody({ timestamp: new Uint8Array(8), interval: 100, capabilities: 0x11, elements: beacon }),
  };
};

const completionOf = (setup: NetworkSetup, peer: MacAddress, blocks: ReturnType<typeof blocksOf>): AssociationCompletion =>
  association({
    ...{ peer, ...blocks },
    authAlgorithm: setup.akm.windows[0] ?? 0,
    unicastCipher: setup.pairwise.windows,
    multicastCipher: setup.group?.windows ?? 0,
    managementCipher: setup.groupManagement?.windows ?? 0,
  });

const micLengthOf = ({ akm, pmkLength = akm.pmkLengths[0] ?? 0 }: NetworkSetup): NetworkMic => {
  const { mic, hash } = parametersOf(akm, pmkLength);
  if (mic !== 0) return mic;
  return hash === 'sha384' ? 24 : 16;
};

/** @param micLength of the FTE, if not the one the suite and the PMK prescribe */
export const networkFor = (setup: NetworkSetup, micLength: NetworkMic = micLengthOf(setup)): TestNetwork => {
  const { akm, linkIds = [], ssid = SSID, channel, beaconProtection = false } = setup;
  const links = linkIds.map((id) => ({ id, ap: linkAddress(0xa, id), own: linkAddress(0xb, id) }));
  const [associated] = links;
  const { peer = associated?.ap ?? AP, own = associated?.own ?? STATION } = setup;
  const capabilities = capabilitiesOf(setup);
  const apElement = element(setup, setup.apCapabilities ?? capabilities, undefined);
  const ownElement = element(setup, capabilities, setup.pmkids);
  const rsnxe = setup.rsnx && made(writeRsnxElement(rsnxWith(...setup.rsnx)));
  const mobility = akm.fastTransition ? mobilityOf(setup, micLength) : undefined;
  const blocks = blocksOf({ setup, ssid, links, apElement, ownElement, rsnxe, mobility });
  return {
    ...setup,
    ...{ ssid, peer, links, apElement, ownElement },
    authenticator: associated === undefined ? peer : AP_MLD,
    supplicant: associated === undefined ? own : STATION_MLD,
    ...(rsnxe && { apRsnxe: rsnxe, ownRsnxe: rsnxe }),
    ...(mobility && { mobility }),
    context: {
      peer,
      ownAddress: own,
      portState: portState({ peer }),
      association: completionOf(setup, peer, blocks),
    },
    policy: { beaconProtection, channelOf: () => channel },
  };
};
