import type { ByteWindow } from '../ByteWindow.js';
import type { PcapHeader } from './PcapHeader.js';

/** The most that tcpdump and Wireshark believe: their largest snapshot length. */
export const LONGEST_FRAME = 2 ** 18;

const LONGEST_ORIGINAL = 2 ** 24;
/** How far apart in time two records that follow each other may be, to be believed after damage. */
const FARTHEST_SECONDS = 7 * 86_400;
/** How many record headers in a row are believed. */
const CHAIN = 3;

type Likelihood = 'record' | 'none' | 'unknown';

const isNear = (seconds: number, others: number | undefined): boolean =>
  others !== undefined && Math.abs(seconds - others) <= FARTHEST_SECONDS;

/** Whether these could be a record's lengths and fraction of a second. */
const isPlausible = (view: DataView, at: number, { isLittle, fractionsPerMicrosecond }: PcapHeader): boolean => {
  const size = view.getUint32(at + 8, isLittle);
  if (size === 0 || size > LONGEST_FRAME) return false;
  const length = view.getUint32(at + 12, isLittle);
  return length >= size && length <= LONGEST_ORIGINAL && view.getUint32(at + 4, isLittle) < 1e6 * fractionsPerMicrosecond;
};

/**
 * Whether a chain of records begins here, one soon after the other: several in a row, or fewer if they end where the capture does.
 * A single one must also be near in time to the last one before the damage.
 */
const likelihoodAt = (window: ByteWindow, header: PcapHeader, before: number | undefined, isEnd: boolean): Likelihood => {
  const { view, end } = window;
  const { isLittle, recordHeaderSize } = header;
  let [at, links] = [window.at, 0];
  let previous: number | undefined;
  for (; links < CHAIN && at + recordHeaderSize <= end; links++) {
    const seconds = view.getUint32(at, isLittle);
    if (!isPlausible(view, at, header) || (links > 0 && !isNear(seconds, previous))) return 'none';
    previous = seconds;
    at += recordHeaderSize + view.getUint32(at + 8, isLittle);
  }
  if (links === CHAIN) return 'record';
  if (!isEnd) return 'unknown';
  const isEnough = links > 1 || (previous !== undefined && isNear(previous, before));
  return at === end && isEnough ? 'record' : 'none';
};

/** The first offset from here on where the length of a record could be, or where too little is left to tell. */
const nextLength = ({ view, at, end }: ByteWindow, { isLittle, recordHeaderSize }: PcapHeader): number => {
  const last = end - recordHeaderSize;
  let candidate = at;
  for (; candidate <= last; candidate++) {
    const size = view.getUint32(candidate + 8, isLittle);
    if (size !== 0 && size <= LONGEST_FRAME) break;
  }
  return candidate;
};

/** Moves on through damaged octets to where records begin again. False if they do not. */
export const findRecord = (window: ByteWindow, header: PcapHeader, seconds: number | undefined): boolean => {
  if (window.rest === 0) return false;
  window.at++;
  for (let isEnd = false; ; ) {
    window.at = nextLength(window, header);
    const likelihood = likelihoodAt(window, header, seconds, isEnd);
    if (likelihood === 'record') return true;
    if (likelihood === 'unknown') isEnd = !window.fill();
    else if (window.rest === 0) return false;
    else window.at++;
  }
};
