import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../../streams/events/index.js';
import {
  type AuthenticationFrame,
  type FilsAuthentication,
  leadingElements,
  readAuthenticationFrame,
  readFastTransition,
  readFilsAuthentication,
  readMobilityDomain,
  readRsnElement,
} from '../../../../streams/frames/index.js';
import type { Curve, CurvePoint } from '../../crypto/index.js';
import { ftMicLength } from '../keys/ft.js';
import { pointOf } from '../sae/octets.js';
import type { FilsTerms } from './FilsSetup.js';
import { algorithmOf, type OwnHalf } from './ownHalf.js';

/** The key holders of a mobility domain, and the two elements that name it, whole. */
export interface AnsweredDomain {
  readonly r0KeyHolder: Uint8Array;
  readonly r1KeyHolder: Uint8Array;
  readonly elements: readonly [mobilityDomain: Uint8Array, fastTransition: Uint8Array];
}

/** What the access point answered, as far as it fits what we said. Nothing in it is proven. */
export interface Answer {
  readonly nonce: Uint8Array;
  /** It goes on from the PMK we offered; else from this packet of re-authentication. */
  readonly proof: 'cached' | { readonly finish: Uint8Array };
  /** Its half of the Diffie-Hellman exchange, and the point that is. */
  readonly share?: { readonly octets: Uint8Array; readonly point: CurvePoint };
  readonly domain?: AnsweredDomain;
}

type Found<A> = Either<string, A>;

const shareIn = (curve: Curve, { keyShare }: FilsAuthentication): Found<Pick<Answer, 'share'>> => {
  if (keyShare?.group !== curve.group) return left(`an answer in group ${keyShare?.group}, expected ${curve.group}`);
  const point = pointOf(curve, keyShare.element);
  const isPoint = point.x < curve.prime && point.y < curve.prime && curve.isOnCurve(point);
  return isPoint ? right({ share: { octets: keyShare.element, point } }) : left('an answer whose key share is not on the curve');
};

const domainIn = (terms: FilsTerms, answer: FilsAuthentication): Found<Pick<Answer, 'domain'>> => {
  const { mobilityDomain, fastTransition } = answer;
  const fte = fastTransition && leadingElements(fastTransition)[0];
  if (mobilityDomain === undefined || fastTransition === undefined || fte === undefined)
    return left('an answer of a mobility domain without MDE or FTE');
  const [domain, transition] = [
    readMobilityDomain(mobilityDomain.subarray(2)),
    readFastTransition(fte.body, ftMicLength(terms.suite, 0)),
  ];
  if (isLeft(domain)) return left(domain.left.message);
  if (isLeft(transition)) return left(transition.left.message);
  if (!equalBytes(domain.right.domain, terms.domain ?? new Uint8Array(0))) return left('an answer of another mobility domain');
  const { r0KeyHolder, r1KeyHolder } = transition.right;
  return r0KeyHolder === undefined || r1KeyHolder === undefined
    ? left('an answer whose FTE does not name both key holders')
    : right({ domain: { r0KeyHolder, r1KeyHolder, elements: [mobilityDomain, fastTransition] } });
};

/** A PMKID chooses the PMK it is the name of (IEEE 802.11-2020 12.11.2.3.3); without one re-authentication goes on. */
const proofIn = ({ cached, reauthentication }: FilsTerms, answer: FilsAuthentication): Found<Answer['proof']> => {
  const rsn = readRsnElement(answer.rsne.subarray(2));
  if (isLeft(rsn)) return left(rsn.left.message);
  const [pmkid, ...others] = rsn.right.pmkids ?? [];
  if (pmkid !== undefined) {
    const isOurs = others.length === 0 && cached !== undefined && equalBytes(pmkid, cached.pmkid);
    return isOurs ? right('cached') : left('an answer that names a PMK we did not offer');
  }
  if (reauthentication === undefined) return left('an answer that does not take the PMK we offered');
  const { wrappedData: finish } = answer;
  return finish === undefined ? left('an answer without the packet of re-authentication') : right({ finish });
};

const fitting = (terms: FilsTerms, own: OwnHalf, answer: FilsAuthentication): Found<Answer> => {
  if (!equalBytes(answer.session, own.session)) return left('an answer of another session');
  const proof = proofIn(terms, answer);
  if (isLeft(proof)) return proof;
  const share = terms.curve === undefined ? right({}) : shareIn(terms.curve, answer);
  if (isLeft(share)) return share;
  const domain = terms.suite.fastTransition ? domainIn(terms, answer) : right({});
  return isLeft(domain) ? domain : right({ nonce: answer.nonce, proof: proof.right, ...share.right, ...domain.right });
};

/** The access point's frame, or why it is none that was waited for. */
export const readAnswerFrame = (terms: FilsTerms, body: Uint8Array): Found<AuthenticationFrame> => {
  const read = readAuthenticationFrame(body);
  if (isLeft(read)) return left(read.left.message);
  const { algorithm, transaction } = read.right;
  const expected = algorithmOf(terms);
  if (algorithm !== expected) return left(`authentication algorithm ${algorithm}, expected ${expected}`);
  return transaction === 2 ? right(read.right) : left(`transaction ${transaction}, expected 2`);
};

/** What a frame with status 0 answers. */
export const readAnswer = (terms: FilsTerms, own: OwnHalf, { rest }: AuthenticationFrame): Found<Answer> => {
  const read = readFilsAuthentication(rest, terms.curve !== undefined);
  return isLeft(read) ? left(read.left.message) : fitting(terms, own, read.right);
};
