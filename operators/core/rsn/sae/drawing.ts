import { emit } from '../../Step.js';
import { agree } from './agree.js';
import { commitBody, confirmBody } from './messages.js';
import { commitOctets, forgetCommit, type OwnCommit, ownCommit, secretsOf } from './ownCommit.js';
import { passwordElement } from './passwordElement.js';
import { report, type SaeOutput, send, setTimer } from './SaeOutput.js';
import { curveOf, methodsOf, randomOctets, type SaeSetup, timingOf } from './SaeSetup.js';
import {
  type Confirmed,
  type Drawing,
  drop,
  failWith,
  type PeerCommit,
  type SaeState,
  type SaeStep,
  type Terms,
} from './SaeState.js';

const ask = ({ method, curve }: Terms): SaeOutput => ({ do: 'needRandom', octets: randomOctets(method, curve) });

/** Asks for what a commit under those terms takes: our first word, or the answer to the peer's. */
export const draw = (terms: Terms, answering?: PeerCommit): SaeStep =>
  emit<SaeState, SaeOutput>({ phase: 'drawing', terms, ...(answering === undefined ? {} : { answering }) }, ask(terms));

/** A station's first commit, or the next one after the peer has rejected a group (IEEE 802.11-2020 12.4.8.6.4). */
export const propose = (setup: SaeSetup, state: SaeState, rejected: ReadonlyArray<number>): SaeStep => {
  const method = methodsOf(setup)[0];
  if (method === undefined) return failWith(state, { reason: 'unusableSetup' });
  for (const group of setup.groups) {
    const curve = rejected.includes(group) ? undefined : curveOf(setup, group);
    if (curve !== undefined) return draw({ method, curve, rejected });
  }
  return failWith(state, { reason: 'noCommonGroup', rejected });
};

const commit = (setup: SaeSetup, state: Drawing, own: OwnCommit): SaeStep => {
  const { terms } = state;
  const body = commitBody(setup, terms, own);
  if (body === undefined) {
    forgetCommit(own);
    return failWith(state, { reason: 'unusableSetup' });
  }
  const committed: SaeState = { phase: 'committed', terms, own, tokens: 0, sync: 0 };
  return emit<SaeState, SaeOutput>(committed, send(body), setTimer(timingOf(setup).retransmitMs));
};

/** Nothing → Confirmed of 12.4.8.6.3; an access point may withhold its confirm until the station has confirmed. */
const answer = (setup: SaeSetup, state: Drawing, own: OwnCommit, peer: PeerCommit): SaeStep => {
  const { terms } = state;
  const body = commitBody(setup, terms, own);
  const agreed = body === undefined ? undefined : agree(setup, terms, own, peer);
  forgetCommit(own);
  if (body === undefined) return failWith(state, { reason: 'unusableSetup' });
  if (agreed === undefined) return failWith(state, { reason: 'invalidCommit', fault: 'identityElement' });
  const sendConfirm = setup.confirmsAtOnce === true ? 1 : 0;
  const confirmed: Confirmed = { phase: 'confirmed', terms, ...agreed, sendConfirm, sync: 0 };
  const confirms = sendConfirm === 0 ? [] : [send(confirmBody(setup, confirmed, agreed.keys.kck, sendConfirm))];
  return emit<SaeState, SaeOutput>(confirmed, send(body), ...confirms, setTimer(timingOf(setup).retransmitMs));
};

export const onRandom = (setup: SaeSetup, state: SaeState, random: Uint8Array): SaeStep => {
  if (state.phase !== 'drawing') return drop(state, 'random octets that were not asked for');
  const { terms, answering } = state;
  const [expected, found] = [randomOctets(terms.method, terms.curve), random.length];
  if (found < expected) {
    return emit<SaeState, SaeOutput>(state, report(`random octets: expected ${expected}, found ${found}`), ask(terms));
  }
  const at = commitOctets(terms.curve);
  const element = passwordElement(setup, terms, random.subarray(at, expected));
  if (element === undefined) return failWith(state, { reason: 'unusableSetup' });
  const own = ownCommit(terms.curve, element, secretsOf(terms.curve, random.subarray(0, at)));
  if (own === undefined) return emit<SaeState, SaeOutput>(state, ask(terms));
  return answering === undefined ? commit(setup, state, own) : answer(setup, state, own, answering);
};
