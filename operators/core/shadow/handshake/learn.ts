import type { Secret } from '../../../../streams/events/index.js';
import { usesOneX } from '../../rsn/akm.js';
import { zeroiseRoot } from '../../rsn/rootKey.js';
import { type CandidateKey, pmkOfMsk } from '../KeyRing.js';
import { type Candidate, candidateOf } from './Candidate.js';
import { NONE, type Watch } from './Watch.js';

/** An MSK has at least 64 octets (RFC 3748 7.10), and no PMK of 802.1X as many. */
const SHORTEST_MSK = 64;

const MOST_LEARNT = 8;

const isInUse = ({ handshakes }: Watch, candidate: Candidate): boolean =>
  handshakes.some(({ keys, otherKeys }) => [keys, ...otherKeys].some((each) => each?.candidate === candidate));

/** Who authenticates again and again leaves keys behind that nothing is made with any more: the oldest goes. */
const makeRoom = (watch: Watch): void => {
  if (watch.learnt.length < MOST_LEARNT) return;
  const oldest = watch.learnt.findLastIndex((candidate) => !isInUse(watch, candidate));
  const left = watch.learnt[oldest];
  if (left === undefined) return;
  watch.learnt = watch.learnt.filter((each) => each !== left);
  zeroiseRoot(left.root);
  left.source.pmk.zeroise();
};

/** Takes over a key, among those to try, if it can be one of this network. */
export const tryToo = (watch: Watch, key: CandidateKey): void => {
  const candidate = watch.terms && candidateOf(watch.deps.crypto, watch.terms.network, key);
  if (candidate !== undefined) makeRoom(watch);
  if (candidate === undefined || watch.learnt.length >= MOST_LEARNT) key.pmk.zeroise();
  else watch.learnt = [candidate, ...watch.learnt];
};

const keyIn = (watch: Watch, secret: Secret): CandidateKey | undefined => {
  const akm = watch.terms?.network.akm;
  if (akm !== undefined && usesOneX(akm) && secret.length >= SHORTEST_MSK) return pmkOfMsk(akm, secret);
  return { kind: secret.length >= SHORTEST_MSK ? 'msk' : 'pmk', pmk: secret.copy() };
};

/** What was learnt is tried first, and remembered for later connections of the station. */
export const learn = (watch: Watch, secret: Secret): void => {
  if (watch.terms === undefined) {
    if (watch.early.length < MOST_LEARNT) watch.early = [...watch.early, secret.copy()];
    return;
  }
  const key = keyIn(watch, secret);
  if (key === undefined) return;
  watch.deps.keys.remember(watch.context.station, key);
  tryToo(watch, key);
};

/** The terms are known now: what was learnt before them, and what is known of the station. */
export const learnLate = (watch: Watch): void => {
  const { early } = watch;
  watch.early = NONE;
  for (const secret of early) {
    learn(watch, secret);
    secret.zeroise();
  }
  for (const key of watch.deps.keys.rememberedOf(watch.context.station)) tryToo(watch, { kind: key.kind, pmk: key.pmk.copy() });
};
