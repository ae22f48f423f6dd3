import type { EapolHeard, Sealed, SealedBytes } from '../../../streams/air/index.js';
import type { Secret } from '../../../streams/events/index.js';
import type { GroupKeySeen } from './Connection.js';
import { adopt, type HandshakeKeys } from './handshake/adopt.js';
import { factsOf, type KeyFacts } from './handshake/facts.js';
import type { GrowingHandshake } from './handshake/Growing.js';
import { adoptGroupKey } from './handshake/groupKeys.js';
import { learnAnnouncement, takeAgain, takeAndKeep } from './handshake/late.js';
import { learn } from './handshake/learn.js';
import { conclude, newWatch, releaseWatch } from './handshake/lifecycle.js';
import { isWaiting } from './handshake/unread.js';
import type { KeyWatchContext, KeyWatchDeps, Watch } from './handshake/Watch.js';
import { checkForAll } from './protection/bip.js';
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
  /** Whether the MIC of a management frame for all is right; `undefined` where no key for it is known. */
  checkForAll(signed: SealedBytes): boolean | undefined;
  /** A PMK learnt meanwhile, or an MSK: it proves what was said before, too. The secret stays the caller's. */
  learn(pmk: Secret): void;
  /** What the access point announced, where that was heard only now. */
  learnAnnouncement(announced: Pick<KeyWatchContext, 'ssid' | 'announcement'>): void;
  /**
   * A temporal key that came otherwise, and where known the keys of the key packets under it. The secrets stay the caller's.
   */
  adopt(tk: Secret, handshakeKeys?: HandshakeKeys): void;
  /** A group key that came otherwise. The watch takes it over. */
  adoptGroupKey(seen: GroupKeySeen): void;
  /** Whether keys are known, so that sealed frames are worth a look. */
  readonly isKeyed: boolean;
  /** Whether any sealed frame tells something, though nobody can read it: how the first handshake ended was not heard. */
  readonly isWaiting: boolean;
  /** Secrets in it are copies, for whoever asks to destroy. */
  facts(): KeyFacts;
  /** A copy of the PMK that a message was made with, for whoever asks to destroy. */
  provenPmk(): Secret | undefined;
  /** The facts with the secrets themselves, for whoever asks to destroy; all others are destroyed, and the watch is over. */
  conclude(): KeyFacts;
  release(): void;
}

const hasKeys = ({ keys }: GrowingHandshake): boolean => keys !== undefined;

/** A class, for there is one of each connection: an object of functions would have them all made anew. */
class Watching implements KeyWatch {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  take(event: EapolHeard): void {
    takeAndKeep(this.#watch, event);
  }

  open(event: Sealed): EapolHeard | undefined {
    return openSealed(this.#watch, event);
  }

  openManagement(sealed: SealedBytes): Uint8Array | undefined {
    return openManagement(this.#watch, sealed);
  }

  checkForAll(signed: SealedBytes): boolean | undefined {
    return checkForAll(this.#watch, signed);
  }

  learn(pmk: Secret): void {
    learn(this.#watch, pmk);
    takeAgain(this.#watch);
  }

  learnAnnouncement(announced: Pick<KeyWatchContext, 'ssid' | 'announcement'>): void {
    learnAnnouncement(this.#watch, announced);
  }

  adopt(tk: Secret, handshakeKeys?: HandshakeKeys): void {
    adopt(this.#watch, tk.copy(), handshakeKeys);
  }

  adoptGroupKey(seen: GroupKeySeen): void {
    adoptGroupKey(this.#watch, seen);
  }

  get isKeyed(): boolean {
    const { adopted, handshakes } = this.#watch;
    return adopted.length > 0 || handshakes.some(hasKeys);
  }

  get isWaiting(): boolean {
    return isWaiting(this.#watch);
  }

  facts(): KeyFacts {
    return factsOf(this.#watch);
  }

  provenPmk(): Secret | undefined {
    return this.#watch.handshakes.find(hasKeys)?.keys?.candidate.source.pmk.copy();
  }

  conclude(): KeyFacts {
    return conclude(this.#watch);
  }

  release(): void {
    releaseWatch(this.#watch);
  }
}

/**
 * Watches the key handshakes of one connection.
 *
 * @since 0.2.0
 */
export const createKeyWatch = (deps: KeyWatchDeps, context: KeyWatchContext): KeyWatch => new Watching(newWatch(deps, context));
