import type { Buffer } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import type { AirEvent, Told } from '../../../../streams/air/index.js';
import type { LogAccount } from '../LogAccount.js';
import { createEventTexts, type EventText } from './eventTexts.js';
import { readEventRecord } from './readEventRecord.js';
import { type WlanEvent, wlanEventOf } from './WlanEvent.js';
import { createWlanConnections } from './wlanConnections.js';

const BATCH = 1024;
/** Newest first is how Windows shows its logs; so many events are put into the order of their times. */
const MOST_TURNED = 2 ** 16;

/** Counts a text, and reads what it says of a connection. */
const readText = (text: EventText, account: LogAccount): WlanEvent | undefined => {
  account.lines++;
  if (typeof text !== 'string') {
    account.tooLong++;
    return undefined;
  }
  const record = readEventRecord(text);
  const event = record && wlanEventOf(record, account.lines);
  if (event === undefined) return undefined;
  account.understood++;
  if (event.time !== 0) account.clock = 'absolute';
  return event;
};

function* wlanEventsIn(chunks: Iterable<Buffer>, account: LogAccount): Generator<WlanEvent> {
  const texts = createEventTexts();
  const decoder = new StringDecoder('utf8');
  for (const chunk of chunks) {
    for (const text of texts(decoder.write(chunk))) {
      const event = readText(text, account);
      if (event !== undefined) yield event;
    }
  }
}

const isNewestFirst = (events: ReadonlyArray<WlanEvent>): boolean => (events.at(-1)?.time ?? 0) < (events[0]?.time ?? 0);

const inOrder = (events: ReadonlyArray<WlanEvent>): ReadonlyArray<WlanEvent> =>
  isNewestFirst(events) ? events.toReversed() : events;

/** The events in blocks as large as can be turned around. */
function* blocksOf(events: Iterable<WlanEvent>): Generator<ReadonlyArray<WlanEvent>> {
  let block: WlanEvent[] = [];
  for (const event of events) {
    block.push(event);
    if (block.length < MOST_TURNED) continue;
    yield block;
    block = [];
  }
  yield block;
}

/** Reads an export of Windows: of `wevtutil qe … /f:xml`, or what Event Viewer saves as XML. */
export function* windowsToEvents(chunks: Iterable<Buffer>, account: LogAccount): Generator<ReadonlyArray<AirEvent>> {
  const tell = createWlanConnections();
  let batch: Told[] = [];
  for (const block of blocksOf(wlanEventsIn(chunks, account))) {
    for (const event of inOrder(block)) {
      const told = tell(event);
      if (told !== undefined) batch.push(told);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
