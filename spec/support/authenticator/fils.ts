/**
 * The other side of FILS shared key authentication, and both sides up to the association:
 *
 *     const { network, secrets, ap } = associateByFils({ network: networkFor(setup), rMsk });
 *     const bench = portBench({ network, secret, remembered: secrets });   // the port is up: bench.keys are shownKeys(ap)
 *     bench.hear(rekeyPairwise(ap));                                       // and goes on with EAPOL-Key frames
 *
 * `changes` are functions from what the access point would say to what it says instead; what is behind them is protected after
 * the change.
 */
import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { parametersOf } from '../../../operators/core/rsn/akm.js';
import {
  beginFils,
  type FilsAccepted,
  type FilsOutput,
  type FilsSetup,
  type FilsState,
  protectFilsRequest,
  stepFils,
} from '../../../operators/core/rsn/index.js';
import { filsKeyAuth, filsKeys, filsPmk } from '../../../operators/core/rsn/keys/fils.js';
import { ftR0, ftR1 } from '../../../operators/core/rsn/keys/ft.js';
import type { Nonces } from '../../../operators/core/rsn/keys/ptk.js';
import { integerOf, octetsOf, octetsOfPoint, pointOf } from '../../../operators/core/rsn/sae/octets.js';
import { equalBytes, macToBytes, Secret, toHex } from '../../../streams/events/index.js';
import {
  type AuthenticationFrame,
  copyElement,
  copyExtensionBody,
  ElementExtension,
  ElementId,
  endOfExtension,
  type FilsAuthentication,
  type KeyDelivery,
  readAuthenticationFrame,
  readFilsAuthentication,
  readRsnElement,
  requestElements,
  withPmkids,
  writeAssociationRequest,
  writeAssociationResponse,
  writeAuthenticationFrame,
  writeElement,
  writeExtensionElement,
  writeFilsAuthentication,
  writeFilsKeyConfirmation,
  writeFilsSession,
  writeKeyDelivery,
} from '../../../streams/frames/index.js';
import { made, type TestNetwork } from '../associationFor.js';
import type { Ap } from './Ap.js';
import { authenticator } from './authenticator.js';
import { drawn, type PlainPtk } from './keys.js';
import { announcedElement, groupItems, receiveCounter } from './messages.js';

type Change<A> = (value: A) => A;

/** What an access point says otherwise than it should. */
export interface FilsChanges {
  readonly answer?: Change<FilsAuthentication>;
  readonly frame?: Change<AuthenticationFrame>;
  /** Elements of the response that are not encrypted: RSNE, RSNXE, MDE, FTE as far as there are any, and the session. */
  readonly clear?: Change<ReadonlyArray<Uint8Array>>;
  readonly delivery?: Change<KeyDelivery>;
  /** Those that are: the confirmation, the delivery, and where it is validated the channel. */
  readonly plain?: Change<ReadonlyArray<Uint8Array>>;
  /** The response as it goes on the air. */
  readonly touch?: Change<Uint8Array>;
}

export interface FilsWay {
  readonly network: TestNetwork;
  /** Re-authentication makes it. */
  readonly rMsk?: Uint8Array;
  /** The PMK of an earlier association, which the access point prefers. */
  readonly cached?: { readonly pmk: Uint8Array; readonly pmkid: Uint8Array };
  /** For perfect forward secrecy. */
  readonly group?: number;
  readonly transitionDisable?: Uint8Array;
  readonly changes?: FilsChanges;
}

const joined = (...parts: ReadonlyArray<Uint8Array | undefined>): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(part ?? [])]));

const changed = <A>(value: A, change: Change<A> | undefined): A => change?.(value) ?? value;

export const INITIATE = drawn('EAP-Initiate/Re-auth', 0, 300);
const FINISH = drawn('EAP-Finish/Re-auth', 0, 44);

const addressesOf = ({ authenticator: ap, supplicant }: TestNetwork) => ({
  authenticator: macToBytes(ap),
  supplicant: macToBytes(supplicant),
});

/** The station's side of it. */
export const filsSetup = ({ network, rMsk, cached, group }: FilsWay): FilsSetup => ({
  ...{ crypto: nodeCrypto, akm: network.akm.selector, pairwise: network.pairwise.selector, ssid: network.ssid },
  ...{ addresses: addressesOf(network), rsne: network.ownElement },
  ...(network.mobility && { mobilityDomain: network.mobility.mde }),
  ...(rMsk && { reauthentication: INITIATE }),
  ...(cached && { cached: { pmk: Secret.of(cached.pmk), pmkid: cached.pmkid } }),
  ...(group !== undefined && { group }),
});

interface Share {
  readonly octets: Uint8Array;
  readonly secret: Uint8Array;
}

const shareOf = ({ keyShare }: FilsAuthentication): Share | undefined => {
  const curve = keyShare && nodeCrypto.curve(keyShare.group);
  if (keyShare === undefined || curve === undefined) return undefined;
  const scalar = integerOf(drawn('key share', 0, curve.length - 1));
  const [own, shared] = [curve.multiply(curve.generator, scalar), curve.multiply(pointOf(curve, keyShare.element), scalar)];
  if (own === undefined || shared === undefined) throw new Error('the station has no key share');
  return { octets: octetsOfPoint(curve, own), secret: octetsOf(shared.x, curve.length) };
};

const readRequest = (body: Uint8Array): FilsAuthentication => {
  const frame = readAuthenticationFrame(body);
  if (isLeft(frame)) throw new Error(frame.left.message);
  const { algorithm, transaction, status, rest } = frame.right;
  if (transaction !== 1 || status !== 0 || (algorithm !== 4 && algorithm !== 5)) throw new Error('no first frame of FILS');
  const read = readFilsAuthentication(rest, algorithm === 5);
  if (isLeft(read)) throw new Error(read.left.message);
  return read.right;
};

/** An access point that has answered. */
export interface FilsAp {
  readonly way: FilsWay;
  readonly nonces: Nonces;
  readonly session: Uint8Array;
  readonly keyAuth: { readonly request: Uint8Array; readonly response: Uint8Array };
  readonly ap: Ap;
}

const hierarchyOf = ({ network: { akm, mobility, ssid, supplicant } }: FilsWay, filsFt: Secret | undefined) => {
  if (mobility === undefined || filsFt === undefined) return;
  const { domain, r0KeyHolder, r1KeyHolder } = mobility;
  const station = macToBytes(supplicant);
  const scope = { ssid, mobilityDomain: domain, r0KeyHolder, supplicant: station };
  return ftR1(nodeCrypto, akm, ftR0(nodeCrypto, akm, filsFt.reveal(), scope), { r1KeyHolder, supplicant: station });
};

const apWith = (way: FilsWay, pmk: Uint8Array, filsFt: Secret | undefined, ptk: PlainPtk): Ap => {
  const { network, transitionDisable } = way;
  const ap = authenticator({ network, secret: drawn('master', 0, 64), ...(transitionDisable && { transitionDisable }) });
  const r1 = hierarchyOf(way, filsFt);
  const master = { parameters: parametersOf(network.akm, pmk.length), pmk: r1?.pmkR1.reveal() ?? pmk, ...(r1 && { r1 }) };
  return { ...ap, master, ptk };
};

/** The second frame, and what the access point knows behind it. */
export const answerFils = (way: FilsWay, body: Uint8Array): readonly [Uint8Array, FilsAp] => {
  const { network, cached, rMsk, changes = {} } = way;
  const { akm, pairwise, mobility } = network;
  const request = readRequest(body);
  const share = shareOf(request);
  const nonces = { supplicant: request.nonce, authenticator: drawn('ANonce', 0, 16) };
  const offered = readRsnElement(request.rsne.subarray(2));
  const isCached =
    cached !== undefined && !isLeft(offered) && (offered.right.pmkids ?? []).some((name) => equalBytes(name, cached.pmkid));
  if (!isCached && !equalBytes(request.wrappedData ?? new Uint8Array(0), INITIATE)) throw new Error('no way to authenticate');
  const sharedSecret = share && { sharedSecret: share.secret };
  const pmk = isCached ? cached.pmk : filsPmk(nodeCrypto, akm, rMsk ?? INITIATE, { nonces, ...sharedSecret }).reveal();
  const handshake = { addresses: addressesOf(network), nonces };
  const keys = filsKeys(nodeCrypto, akm, pairwise, pmk, { ...handshake, ...(isCached && sharedSecret) });
  const shares = share && request.keyShare && { supplicant: request.keyShare.element, authenticator: share.octets };
  const proofs = filsKeyAuth(nodeCrypto, akm, keys.ick, handshake, shares);
  const { kek, tk } = keys.ptk;
  const ap = apWith(way, pmk, keys.filsFt, { kck: new Uint8Array(0), kek: kek.reveal(), tk: tk.reveal() });
  const answer: FilsAuthentication = {
    ...(share && request.keyShare && { keyShare: { group: request.keyShare.group, element: share.octets } }),
    rsne: isCached ? withPmkids(network.apElement, [cached.pmkid]) : network.apElement,
    ...(mobility && { mobilityDomain: mobility.mde, fastTransition: mobility.fte }),
    ...{ nonce: nonces.authenticator, session: request.session },
    ...(!isCached && { wrappedData: FINISH }),
  };
  const rest = made(writeFilsAuthentication(changed(answer, changes.answer)));
  const frame = changed({ algorithm: share === undefined ? 4 : 5, transaction: 2, status: 0, rest }, changes.frame);
  const keyAuth = { request: proofs.request.reveal(), response: proofs.response.reveal() };
  return [writeAuthenticationFrame(frame), { way, nonces, session: request.session, keyAuth, ap }];
};

const { FILS_SESSION, FILS_KEY_CONFIRMATION, OPERATING_CHANNEL } = ElementExtension.codes;

/** What is wrong with an association request; nothing if nothing is. */
export const filsRequestFault = ({ nonces, session, keyAuth, ap }: FilsAp, request: Uint8Array): string | undefined => {
  const { authenticator: bssid, supplicant: station } = addressesOf(ap.network);
  const elements = requestElements(request, false);
  if (!equalBytes(copyExtensionBody(elements, FILS_SESSION) ?? session.subarray(1), session)) return 'another session';
  const end = endOfExtension(elements, FILS_SESSION) ?? 0;
  const associated = [station, bssid, nonces.supplicant, nonces.authenticator, request.subarray(0, end)];
  const plain = nodeCrypto.aesSivOpen(ap.ptk?.kek ?? session, request.subarray(end), associated);
  if (plain === undefined) return 'it does not open';
  const confirmed = copyExtensionBody({ frame: plain, from: 0 }, FILS_KEY_CONFIRMATION);
  if (!equalBytes(confirmed ?? session, keyAuth.request)) return 'it does not confirm the keys';
  const rsne = readRsnElement((copyElement(elements, ElementId.codes.RSN) ?? session).subarray(2));
  const name = isLeft(rsne) ? undefined : rsne.right.pmkids?.[0];
  const { r1 } = ap.master;
  return r1 === undefined || equalBytes(name ?? session, r1.name) ? undefined : 'it does not name the PMK-R1';
};

const channelElement = ({ channel }: TestNetwork): ReadonlyArray<Uint8Array> => {
  if (channel === undefined) return [];
  const { operatingClass, primaryChannel, frequencySegment1 } = channel;
  return [
    made(writeExtensionElement('OCI', OPERATING_CHANNEL, Uint8Array.of(operatingClass, primaryChannel, frequencySegment1))),
  ];
};

/** The body of the association response. */
export const filsResponse = ({ way, nonces, session, keyAuth, ap }: FilsAp): Uint8Array => {
  const { network, changes = {} } = way;
  const { authenticator: bssid, supplicant: station } = addressesOf(network);
  const disable = way.transitionDisable && ({ kind: 'transitionDisable', bitmap: way.transitionDisable } as const);
  const delivery = { receiveCounter: receiveCounter(ap), items: [...groupItems(ap), ...(disable ? [disable] : [])] };
  const pieces = [
    made(writeFilsKeyConfirmation(keyAuth.response)),
    made(writeKeyDelivery(changed(delivery, changes.delivery))),
    ...channelElement(network),
  ];
  const { apRsnxe, mobility } = network;
  const elements = [announcedElement(ap), apRsnxe, mobility?.mde, mobility?.fte, made(writeFilsSession(session))];
  const visible = changed(
    elements.flatMap((element) => (element === undefined ? [] : [element])),
    changes.clear,
  );
  const fixed = { capabilities: 0x11, status: 0, associationId: 1 };
  const clear = writeAssociationResponse({ ...fixed, elements: joined(...visible) });
  const plain = joined(...changed<ReadonlyArray<Uint8Array>>(pieces, changes.plain));
  const associated = [bssid, station, nonces.authenticator, nonces.supplicant, clear];
  const sealed = nodeCrypto.aesSivSeal(ap.ptk?.kek ?? session, plain, associated);
  return changed(joined(clear, sealed), changes.touch);
};

/** What a machine said, its state after it, and everything it handed out. */
export interface FilsRun {
  readonly state: FilsState;
  readonly outputs: ReadonlyArray<FilsOutput>;
}

/** Both sides up to where the station accepts, or does not. */
export const authenticateByFils = (way: FilsWay): FilsRun & { readonly accessPoint?: FilsAp } => {
  const outputs: FilsOutput[] = [];
  let { state, effects } = beginFils(filsSetup(way));
  let accessPoint: FilsAp | undefined;
  const respond = (output: FilsOutput) => {
    if (output.do === 'needRandom') return stepFils(state, { kind: 'random', octets: drawn('station', 7, output.octets) });
    if (output.do === 'finish') return stepFils(state, { kind: 'finished', ...(way.rMsk && { rMsk: Secret.of(way.rMsk) }) });
    if (output.do !== 'send') return;
    const [body, answered] = answerFils(way, output.body);
    accessPoint = answered;
    return stepFils(state, { kind: 'frame', body });
  };
  for (const queue = [...effects]; queue.length > 0; ) {
    const output = queue.shift();
    if (output === undefined) break;
    outputs.push(output);
    const step = respond(output);
    if (step === undefined) continue;
    ({ state, effects } = step);
    queue.push(...effects);
  }
  return { state, outputs, ...(accessPoint && { accessPoint }) };
};

/** The body of the station's association request, as its driver would make it. */
export const filsRequest = ({ network }: FilsWay, state: FilsAccepted): Uint8Array => {
  const name = made(writeElement('SSID', ElementId.codes.SSID, network.ssid));
  const elements = joined(name, state.elements, network.ownRsnxe);
  const clear = writeAssociationRequest({ capabilities: 0x11, listenInterval: 10, elements });
  const protectedRequest = protectFilsRequest(nodeCrypto, state, clear, joined(...channelElement(network)));
  if (protectedRequest === undefined) throw new Error('the request cannot be protected');
  return protectedRequest;
};

export interface FilsAssociated {
  readonly network: TestNetwork;
  /** What the port asks for, by its name. */
  readonly secrets: Readonly<Record<string, Uint8Array>>;
  readonly ap: Ap;
  readonly fils: FilsAp;
}

/** Both sides up to the association, as its host reports it. */
export const associateByFils = (way: FilsWay): FilsAssociated => {
  const { state, outputs, accessPoint: fils } = authenticateByFils(way);
  const accepted = outputs.find((output) => output.do === 'accepted');
  if (state.phase !== 'accepted' || accepted?.do !== 'accepted' || fils === undefined)
    throw new Error(`FILS authentication ended ${state.phase}`);
  const request = filsRequest(way, state);
  const fault = filsRequestFault(fils, request);
  if (fault !== undefined) throw new Error(`the access point refuses the request: ${fault}`);
  const { context } = way.network;
  const association = { ...context.association, request, response: filsResponse(fils) };
  const ownElement = copyElement(requestElements(request, false), ElementId.codes.RSN) ?? way.network.ownElement;
  const network: TestNetwork = { ...way.network, ownElement, context: { ...context, association } };
  const ap: Ap = { ...fils.ap, network, options: { ...fils.ap.options, network } };
  return { network, secrets: { [toHex(accepted.session)]: accepted.secret.reveal().slice() }, ap, fils };
};
