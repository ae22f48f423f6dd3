import type { AirEvent } from '../../../streams/air/index.js';
import type { ByteSource } from '../../event-log/ByteSource.js';
import { createReadKeys, type LogCredential } from './hostap/credentials.js';
import type { LogAccount } from './LogAccount.js';
import { linesToEvents } from './linesToEvents.js';
import { type LogFormat, recogniseLog } from './recogniseLog.js';
import { readHead, utf8Chunks } from './textSource.js';
import { windowsToEvents } from './windows/windowsToEvents.js';

export interface ReadLogEventsOptions {
  /** Instead of what the first bytes say. */
  readonly format?: LogFormat;
  /** Called for each secret that the log shows, if it was written with its keys (`-K`). Whoever gets one owns it. */
  readonly onCredential?: (credential: LogCredential) => void;
}

/** The events of a log, to be pulled once; and what is to be said of the log itself. */
export interface LogEvents extends Iterable<ReadonlyArray<AirEvent>> {
  readonly format: LogFormat | undefined;
  /** As far as it has been read. */
  readonly account: Readonly<LogAccount>;
}

/**
 * Reads what a log tells of stations and access points as the events that a capture gives, in batches, in constant memory. The
 * number of an event is that of its line, or in an export of Windows that of the event. What is not understood is counted.
 *
 * @example
 * const source = bytesOf(new TextEncoder().encode('wlan0: AP-STA-CONNECTED 02:00:00:00:01:00\n'));
 * for (const events of readLogEvents(source)) for (const event of events) console.log(event.frame, event.kind); // 1 told
 *
 * @since 0.2.0
 */
export const readLogEvents = (source: ByteSource, { format, onCredential }: ReadLogEventsOptions = {}): LogEvents => {
  const head = readHead(source);
  const found = format ?? recogniseLog(head);
  const account: LogAccount = { lines: 0, understood: 0, tooLong: 0, clock: 'none' };
  const keys = onCredential && createReadKeys(onCredential);
  const events =
    found === 'windows-events'
      ? windowsToEvents(utf8Chunks(head, source), account)
      : linesToEvents(utf8Chunks(head, source), found, account, keys);
  return { format: found, account, [Symbol.iterator]: () => events[Symbol.iterator]() };
};
