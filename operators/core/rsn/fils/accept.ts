import type { Secret } from '../../../../streams/events/index.js';
import { withPmkids } from '../../../../streams/frames/index.js';
import { emit } from '../../Step.js';
import { filsKeyAuth, filsKeys, filsPmk } from '../keys/fils.js';
import { ftR0, ftR1 } from '../keys/ft.js';
import { joined } from '../keys/joined.js';
import { filsPmkid } from '../keys/pmkid.js';
import type { Handshake } from '../keys/ptk.js';
import { integerOf, octetsOf } from '../sae/octets.js';
import type { Answer } from './answer.js';
import { clearTimer, type FilsOutput } from './FilsOutput.js';
import type { FilsTerms } from './FilsSetup.js';
import { type Asked, drop, type FilsState, type FilsStep, type Finishing } from './FilsState.js';
import { type OwnHalf, offeredRsne } from './ownHalf.js';
import { writeSessionSecret } from './sessionSecret.js';

/** What both halves come to. */
interface Agreement {
  readonly terms: FilsTerms;
  readonly own: OwnHalf;
  readonly answer: Answer;
}

/** DHss: the x coordinate; nothing without perfect forward secrecy. */
const sharedSecret = ({ terms: { curve }, own, answer }: Agreement): Uint8Array | undefined => {
  if (curve === undefined) return new Uint8Array(0);
  const { privateKey } = own;
  const point = answer.share && privateKey && curve.multiply(answer.share.point, integerOf(privateKey.reveal()));
  return point && octetsOf(point.x, curve.length);
};

/** The access point's name for the PMK-R1 goes into our RSNE, and with it the two elements of the answer (13.4.2). */
const requestElements = ({ terms, answer: { domain, proof } }: Agreement, filsFt: Secret | undefined): Uint8Array => {
  const { crypto, suite, ssid, addresses, rsne } = terms;
  if (domain === undefined || filsFt === undefined) return proof === 'cached' ? offeredRsne(terms) : rsne;
  const { r0KeyHolder, r1KeyHolder, elements } = domain;
  const { supplicant } = addresses;
  const mobilityDomain = terms.domain ?? new Uint8Array(0);
  const r0 = ftR0(crypto, suite, filsFt.reveal(), { ssid, mobilityDomain, r0KeyHolder, supplicant });
  const r1 = ftR1(crypto, suite, r0, { r1KeyHolder, supplicant });
  r0.pmkR0.zeroise();
  r1.pmkR1.zeroise();
  return joined(withPmkids(rsne, [r1.name]), ...elements);
};

/** Both ways begin here: the shared secret of Diffie-Hellman renews either the PMK or, where that is an old one, the PTK. */
const keyed = (agreement: Agreement, pmk: Secret, sharedSecret: Uint8Array | undefined): FilsStep => {
  const { terms, own, answer } = agreement;
  const { crypto, suite, cipher, addresses, reauthentication } = terms;
  const nonces = { supplicant: own.nonce, authenticator: answer.nonce };
  const handshake: Handshake = { addresses, nonces };
  const { ick, ptk, filsFt } = filsKeys(crypto, suite, cipher, pmk.reveal(), {
    ...handshake,
    ...(sharedSecret && { sharedSecret }),
  });
  const shares = own.share && answer.share && { supplicant: own.share, authenticator: answer.share.octets };
  const { request, response } = filsKeyAuth(crypto, suite, ick, handshake, shares);
  const session = { nonces, keyAuth: response, pmk, ptk, ...(filsFt && { filsFt }) };
  const secret = writeSessionSecret(session);
  const elements = requestElements(agreement, filsFt);
  for (const spent of [ick, response, ptk.kck, ptk.tk, filsFt, own.privateKey]) spent?.zeroise();
  const sealing = { ...handshake, kek: ptk.kek };
  const made = answer.proof !== 'cached' && reauthentication && { pmk, pmkid: filsPmkid(crypto, suite, reauthentication) };
  return emit<FilsState, FilsOutput>(
    { phase: 'accepted', session: own.session, elements, sealing, keyAuth: request },
    clearTimer,
    { do: 'accepted', session: own.session, secret, ...(made && { made }) },
  );
};

/** The answer takes up the PMK of an earlier association. */
export const acceptCached = (state: Asked, answer: Answer): FilsStep => {
  const agreement = { ...state, answer };
  const shared = sharedSecret(agreement);
  const { cached } = state.terms;
  if (shared === undefined || cached === undefined) return drop(state, 'an answer without a shared secret');
  const step = keyed(agreement, cached.pmk, shared);
  shared.fill(0);
  return step;
};

/** Re-authentication has made an rMSK. */
export const acceptMade = (state: Finishing, rMsk: Secret): FilsStep => {
  const { crypto, suite } = state.terms;
  const shared = sharedSecret(state);
  if (shared === undefined) {
    rMsk.zeroise();
    const { answer: _, ...rest } = state;
    return drop({ ...rest, phase: 'asked' }, 'an answer without a shared secret');
  }
  const nonces = { supplicant: state.own.nonce, authenticator: state.answer.nonce };
  const pmk = filsPmk(crypto, suite, rMsk.reveal(), { nonces, sharedSecret: shared });
  rMsk.zeroise();
  shared.fill(0);
  return keyed(state, pmk, undefined);
};
