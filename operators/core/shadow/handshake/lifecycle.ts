import { zeroisePtk } from '../../rsn/keys/ptk.js';
import { zeroiseRoot } from '../../rsn/rootKey.js';
import { adopt } from './adopt.js';
import { zeroiseHandshake } from './Growing.js';
import { learnLate } from './learn.js';
import { ownContext, type Terms, termsOfAssociation, termsOfMessage2 } from './terms.js';
import type { KeyWatchContext, KeyWatchDeps, Watch } from './Watch.js';

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
    terms: undefined,
    learnt: [],
    early: [],
    handshakes: [],
    unanswered: undefined,
    groups: [],
    groupKeys: [],
    strays: [],
    requests: [],
    adoptedKeys: [],
    adopted: [],
    transferred: [],
    groupUses: undefined,
    reuses: [],
    traffic: { heard: 0, tried: 0, opened: 0, blind: 0, frame: 0, time: 0 },
    counter: -1n,
  };
  setTerms(watch, terms);
  for (const tk of deps.keys.tks()) adopt(watch, tk.copy());
  return watch;
};

/** Message 2 tells what an association that was not seen agreed on. */
export const learnTerms = (watch: Watch, keyData: Uint8Array): void =>
  setTerms(watch, termsOfMessage2(watch.deps, watch.context, keyData));

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
  watch.adoptedKeys.length = 0;
  watch.adopted.length = 0;
  for (const { ptk } of watch.transferred) zeroisePtk(ptk);
  watch.transferred.length = 0;
  watch.groupUses = undefined;
  watch.handshakes.length = 0;
  watch.learnt.length = 0;
  watch.groupKeys.length = 0;
  watch.early.length = 0;
  watch.unanswered = undefined;
};
