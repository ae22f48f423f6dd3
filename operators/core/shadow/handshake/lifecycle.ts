import { zeroisePtk } from '../../rsn/keys/ptk.js';
import { zeroiseRoot } from '../../rsn/rootKey.js';
import { adopt } from './adopt.js';
import { factsOf, type KeyFacts } from './facts.js';
import { zeroiseHandshake } from './Growing.js';
import { learnLate } from './learn.js';
import { ownContext, type Terms, termsOfAssociation, termsOfMessage2 } from './terms.js';
import { type KeyWatchContext, type KeyWatchDeps, NONE, type Watch } from './Watch.js';

const setTerms = (watch: Watch, terms: Terms | undefined): void => {
  watch.terms = terms;
  if (terms !== undefined) learnLate(watch);
};

/** The terms are read at once, for the frames of the association are good until the next event only. */
export const newWatch = (deps: KeyWatchDeps, context: KeyWatchContext): Watch => {
  const terms = termsOfAssociation(deps, context);
  const watch: Watch = {
    deps,
    context: terms === undefined ? ownContext(context) : context,
    said: NONE,
    terms: undefined,
    learnt: NONE,
    early: NONE,
    handshakes: NONE,
    unanswered: undefined,
    groups: NONE,
    groupKeys: NONE,
    strays: NONE,
    requests: NONE,
    adoptedKeys: NONE,
    adopted: NONE,
    transferred: NONE,
    groupUses: undefined,
    reuses: NONE,
    traffic: { heard: 0, tried: 0, opened: 0, blind: 0, frame: 0, time: 0 },
    unread: undefined,
    proofs: NONE,
    counter: -1n,
  };
  setTerms(watch, terms);
  for (const tk of deps.keys.tks()) adopt(watch, tk.copy());
  return watch;
};

/** Message 2 tells what an association that was not seen agreed on. */
export const learnTerms = (watch: Watch, keyData: Uint8Array): void =>
  setTerms(watch, termsOfMessage2(watch.deps, watch.context, keyData));

/** Hands over the keys that the facts are about, as they are, and destroys the rest. */
export const conclude = (watch: Watch): KeyFacts => {
  const facts = factsOf(watch, (secret) => secret);
  for (const handshake of watch.handshakes) {
    handshake.keys?.ptk.kck.zeroise();
    handshake.keys?.ptk.kek.zeroise();
    handshake.keys = undefined;
  }
  watch.groupKeys = NONE;
  releaseWatch(watch);
  return facts;
};

/** Destroys what is secret. What the key ring gave stays the key ring's. */
export const releaseWatch = (watch: Watch): void => {
  for (const handshake of watch.handshakes) zeroiseHandshake(handshake);
  for (const { root, source } of watch.learnt) {
    zeroiseRoot(root);
    source.pmk.zeroise();
  }
  if (watch.terms?.network.akm.fastTransition === true) for (const { root } of watch.terms.candidates) zeroiseRoot(root);
  for (const { key } of watch.groupKeys) key.zeroise();
  for (const secret of watch.early) secret.zeroise();
  for (const tk of watch.adoptedKeys) tk.zeroise();
  watch.adoptedKeys = NONE;
  watch.adopted = NONE;
  for (const { ptk } of watch.transferred) zeroisePtk(ptk);
  watch.transferred = NONE;
  watch.groupUses = undefined;
  watch.handshakes = NONE;
  watch.learnt = NONE;
  watch.groupKeys = NONE;
  watch.early = NONE;
  watch.unanswered = undefined;
  watch.said = undefined;
};
