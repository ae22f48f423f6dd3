import { isLeft } from 'fp-ts/lib/Either.js';
import { bytesOfMac48 } from '../../../streams/air/index.js';
import { equalBytes, isZero, Secret } from '../../../streams/events/index.js';
import {
  AuthenticationAlgorithm,
  ElementId,
  elementsIn,
  type FastTransition,
  findElement,
  type KeyDataItem,
  readAssociationResponse,
  readFastTransition,
  requestElements,
} from '../../../streams/frames/index.js';
import type { Akm } from '../rsn/akm.js';
import { akmOf } from '../rsn/akm.js';
import { type CipherRow, cipherOf } from '../rsn/cipherSuite.js';
import { type Reassociation, type Transition, verifyReassociation } from '../rsn/ft/reassociation.js';
import { ftMicLength, ftR0, ftR1, type PmkR1, zeroiseFtPtk } from '../rsn/keys/ft.js';
import { wipeItems } from '../rsn/wipe.js';
import type { Attempt } from './Attempt.js';
import type { GroupKeySeen } from './Connection.js';
import type { CandidateKey } from './KeyRing.js';
import { type Scene, ssidOf } from './Scene.js';
import { keyWatchOf } from './watching.js';

const { FILS: FILS_SHARED, FILS_PFS, FILS_PUBLIC_KEY } = AuthenticationAlgorithm.codes;
const FILS: ReadonlySet<number> = new Set([FILS_SHARED, FILS_PFS, FILS_PUBLIC_KEY]);

/** What the request of a fast transition says of its keys (IEEE 802.11-2020 13.7.1). */
interface Asked {
  readonly akm: Akm;
  readonly cipher: CipherRow;
  readonly element: FastTransition;
  readonly pmkR1Name: Uint8Array;
  readonly mobilityDomain: Uint8Array;
  readonly ssid: Uint8Array;
}

/** Nonces of zeros belong to the first association in a mobility domain, which has a handshake. */
const elementIn = (request: Uint8Array, isReassociation: boolean, akm: Akm): FastTransition | undefined => {
  const found = findElement(elementsIn(requestElements(request, isReassociation)), ElementId.codes.FAST_TRANSITION);
  const read = found && readFastTransition(found.body, ftMicLength(akm, akm.pmkLengths[0] ?? 0));
  if (read === undefined || isLeft(read)) return undefined;
  return isZero(read.right.anonce) || isZero(read.right.snonce) ? undefined : read.right;
};

const askedBy = (attempt: Attempt): Asked | undefined => {
  const { request, asked, association } = attempt;
  const { rsn, mobilityDomain } = asked ?? {};
  const ssid = ssidOf(attempt);
  const [akm, cipher, pmkR1Name] = [akmOf(rsn?.akms[0] ?? 0), cipherOf(rsn?.pairwise[0] ?? 0), rsn?.pmkids[0]];
  if (request === undefined || akm?.fastTransition !== true || cipher === undefined) return undefined;
  const element = elementIn(request, association?.isReassociation === true, akm);
  if (element === undefined || pmkR1Name === undefined || mobilityDomain === undefined || ssid === undefined) return undefined;
  return { akm, cipher, element, pmkR1Name, mobilityDomain, ssid };
};

/** The PMK-R1 that the request names, if this key is where it comes from. */
const pmkR1Of = ({ crypto }: Scene, { station }: Attempt, asked: Asked, { pmk }: CandidateKey): PmkR1 | undefined => {
  const { akm, element, mobilityDomain, ssid, pmkR1Name } = asked;
  const { r0KeyHolder, r1KeyHolder } = element;
  if (r0KeyHolder === undefined || r1KeyHolder === undefined || !pmk.isKnown) return undefined;
  const supplicant = bytesOfMac48(station);
  const r0 = ftR0(crypto, akm, pmk.reveal(), { ssid, mobilityDomain, r0KeyHolder, supplicant });
  const r1 = ftR1(crypto, akm, r0, { r1KeyHolder, supplicant });
  r0.pmkR0.zeroise();
  if (equalBytes(r1.name, pmkR1Name)) return r1;
  r1.pmkR1.zeroise();
  return undefined;
};

const rootOf = (scene: Scene, attempt: Attempt, asked: Asked): PmkR1 | undefined => {
  const given = scene.keys.pmksOf(asked.ssid, asked.akm.selector);
  for (const candidate of [...scene.keys.rememberedOf(attempt.station), ...given]) {
    const root = pmkR1Of(scene, attempt, asked, candidate);
    if (root !== undefined) return root;
  }
  return undefined;
};

const transitionOf = (
  { station, ap }: Attempt,
  { akm, cipher, element, mobilityDomain }: Asked,
  r1: PmkR1,
): Transition | undefined => {
  const { anonce, snonce, r0KeyHolder, r1KeyHolder } = element;
  if (r0KeyHolder === undefined || r1KeyHolder === undefined) return undefined;
  return {
    ...{ akm, cipher, r1, mobilityDomain, r0KeyHolder, r1KeyHolder },
    addresses: { authenticator: bytesOfMac48(ap), supplicant: bytesOfMac48(station) },
    nonces: { authenticator: anonce, supplicant: snonce },
  };
};

const groupKeyIn = (item: KeyDataItem, { last: { frame, time } }: Attempt): ReadonlyArray<GroupKeySeen> => {
  if (item.kind !== 'gtk' && item.kind !== 'igtk' && item.kind !== 'bigtk') return [];
  return [{ frame, time, purpose: item.kind, index: item.keyId, key: Secret.of(item.key), via: 'fast transition' }];
};

const adopt = (scene: Scene, attempt: Attempt, { keys, items }: Reassociation): void => {
  const watch = keyWatchOf(scene, attempt);
  watch.adopt(keys.ptk.tk, keys.ptk);
  if (attempt.association !== undefined) attempt.association.tk = keys.ptk.tk.copy();
  for (const key of items.flatMap((item) => groupKeyIn(item, attempt))) watch.adoptGroupKey(key);
  wipeItems(items);
  zeroiseFtPtk(keys);
  if (watch.isKeyed) scene.register.volunteer(attempt);
};

/** FILS authentication brings the keys with the response as well (IEEE 802.11-2020 12.11.2). */
const isFils = ({ asked, authentications }: Attempt): boolean =>
  akmOf(asked?.rsn?.akms[0] ?? 0)?.source === 'fils' && authentications.some(({ algorithm }) => FILS.has(algorithm));

/**
 * A reassociation in which the keys come with the response, so that no handshake follows: whether a key that is known proves it, and
 * then what it brought.
 */
export const takeTransition = (scene: Scene, attempt: Attempt): void => {
  const { association, response } = attempt;
  const asked = askedBy(attempt);
  if (association === undefined || response === undefined) return;
  if (asked !== undefined || isFils(attempt)) association.fastTransition = 'unchecked';
  if (asked === undefined) return;
  const [r1, read] = [rootOf(scene, attempt, asked), readAssociationResponse(response)];
  const transition = r1 && transitionOf(attempt, asked, r1);
  if (r1 === undefined || transition === undefined || isLeft(read)) return;
  const verified = verifyReassociation(scene.crypto, transition, read.right.elements);
  r1.pmkR1.zeroise();
  association.fastTransition = isLeft(verified) ? 'refuted' : 'verified';
  if (!isLeft(verified)) adopt(scene, attempt, verified.right);
};
