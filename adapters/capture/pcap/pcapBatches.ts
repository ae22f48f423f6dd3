import type { RecordBatch } from '../../../streams/air/index.js';
import type { ByteWindow } from '../ByteWindow.js';
import type { Damages } from '../Damages.js';
import { BATCH_CAPACITY, FrameBatch } from '../FrameBatch.js';
import { fcsWithin, mayHaveFcs } from '../fcs.js';
import { findRecord, LONGEST_FRAME } from './findRecord.js';
import type { PcapHeader } from './PcapHeader.js';

/** Why the records in the window came to an end: the batch is full, more octets are needed, or these are no record. */
type Stop = 'full' | 'more' | 'damage';

/** The file was made larger and never written there. */
const isNothing = (view: DataView, at: number): boolean =>
  view.getUint32(at) === 0 && view.getUint32(at + 4) === 0 && view.getUint32(at + 12) === 0;

/** Takes whole records from the window into the batch: finding their bounds is all the work there is. */
const takeRecords = (window: ByteWindow, header: PcapHeader, batch: FrameBatch): Stop => {
  const { view, end } = window;
  const { isLittle, recordHeaderSize, fractionsPerMicrosecond } = header;
  const { starts, ends, times } = batch;
  let { at } = window;
  let { count } = batch;
  let stop: Stop = 'full';
  while (count < BATCH_CAPACITY) {
    const start = at + recordHeaderSize;
    stop = 'more';
    if (start > end) break;
    const size = view.getUint32(at + 8, isLittle);
    if (size > LONGEST_FRAME || (size === 0 && isNothing(view, at))) {
      stop = 'damage';
      break;
    }
    const next = start + size;
    if (next > end) break;
    starts[count] = start;
    ends[count] = next;
    times[count] = view.getUint32(at, isLittle) * 1e6 + view.getUint32(at + 4, isLittle) / fractionsPerMicrosecond;
    count++;
    at = next;
    stop = 'full';
  }
  window.at = at;
  batch.bytes = window.bytes;
  batch.count = count;
  return stop;
};

const leaveOutFcs = ({ view }: ByteWindow, { isLittle, recordHeaderSize, fcsLength }: PcapHeader, batch: FrameBatch): void => {
  for (let i = 0; i < batch.count; i++) {
    const [start, end] = [batch.starts[i] ?? 0, batch.ends[i] ?? 0];
    const length = view.getUint32(start - recordHeaderSize + 12, isLittle);
    batch.ends[i] = end - fcsWithin(end - start, length, fcsLength);
  }
};

const problemAt = (
  { view, at, rest, failure }: ByteWindow,
  { isLittle, recordHeaderSize }: PcapHeader,
  frame: number,
): string => {
  if (failure !== undefined) return failure;
  if (rest < recordHeaderSize)
    return `the capture ends in the header of frame ${frame}: ${rest} of ${recordHeaderSize} octets are there`;
  const size = view.getUint32(at + 8, isLittle);
  if (size > LONGEST_FRAME) return `frame ${frame} cannot have ${size} octets; at most ${LONGEST_FRAME} are believed`;
  if (size === 0) return `where frame ${frame} should be there is nothing but zeros`;
  return `the capture ends in frame ${frame}: ${rest - recordHeaderSize} of ${size} octets are there`;
};

/** Makes a way on where records end: by reading more, or past damage. False at the end of the capture. */
const goOn = (window: ByteWindow, header: PcapHeader, damages: Damages, frame: number, seconds: number | undefined): boolean => {
  if (window.rest > 0 || window.failure !== undefined) damages.note(window.offset, problemAt(window, header, frame));
  return findRecord(window, header, seconds);
};

/** The frames of a file of the classic format. The window is behind the file header. */
export function* pcapBatches(window: ByteWindow, header: PcapHeader, damages: Damages): Generator<RecordBatch> {
  const batch = new FrameBatch();
  batch.linkTypes.fill(header.linkType);
  const hasFcs = header.fcsLength > 0 && mayHaveFcs(header.linkType);
  let seconds: number | undefined;
  for (let isMore = true; isMore; ) {
    const stop = takeRecords(window, header, batch);
    if (batch.count > 0) {
      if (hasFcs) leaveOutFcs(window, header, batch);
      seconds = (batch.times[batch.count - 1] ?? 0) / 1e6;
      yield batch;
      batch.renew();
    }
    const isWhole = stop === 'full' || (stop === 'more' && window.fill());
    isMore = isWhole || goOn(window, header, damages, batch.first, seconds);
  }
}
