import type { RecordBatch } from '../../streams/air/index.js';

/** How many frames a batch has room for. */
export const BATCH_CAPACITY = 2 ** 14;

/** A batch being filled, and filled anew when it was handed out. */
export class FrameBatch implements RecordBatch {
  bytes: Uint8Array = new Uint8Array(0);
  count = 0;
  first = 1;
  lost = 0;
  readonly starts = new Uint32Array(BATCH_CAPACITY);
  readonly ends = new Uint32Array(BATCH_CAPACITY);
  readonly times = new Float64Array(BATCH_CAPACITY);
  readonly linkTypes = new Uint16Array(BATCH_CAPACITY);

  /** Whether there is anything to hand out. */
  get isWorthTelling(): boolean {
    return this.count > 0 || this.lost > 0;
  }

  /** Begins the next batch where this one ends. */
  renew(): void {
    this.first += this.count;
    this.count = 0;
    this.lost = 0;
  }
}
