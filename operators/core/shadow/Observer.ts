import type { AirEvent, LastHeard, Mac48, Mark } from '../../../streams/air/index.js';
import { BROADCAST } from '../../../streams/air/index.js';
import type { Crypto } from '../crypto/index.js';
import type { Attempt } from './Attempt.js';
import type { Connection } from './Connection.js';
import type { Credential } from './Credential.js';
import { connectionOf } from './connectionOf.js';
import { isWorthALook } from './eapol.js';
import { createEapWatch } from './eapWatch.js';
import { createKeyRing } from './KeyRing.js';
import { createKeyWatch } from './KeyWatch.js';
import { createRegister } from './Register.js';
import type { Scene } from './Scene.js';
import { isGone } from './silence.js';
import { takeEvent } from './takeEvent.js';
import { defaultTimeouts, type ObserverTimeouts } from './timeouts.js';

/**
 * What an observer needs.
 *
 * @since 0.2.0
 */
export interface ObserverOptions {
  readonly crypto: Crypto;
  readonly credentials: ReadonlyArray<Credential>;
  /** The last sign of life of an access point, beacons too, if whoever hears the frames can tell. */
  lastHeard?(ap: Mac48): LastHeard | undefined;
  readonly timeouts?: Partial<ObserverTimeouts>;
  /** Of more connections at a time the one that began first is handed out. */
  readonly mostOpen?: number;
  /** Whether connections bring along what was said in them, word for word. */
  readonly isTaped?: boolean;
  /** Takes each connection as soon as it is over, and `ended` tells of none. */
  readonly handOut?: (connection: Connection) => void;
}

/**
 * Makes connections of what is heard: who with whom, how it began and ended, and everything in between. It states facts; what they mean
 * is for others to say.
 *
 * @since 0.2.0
 */
export interface Observer {
  take(event: AirEvent): void;
  /** Whether encrypted frames between these two, or of this access point to all, are worth a look. */
  isWatched(station: Mac48, ap: Mac48): boolean;
  /** The capture has come this far: whoever was silent for too long is retired. */
  reach(mark: Mark): void;
  /** The capture ends here, and with it whatever is still open. */
  finish(mark: Mark): void;
  /** Connections that ended since the last call, by their first frame. */
  ended(): ReadonlyArray<Connection>;
}

const MOST_OPEN = 50_000;

/** Frames that nothing known opened, of a pair nothing else was seen of, are no evidence of a connection. */
const isNobody = ({ beginning, hadEapol, keyWatch, told, association }: Attempt, { traffic }: Connection): boolean =>
  beginning === 'middle' &&
  keyWatch !== undefined &&
  !hadEapol &&
  association === undefined &&
  told.length === 0 &&
  traffic.opened === 0;

const byFirstFrame = (a: Connection, b: Connection): number => a.began.frame - b.began.frame;

/**
 * Observes one capture, or one log, from its first event to its last. What it costs follows the events, not who is connected; what has
 * ended leaves nothing behind but keys that may be met again.
 *
 * @example
 * const observed = (crypto: Crypto, hear: (take: Observer['take']) => void): ReadonlyArray<Connection> => {
 *   const observer = createObserver({ crypto, credentials: [] });
 *   hear(observer.take);
 *   observer.finish({ frame: 1000, time: 0 });
 *   return observer.ended();
 * };
 *
 * @since 0.2.0
 */
export const createObserver = (options: ObserverOptions): Observer => {
  const { crypto, credentials, mostOpen = MOST_OPEN, isTaped = false } = options;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const keys = createKeyRing(crypto, credentials);
  const hasTks = keys.tks().length > 0;
  const lastHeard = (ap: Mac48): LastHeard | undefined => options.lastHeard?.(ap);
  /** One object for all events, because each of them changes it. */
  const now = { frame: 0, time: 0 };
  let done: Connection[] = [];
  const tell = options.handOut ?? ((connection: Connection): unknown => done.push(connection));

  const silence = (attempt: Attempt): 'gone' | 'quiet' =>
    isGone(attempt, lastHeard(attempt.ap), now, timeouts) ? 'gone' : 'quiet';

  const endingOf = (attempt: Attempt): Connection['ending'] => (silence(attempt) === 'gone' ? 'gone' : 'open');

  const handOut = (attempt: Attempt): void => {
    const connection = connectionOf(attempt);
    if (!isNobody(attempt, connection)) tell(connection);
  };

  const register = createRegister({ timeouts, mostOpen, isTaped, lastHeard, silence, handOut });
  const scene: Scene = {
    ...{ register, crypto, keys },
    watchKeys: (context) => createKeyWatch({ crypto, keys }, context),
    watchEap: () => createEapWatch(crypto, keys.tls()),
  };

  const advance = (mark: Mark): void => {
    now.frame = mark.frame;
    now.time = mark.time;
    register.clock.advance(mark.time);
  };

  return {
    take(event) {
      advance(event);
      register.expireSettled();
      takeEvent(scene, event);
    },
    isWatched(station, ap) {
      if (station === BROADCAST) return register.listenerOf(ap) !== undefined;
      if (hasTks) return true;
      for (const attempt of register.attemptsOf(station)) if (attempt.ap === ap && isWorthALook(attempt)) return true;
      return false;
    },
    reach(mark) {
      advance(mark);
      register.expire();
    },
    finish(mark) {
      advance(mark);
      register.expire();
      // Calls without an answer go to the connections they were made in, so these come last.
      for (const attempt of register.open) if (attempt.phase === 'authenticating') register.retire(attempt, endingOf(attempt));
      for (const attempt of register.open) register.retire(attempt, endingOf(attempt));
      keys.release();
    },
    ended() {
      const connections = done.sort(byFirstFrame);
      done = [];
      return connections;
    },
  };
};
