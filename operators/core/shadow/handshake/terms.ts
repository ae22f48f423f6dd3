import { isLeft } from 'fp-ts/lib/Either.js';
import { bytesOfMac48, type Mac48, mac48ToAddress } from '../../../../streams/air/index.js';
import { copyBytes, type MacAddress } from '../../../../streams/events/index.js';
import { ElementId, writeElement } from '../../../../streams/frames/index.js';
import type { MethodContext } from '../../method/SecurityMethod.js';
import { elementsOfAssociation, type Network, readNetwork } from '../../rsn/network.js';
import { defaultPolicy, type RsnPolicy } from '../../rsn/policy.js';
import type { Agreement, Said } from './agreementMemory.js';
import { type Candidate, candidateOf } from './Candidate.js';
import type { KeyWatchContext, KeyWatchDeps } from './Watch.js';

/** What the handshakes of a connection depend on. */
export interface Terms extends Agreement {
  /** Whether the association was seen: what message 2 repeats of itself proves nothing. */
  readonly isOfAssociation: boolean;
}

const NOTHING = new Uint8Array(0);

/** Nobody told the channel; where it is validated, message 2 tells it. */
const UNTOLD = { operatingClass: 0, primaryChannel: 0, frequencySegment1: 0 };

/** A watcher keeps beacon keys too, and whoever is watched may be on any channel. */
export const watchingPolicy: RsnPolicy = { ...defaultPolicy, beaconProtection: true, channelOf: () => UNTOLD };

interface Frames {
  readonly request: Uint8Array;
  readonly isReassociation: boolean;
  readonly response: Uint8Array;
  readonly announcement: Uint8Array;
}

/** As a host would hand them over that knows no more than the frames. */
const methodContext = (peer: MacAddress, ownAddress: MacAddress, frames: Frames): MethodContext => ({
  peer,
  ownAddress,
  portState: { peer, sessionId: 0, controlled: true, authorized: false },
  association: {
    peer,
    status: 0,
    reassociationRequest: frames.isReassociation,
    reassociationResponse: frames.isReassociation,
    request: frames.request,
    response: frames.response,
    beacon: frames.announcement,
    ihvData: NOTHING,
    authAlgorithm: 0,
    unicastCipher: 0,
    multicastCipher: 0,
    activePhys: [0],
    fourAddress: false,
    portAuthorized: false,
    qosProtocol: 0,
    dsInfo: 0,
    encapsulation: [],
    // Where no beacon was heard, what the station says of its management frames is believed.
    managementCipher: 1,
    comebackTime: 0,
  },
});

const candidatesOf = ({ crypto, keys }: KeyWatchDeps, network: Network, ssid: Uint8Array | undefined): ReadonlyArray<Candidate> =>
  keys.pmksOf(ssid, network.akm.selector).flatMap((key) => candidateOf(crypto, network, key) ?? []);

const read = (deps: KeyWatchDeps, context: KeyWatchContext, frames: Frames): Agreement | undefined => {
  const { ap, station } = context;
  const method = methodContext(mac48ToAddress(ap), mac48ToAddress(station), frames);
  const network = readNetwork(method, elementsOfAssociation(method), watchingPolicy);
  if (isLeft(network)) return undefined;
  const { ssid } = network.right;
  const known = ssid.length > 0 ? ssid : context.ssid;
  const named = known === undefined ? network.right : { ...network.right, ssid: known };
  return { network: named, candidates: candidatesOf(deps, named, known) };
};

/** What depends on the station alone, or on what the response says to it, is nobody else's. */
const isShared = ({ akm, links }: Network): boolean => !akm.fastTransition && links.length === 0;

/** An agreement may have been reached with another station: whose addresses its keys are bound to, of this one. */
export const addressesOf = (network: Network, station: Mac48): Network['addresses'] =>
  isShared(network) ? { authenticator: network.addresses.authenticator, supplicant: bytesOfMac48(station) } : network.addresses;

const agreed = (deps: KeyWatchDeps, context: KeyWatchContext, frames: Frames): Agreement | undefined => {
  const { agreements } = deps.keys;
  const said: Said = { ap: context.ap, request: frames.request, announcement: context.announcement };
  const known = agreements.find(said);
  if (known !== undefined) return known;
  const agreement = read(deps, context, frames);
  if (agreement !== undefined && isShared(agreement.network)) agreements.keep(said, agreement);
  return agreement;
};

/** What the frames of the association say, if they were seen and can be read. */
export const termsOfAssociation = (deps: KeyWatchDeps, context: KeyWatchContext): Terms | undefined => {
  const { request, isReassociation, response = NOTHING, announcement = NOTHING } = context;
  if (request === undefined) return undefined;
  const agreement = agreed(deps, context, { request, isReassociation, response, announcement });
  return agreement && { network: agreement.network, candidates: agreement.candidates, isOfAssociation: true };
};

/** Octets before the elements of an association request, and of a response (IEEE 802.11-2020 9.3.3.5, 9.3.3.6). */
const REQUEST_FIELDS = 4;
const RESPONSE_FIELDS = 6;

const framed = (fields: number, ...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const frame = new Uint8Array(parts.reduce((sum, { length }) => sum + length, fields));
  let at = fields;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
};

/** What message 2 repeats of an association that was not seen (IEEE 802.11-2020 12.7.6.3). */
export const termsOfMessage2 = (deps: KeyWatchDeps, context: KeyWatchContext, keyData: Uint8Array): Terms | undefined => {
  const { ssid = NOTHING, announcement = NOTHING } = context;
  const named = writeElement('SSID element', ElementId.codes.SSID, ssid);
  const request = framed(REQUEST_FIELDS, isLeft(named) ? NOTHING : named.right, keyData);
  const response = context.response ?? framed(RESPONSE_FIELDS, keyData);
  const agreement = agreed(deps, context, { request, isReassociation: false, response, announcement });
  return agreement && { network: agreement.network, candidates: agreement.candidates, isOfAssociation: false };
};

/** Of what the context holds, copies: the frames are good until the next event only. */
export const ownContext = (context: KeyWatchContext): KeyWatchContext => {
  const own: { -readonly [K in keyof KeyWatchContext]: KeyWatchContext[K] } = {
    station: context.station,
    ap: context.ap,
    isReassociation: context.isReassociation,
    medium: context.medium,
  };
  if (context.ssid !== undefined) own.ssid = copyBytes(context.ssid);
  if (context.request !== undefined) own.request = copyBytes(context.request);
  if (context.response !== undefined) own.response = copyBytes(context.response);
  if (context.announcement !== undefined) own.announcement = copyBytes(context.announcement);
  return own;
};
