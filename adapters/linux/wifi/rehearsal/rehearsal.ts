import { EXCHANGES } from './exchange.js';
import { type Play, playOf } from './Play.js';
import { type RehearsalWatch, type RunningRehearsal, rehearseOnce } from './rehearseOnce.js';

/** Made-up connections, one after the other. */
export interface Rehearsal {
  /** Goes on with them. */
  readonly resume: () => void;
  /** Goes on with them, with some more if all were done: V8 drops what it has compiled when nobody has needed it for a while. */
  readonly refresh: () => void;
  /** Leaves off at once: something real is about to happen. */
  readonly pause: () => void;
}

/** How many connections are made up. */
export interface RehearsalTimes {
  readonly first: number;
  readonly again: number;
}

/** What has been done so often is compiled, and compiled once more. */
const CONNECTIONS: RehearsalTimes = { first: 100, again: 40 };
const HANDSHAKES = 16;

/**
 * What a program has never done it does slowly: its first handshake would run in code that V8 has not compiled, and take many times as
 * long as later ones. While a radio scans there is time to do it a few times with nobody on the other side,
 * handshakes most of all: whoever waits for an answer to message 1 or 3 waits for that alone.
 *
 * After each it rests for as long as that took. V8 compiles meanwhile: where there is one processor, what waits to be compiled would
 * otherwise be in the way of the real handshake.
 */
export const createRehearsal = (watch: RehearsalWatch, { first, again } = CONNECTIONS): Rehearsal => {
  let left = first;
  let plays: readonly [Play, Play] | undefined;
  let isWanted = false;
  let running: RunningRehearsal | undefined;
  let rest: NodeJS.Timeout | undefined;
  const play = (): void => {
    rest = undefined;
    if (!isWanted || running !== undefined || left <= 0) return;
    left -= 1;
    plays ??= [playOf(EXCHANGES[0], HANDSHAKES), playOf(EXCHANGES[1], HANDSHAKES)];
    const began = performance.now();
    running = rehearseOnce(plays[left % 2 === 0 ? 0 : 1], watch, () => {
      running = undefined;
      if (isWanted) rest = setTimeout(play, performance.now() - began);
    });
  };
  const resume = (): void => {
    isWanted = true;
    if (rest === undefined) play();
  };
  return {
    resume,
    refresh: () => {
      if (left === 0) left = again;
      resume();
    },
    pause: () => {
      isWanted = false;
      clearTimeout(rest);
      rest = undefined;
      running?.end();
    },
  };
};
