import { isLeft, left } from 'fp-ts/lib/Either.js';
import { copyBytes, isZero, L2Reason, macToBytes, type Secret, Win32 } from '../../../streams/events/index.js';
import {
  ElementId,
  type ElementRange,
  elementsIn,
  findElement,
  readAssociationResponse,
  readFastTransition,
  readMobilityDomain,
} from '../../../streams/frames/index.js';
import type { KeyDownload, MethodCommand } from '../method/commands.js';
import type { MethodContext } from '../method/SecurityMethod.js';
import { emit } from '../Step.js';
import { parametersOf } from './akm.js';
import { lifetime } from './conclude.js';
import { noEvidence } from './evidence.js';
import { type Fault, type FaultCode, fatal } from './fault.js';
import { checkAnnouncement } from './fourWay/announcement.js';
import { type Reassociation, verifyReassociation } from './ft/reassociation.js';
import type { TransitionLink } from './ft/transitionLinks.js';
import { COUNTER_LENGTH, groupKeysOf, materialOf } from './groupKeys.js';
import { admit } from './installed.js';
import type { Writer } from './keyReply.js';
import { ftMicLength, zeroiseFtPtk, zeroiseSecondKeys } from './keys/ft.js';
import type { Network } from './network.js';
import { type Established, object, type RsnState, type RsnStep, type Transferring } from './state.js';
import { wipeItems } from './wipe.js';

const { ERROR_INVALID_DATA, ERROR_NOT_FOUND } = Win32.codes;
const NOTHING = new Uint8Array(0);
const { MSMSEC_SEC_IE_MATCHING, UNKNOWN } = L2Reason.codes;

/** No message has been proven under these keys, so the first may have any counter. */
const NO_COUNTER = -1n;

/**
 * Whether the association was a fast transition: then its request carries the nonces of an authentication that ran before,
 * no handshake follows, and the keys come with its response (IEEE 802.11-2020 13.5). Else nothing.
 */
export const beginTransition = (network: Network, request: ElementRange, context: MethodContext): RsnStep | undefined => {
  const { akm, pairwise, addresses, mobilityDomain, peer } = network;
  if (!akm.fastTransition || mobilityDomain === undefined) return undefined;
  const fte = findElement(elementsIn(request), ElementId.codes.FAST_TRANSITION);
  if (fte === undefined) return undefined;
  const [asked, domain] = [
    readFastTransition(fte.body, ftMicLength(akm, akm.pmkLengths[0] ?? 0)),
    readMobilityDomain(mobilityDomain.subarray(2)),
  ];
  const response = readAssociationResponse(context.association.response);
  const [pmkR1Name] = network.offeredPmkids;
  if (isLeft(asked) || isLeft(domain) || isLeft(response) || pmkR1Name === undefined) return undefined;
  const { anonce, snonce, r0KeyHolder, r1KeyHolder } = asked.right;
  if (isZero(anonce) || isZero(snonce) || r0KeyHolder === undefined || r1KeyHolder === undefined) return undefined;
  const state: Transferring = {
    phase: 'transferring',
    ...{ network, evidence: noEvidence, pmkR1Name },
    transition: {
      ...{ akm, cipher: pairwise, addresses, r0KeyHolder, r1KeyHolder },
      nonces: { authenticator: anonce, supplicant: snonce },
      mobilityDomain: domain.right.domain,
    },
    response: response.right.elements,
  };
  return emit<RsnState, MethodCommand>(state, {
    do: 'ask',
    tag: 'pmk',
    request: { want: 'pmk', peer, pmkid: pmkR1Name },
  });
};

const refuse = (state: Transferring, code: FaultCode, detail: string): RsnStep =>
  object(state, fatal(code, 'association', MSMSEC_SEC_IE_MATCHING, detail), ERROR_INVALID_DATA);

/** The response repeats what the access point announced, as message 3 would have. */
const announcementFault = ({ network }: Transferring, { rsne, rsnxe }: Reassociation): Fault | undefined => {
  const fault = checkAnnouncement(network, { rsne: [rsne], ...(rsnxe.length > 0 && { rsnxe }) });
  return fault && { ...fault, stage: 'association' };
};

const established = (
  writer: Writer,
  state: Transferring,
  pmkR1: Secret,
  reassociation: Reassociation,
  groupKeys: ReadonlyArray<KeyDownload>,
): RsnStep => {
  const { network, transition, pmkR1Name, evidence } = state;
  const { ptk } = reassociation.keys;
  const material = materialOf(network.pairwise, ptk.tk.reveal(), new Uint8Array(COUNTER_LENGTH));
  const pairwise: KeyDownload = { slot: 'pairwise', algorithm: network.pairwise.windows, material };
  const { installed, fresh } = admit([], [pairwise, ...groupKeys]);
  ptk.tk.zeroise();
  zeroiseSecondKeys(reassociation.keys);
  const { r0KeyHolder, r1KeyHolder } = transition;
  const exclude: KeyDownload = { slot: 'excludeUnencrypted', exclude: true };
  const next: Established = {
    phase: 'established',
    ...{ network, ptk, installed },
    evidence: { ...evidence, wasAccepted: true },
    root: {
      key: pmkR1,
      parameters: parametersOf(network.akm, pmkR1.length),
      isRemembered: true,
      hierarchy: { pmkR1Name, r0KeyHolder, r1KeyHolder },
    },
    anonce: copyBytes(transition.nonces.authenticator),
    counter: NO_COUNTER,
    ...{ isComplete: true, isKeyed: false, requests: 0n, hadMichaelFailure: false },
  };
  return emit<RsnState, MethodCommand>(
    next,
    { do: 'install', keys: writer.policy.excludeUnencrypted ? [...fresh, exclude] : fresh },
    ...lifetime(writer),
    { do: 'succeed' },
  );
};

/** The links as they go into the MIC: what the response says itself is that of the link it came on. */
const transitionLinks = ({ links, peer, announced }: Network): ReadonlyArray<TransitionLink> =>
  links.map(({ id, ap }) => {
    const known = ap === peer ? undefined : announced.links?.find((link) => link.id === id);
    const { rsne = NOTHING, rsnxe = NOTHING } = known ?? {};
    return { address: macToBytes(ap), ...(known && { announced: { rsne, rsnxe } }) };
  });

/** The PMK-R1 is there: the response is verified, and its keys are handed over. */
export const transferred = (writer: Writer, state: Transferring, pmkR1: Secret | undefined): RsnStep => {
  const { network, transition, pmkR1Name, response } = state;
  if (pmkR1?.isKnown !== true) {
    const detail = 'there is no PMK-R1 of the name in the reassociation request';
    return object(state, fatal('NO_SECRET', 'association', UNKNOWN, detail), ERROR_NOT_FOUND);
  }
  const links = transitionLinks(network);
  const verified = verifyReassociation(writer.crypto, { ...transition, links, r1: { pmkR1, name: pmkR1Name } }, response);
  if (isLeft(verified)) {
    pmkR1.zeroise();
    return refuse(state, 'FAST_TRANSITION', verified.left.detail);
  }
  const { items, receiveCounter, keys } = verified.right;
  const fault = announcementFault(state, verified.right);
  const groupKeys = fault === undefined ? groupKeysOf(network, items, receiveCounter, 'association') : left(fault);
  wipeItems(items);
  if (!isLeft(groupKeys)) return established(writer, state, pmkR1, verified.right, groupKeys.right);
  pmkR1.zeroise();
  zeroiseFtPtk(keys);
  return object(state, groupKeys.left, ERROR_INVALID_DATA);
};
