import { type Either, isLeft, right } from 'fp-ts/lib/Either.js';
import { equalBytes, isZero, type Secret } from '../../../../streams/events/index.js';
import {
  AkmSuite,
  AuthenticationAlgorithm,
  ElementId,
  type FastTransition,
  FT_RSNXE_USED,
  type FtMicLength,
  findElement,
  leadingElements,
  readAuthenticationFrame,
  readFastTransition,
  readMobilityDomain,
  readRsnElement,
  StatusCode,
  withFtMic,
  withPmkids,
  writeAuthenticationFrame,
  writeFastTransition,
} from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { parametersOf } from '../akm.js';
import { ftMicLength, ftPtk, ftR1, type PmkR1, zeroiseFtPtk } from '../keys/ft.js';
import { joined } from '../keys/joined.js';
import { type FtError, wrong } from './FtError.js';
import type { FtSetup } from './FtSetup.js';
import { ftMic, REASSOCIATION_REQUEST } from './ftMic.js';

/** What the reassociation request that ends a fast transition says, as whole elements; its RSNXE is that of the setup. */
export interface FtRequest {
  readonly rsne: Uint8Array;
  readonly mobilityDomain: Uint8Array;
  readonly fastTransition: Uint8Array;
  /** The key of that access point: the receiver's from now on. Its name is the PMKID in the RSNE. */
  readonly pmkR1: Secret;
}

const NONCE = 32;
const NO_NONCE = new Uint8Array(NONCE);
const NOTHING = new Uint8Array(0);
/** RSNE, MDE and FTE. */
const PROTECTED = 3;
const FIRST = 1;
const SECOND = 2;
const MIC_LENGTH_UNIT = 8;
const { FAST_TRANSITION } = AuthenticationAlgorithm.codes;

const micLengthOf = ({ akm, r0 }: FtSetup): FtMicLength => ftMicLength(akm, r0.pmkR0.length);

/** Only FT-SAE-EXT-KEY leaves the length of the MIC to the group, and has it in MIC Control (IEEE 802.11-2020 9.4.2.47). */
const micControlOf = (setup: FtSetup): number =>
  setup.akm.selector === AkmSuite.codes.FT_SAE_EXT_KEY ? (micLengthOf(setup) / MIC_LENGTH_UNIT - 2) << 1 : 0;

const written = (setup: FtSetup, fields: Partial<FastTransition>): Either<FtError, Uint8Array> => {
  const fastTransition = writeFastTransition({
    ...{ micControl: micControlOf(setup), elementCount: 0, mic: new Uint8Array(micLengthOf(setup)) },
    ...{ anonce: NO_NONCE, snonce: setup.snonce, r0KeyHolder: setup.r0KeyHolder },
    ...fields,
  });
  return isLeft(fastTransition) ? wrong('MALFORMED', fastTransition.left.message) : fastTransition;
};

/**
 * The body of the Authentication frame that asks another access point of the mobility domain for a transition over the air
 * (IEEE 802.11-2020 13.5.2, 13.8.2).
 *
 * @since 0.2.0
 */
export const ftAuthentication = (setup: FtSetup): Either<FtError, Uint8Array> => {
  const fastTransition = written(setup, {});
  if (isLeft(fastTransition)) return fastTransition;
  const elements = joined(withPmkids(setup.rsne, [setup.r0.name]), setup.mobilityDomain, fastTransition.right);
  return right(writeAuthenticationFrame({ algorithm: FAST_TRANSITION, transaction: FIRST, status: 0, rest: elements }));
};

const elementsOf = (body: Uint8Array): Either<FtError, Uint8Array> => {
  const read = readAuthenticationFrame(body);
  if (isLeft(read)) return wrong('MALFORMED', read.left.message);
  const { algorithm, transaction, status, rest } = read.right;
  if (algorithm !== FAST_TRANSITION || transaction !== SECOND)
    return wrong('MALFORMED', 'the answer is none to a fast transition: it has another algorithm or transaction number');
  return status === StatusCode.codes.SUCCESS
    ? right(rest)
    : wrong('REFUSED', `the access point refused the transition: ${StatusCode.show(status)}`);
};

const sameDomain = (setup: FtSetup, body: Uint8Array): Either<FtError, void> => {
  const [ours, theirs] = [setup.mobilityDomain.subarray(2), body].map(readMobilityDomain);
  if (ours === undefined || isLeft(ours) || theirs === undefined || isLeft(theirs))
    return wrong('MALFORMED', 'an MDE cannot be read');
  return equalBytes(ours.right.domain, theirs.right.domain)
    ? right(undefined)
    : wrong('MOBILITY_DOMAIN', 'the MDE has another domain');
};

const namesR0 = (setup: FtSetup, body: Uint8Array): Either<FtError, void> => {
  const rsn = readRsnElement(body);
  if (isLeft(rsn)) return wrong('MALFORMED', rsn.left.message);
  const [name, ...others] = rsn.right.pmkids ?? [];
  return name !== undefined && others.length === 0 && equalBytes(name, setup.r0.name)
    ? right(undefined)
    : wrong('PMK_NAME', 'the RSNE does not have the name of the PMK-R0, and it alone, for a PMKID');
};

type Answered = FastTransition & { readonly r1KeyHolder: Uint8Array };

/** What the FTE has to say (13.8.3): our nonce and one of its own, and who holds which key. */
const answered = (setup: FtSetup, body: Uint8Array): Either<FtError, Answered> => {
  const read = readFastTransition(body, micLengthOf(setup));
  if (isLeft(read)) return wrong('MALFORMED', read.left.message);
  const { anonce, snonce, r0KeyHolder, r1KeyHolder } = read.right;
  if (!equalBytes(snonce, setup.snonce) || isZero(anonce)) return wrong('NONCE', 'the FTE has other nonces than this transition');
  if (r0KeyHolder === undefined || r1KeyHolder === undefined) return wrong('MISSING', 'the FTE does not name both key holders');
  return equalBytes(r0KeyHolder, setup.r0KeyHolder)
    ? right({ ...read.right, r1KeyHolder })
    : wrong('KEY_HOLDER', 'the FTE names another holder of the PMK-R0');
};

const read = (setup: FtSetup, bytes: Uint8Array): Either<FtError, Answered> => {
  const all = leadingElements(bytes);
  const [rsne, mde, fte] = [ElementId.codes.RSN, ElementId.codes.MOBILITY_DOMAIN, ElementId.codes.FAST_TRANSITION].map((id) =>
    findElement(all, id),
  );
  if (rsne === undefined || mde === undefined || fte === undefined)
    return wrong('MISSING', 'the answer to a fast transition has an RSNE, an MDE and an FTE');
  const domain = sameDomain(setup, mde.body);
  if (isLeft(domain)) return domain;
  const name = namesR0(setup, rsne.body);
  return isLeft(name) ? name : answered(setup, fte.body);
};

/** The request, with a MIC by the keys that follow from both nonces: this access point alone can have them too (13.8.4). */
const protectedRequest = (crypto: Crypto, setup: FtSetup, answer: Answered, r1: PmkR1): Either<FtError, FtRequest> => {
  const { akm, cipher, addresses, mobilityDomain, rsnxe = NOTHING, snonce } = setup;
  const { anonce, r1KeyHolder } = answer;
  const usesRsnxe = rsnxe.length > 0;
  const fastTransition = written(setup, {
    ...{ anonce, r1KeyHolder, elementCount: PROTECTED + (usesRsnxe ? 1 : 0) },
    micControl: micControlOf(setup) | (usesRsnxe && akm.source === 'sae' ? FT_RSNXE_USED : 0),
  });
  if (isLeft(fastTransition)) return fastTransition;
  const rsne = withPmkids(setup.rsne, [r1.name]);
  const elements = { rsne, mobilityDomain, fastTransition: fastTransition.right, resources: NOTHING, rsnxe };
  const keys = ftPtk(crypto, akm, cipher, r1, { addresses, nonces: { authenticator: anonce, supplicant: snonce } });
  const parameters = parametersOf(akm, r1.pmkR1.length);
  const frame = { addresses, transaction: REASSOCIATION_REQUEST, elements };
  const mic = ftMic(crypto, parameters, keys.element.kck.reveal(), frame);
  zeroiseFtPtk(keys);
  return right({ rsne, mobilityDomain, fastTransition: withFtMic(fastTransition.right, mic), pmkR1: r1.pmkR1 });
};

/**
 * Goes on from the access point's Authentication frame to the reassociation request (IEEE 802.11-2020 13.5.2, 13.8.4), or says
 * why there will be none. Nothing in that frame is protected: whether it was the access point's shows the response.
 *
 * @since 0.2.0
 */
export const ftReassociation = (crypto: Crypto, setup: FtSetup, body: Uint8Array): Either<FtError, FtRequest> => {
  const elements = elementsOf(body);
  if (isLeft(elements)) return elements;
  const answer = read(setup, elements.right);
  if (isLeft(answer)) return answer;
  const { r1KeyHolder } = answer.right;
  const r1 = ftR1(crypto, setup.akm, setup.r0, { r1KeyHolder, supplicant: setup.addresses.supplicant });
  const request = protectedRequest(crypto, setup, answer.right, r1);
  if (isLeft(request)) r1.pmkR1.zeroise();
  return request;
};
