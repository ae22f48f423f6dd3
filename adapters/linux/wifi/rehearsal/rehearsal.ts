import { EXCHANGES } from './exchange.js';
import { type Play, playOf } from './Play.js';
import { type RehearsalWatch, type RunningRehearsal, rehearseOnce } from './rehearseOnce.js';

/** Made-up connections, one after the other. */
export interface Rehearsal {
  /** Goes on with them. */
  readonly resume: () => void;
  /** Leaves off at once: something real is about to happen. */
  readonly pause: () => void;
}

/** What has been done so often is compiled. */
const CONNECTIONS = 100;
const HANDSHAKES = 8;

/**
 * What a program has never done it does slowly: its first handshake would run in code that V8 has not compiled, and take many times as
 * long as later ones. While a radio scans there is time to do it a few times with nobody on the other side,
 * handshakes most of all: whoever waits for an answer to message 1 or 3 waits for that alone.
 */
export const createRehearsal = (watch: RehearsalWatch, times = CONNECTIONS): Rehearsal => {
  let left = times;
  let plays: readonly [Play, Play] | undefined;
  let isWanted = false;
  let running: RunningRehearsal | undefined;
  const play = (): void => {
    if (!isWanted || running !== undefined || left <= 0) return;
    left -= 1;
    plays ??= [playOf(EXCHANGES[0], HANDSHAKES), playOf(EXCHANGES[1], HANDSHAKES)];
    running = rehearseOnce(plays[left % 2 === 0 ? 0 : 1], watch, () => {
      running = undefined;
      setImmediate(play);
    });
  };
  return {
    resume: () => {
      isWanted = true;
      play();
    },
    pause: () => {
      isWanted = false;
      running?.end();
    },
  };
};
