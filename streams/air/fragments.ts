import { FRAGMENT } from './macHeader.js';
import type { Queue } from './retries.js';

export interface Fragments {
  /** Adds a piece to what came before it; the whole, once the last one is there. Good until the next piece. */
  join(queue: Queue, sequenceControl: number, isLast: boolean, piece: Uint8Array): Uint8Array | undefined;
}

interface Partial {
  queue: Queue;
  sequence: number;
  /** The fragment that is expected, 0 where nothing is under way. */
  next: number;
  size: number;
  readonly bytes: Uint8Array;
}

/** The largest MSDU has 2,304 octets (IEEE 802.11-2020 9.2.4.8.1), a management frame hardly more. */
const LARGEST = 4096;
/** A receiver need not follow more than three at once (10.6); a sniffer hears several transmitters. */
const MOST = 16;

/**
 * Frames that came in fragments (IEEE 802.11-2020 10.4). Only those sent in the clear: of protected ones each is sealed by itself, so
 * whoever opens them joins them.
 */
export const createFragments = (): Fragments => {
  const partials: Partial[] = [];
  let oldest = 0;

  const begin = (queue: Queue, sequence: number): Partial => {
    const same = partials.find((partial) => partial.queue === queue);
    const partial = same ?? partials[oldest] ?? { queue, sequence, next: 0, size: 0, bytes: new Uint8Array(LARGEST) };
    if (same === undefined) {
      partials[oldest] = partial;
      oldest = (oldest + 1) % MOST;
    }
    return Object.assign(partial, { queue, sequence, next: 0, size: 0 });
  };

  return {
    join(queue, sequenceControl, isLast, piece) {
      const [sequence, fragment] = [sequenceControl >>> 4, sequenceControl & FRAGMENT];
      const partial =
        fragment === 0
          ? begin(queue, sequence)
          : partials.find((each) => each.queue === queue && each.sequence === sequence && each.next === fragment);
      if (partial === undefined) return;
      if (partial.size + piece.length > LARGEST) {
        partial.next = 0;
        return;
      }
      partial.bytes.set(piece, partial.size);
      partial.size += piece.length;
      partial.next = isLast ? 0 : fragment + 1;
      return isLast ? partial.bytes.subarray(0, partial.size) : undefined;
    },
  };
};
