import type { EapolHeard, Sealed, SealedBytes } from '../../../streams/air/index.js';
import type { Secret } from '../../../streams/events/index.js';
import { adopt, type HandshakeKeys } from './handshake/adopt.js';
import { factsOf, type KeyFacts } from './handshake/facts.js';
import { learn } from './handshake/learn.js';
import { newWatch, releaseWatch } from './handshake/lifecycle.js';
import { takeKey } from './handshake/takeKey.js';
import type { KeyWatchContext, KeyWatchDeps } from './handshake/Watch.js';
import { openManagement, openSealed } from './protection/open.js';

export type { KeyFacts } from './handshake/facts.js';
export type { KeyWatchContext, KeyWatchDeps } from './handshake/Watch.js';

/**
 * The key handshakes of one connection, as somebody follows them who only listens.
 *
 * @since 0.2.0
 */
export interface KeyWatch {
  /** An EAPOL-Key packet in the clear, or one opened elsewhere. */
  take(event: EapolHeard): void;
  /**
   * A protected data frame of the pair or for all: opened where a key fits and there is reason to. An EAPOL packet in it is
   * returned, and taken if it is a key packet.
   */
  open(event: Sealed): EapolHeard | undefined;
  /** The body of a protected management frame, if a key of the pair opens it. */
  openManagement(sealed: SealedBytes): Uint8Array | undefined;
  /** A PMK learnt meanwhile, or an MSK. The secret stays the caller's. */
  learn(pmk: Secret): void;
  /**
   * A temporal key that came otherwise, and where known the keys of the key packets under it. The secrets stay the caller's.
   */
  adopt(tk: Secret, handshakeKeys?: HandshakeKeys): void;
  /** Whether keys are known, so that sealed frames are worth a look. */
  readonly isKeyed: boolean;
  /** Secrets in it are copies, for whoever asks to destroy. */
  facts(): KeyFacts;
  /** A copy of the PMK that a message was made with, for whoever asks to destroy. */
  provenPmk(): Secret | undefined;
  release(): void;
}

/**
 * Watches the key handshakes of one connection.
 *
 * @since 0.2.0
 */
export const createKeyWatch = (deps: KeyWatchDeps, context: KeyWatchContext): KeyWatch => {
  const watch = newWatch(deps, context);
  return {
    take: (event) => takeKey(watch, event),
    open: (event) => openSealed(watch, event),
    openManagement: (sealed) => openManagement(watch, sealed),
    learn: (pmk) => learn(watch, pmk),
    adopt: (tk, handshakeKeys) => adopt(watch, tk.copy(), handshakeKeys),
    get isKeyed() {
      return watch.adopted.length > 0 || watch.handshakes.some(({ keys }) => keys !== undefined);
    },
    facts: () => factsOf(watch),
    provenPmk: () => watch.handshakes.find(({ keys }) => keys !== undefined)?.keys?.candidate.source.pmk.copy(),
    release: () => releaseWatch(watch),
  };
};
