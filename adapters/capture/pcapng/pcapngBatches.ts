import type { RecordBatch } from '../../../streams/air/index.js';
import type { Damages } from '../Damages.js';
import type { BlockCursor, Look } from './BlockCursor.js';
import type { FrameScan } from './FrameScan.js';

/**
 * Makes a way on where blocks end: by reading more, or past damage. False at the end of the capture.
 */
export const goOn = (blocks: BlockCursor, look: Look, damages: Damages): boolean => {
  const { window } = blocks;
  if (look === 'block' || (look === 'more' && window.fill())) return true;
  const isDamage = look === 'damage' || window.rest > 0 || window.failure !== undefined;
  if (isDamage) damages.note(window.offset, look === 'damage' ? blocks.problem : blocks.endProblem);
  return blocks.find();
};

/** The frames of a pcapng file. */
export function* pcapngBatches(blocks: BlockCursor, scan: FrameScan, damages: Damages): Generator<RecordBatch> {
  const { batch } = scan;
  for (let isMore = true; isMore; ) {
    const look = scan.run();
    if (batch.count > 0) {
      yield batch;
      batch.renew();
    }
    isMore = goOn(blocks, look, damages);
  }
  scan.finish();
  if (batch.lost > 0) yield batch;
}
