import { calendarMoment } from '../LogClock.js';
import type { EventRecord } from './EventRecord.js';
import { type XmlToken, xmlTokens } from './xmlTokens.js';

const SYSTEM_TIME =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?Z?$/;

const timeOf = (text: string | undefined): number => {
  const { year, month, day, hour, minute, second, fraction } = SYSTEM_TIME.exec(text ?? '')?.groups ?? {};
  if (month === undefined || day === undefined || hour === undefined || minute === undefined || second === undefined) return 0;
  return calendarMoment({ year, month, day, hour, minute, second, fraction, zone: 'Z' }).time;
};

const DEPTH = 16;
const MOST_DATA = 64;
const IDENTIFIER = /^\s*\d{1,5}\s*$/;

/** An event while its XML is read. */
interface Growing {
  provider: string;
  id: number;
  time: number;
  readonly data: Map<string, string>;
  /** The elements that are open, from the outermost on. */
  readonly names: string[];
  dataName: string | undefined;
}

const open = (growing: Growing, { name, attributes, isEmpty }: Extract<XmlToken, { kind: 'open' }>): boolean => {
  growing.names.push(name);
  growing.dataName = attributes.get('Name');
  const path = growing.names.join('/');
  if (path === 'Event/System/Provider') growing.provider = growing.dataName ?? '';
  if (path === 'Event/System/TimeCreated') growing.time = timeOf(attributes.get('SystemTime'));
  if (isEmpty) growing.names.pop();
  return growing.names.length <= DEPTH;
};

const takeText = ({ names, data, ...growing }: Growing, text: string): number => {
  const path = names.join('/');
  if (path === 'Event/EventData/Data' && growing.dataName !== undefined && data.size < MOST_DATA)
    data.set(growing.dataName, text);
  return path === 'Event/System/EventID' && IDENTIFIER.test(text) ? Number(text) : growing.id;
};

/** Whether the event is well formed up to and with this token. */
const takeToken = (growing: Growing, token: XmlToken): boolean => {
  switch (token.kind) {
    case 'text':
      growing.id = takeText(growing, token.text);
      return true;
    case 'open':
      return open(growing, token);
    case 'close':
      return growing.names.pop() === token.name;
  }
};

/** Reads one `<Event>…</Event>`, or nothing if it is not well formed. */
export const readEventRecord = (xml: string): EventRecord | undefined => {
  const growing: Growing = { provider: '', id: 0, time: 0, data: new Map(), names: [], dataName: undefined };
  let isClosed = false;
  for (const token of xmlTokens(xml)) {
    if (token === undefined || isClosed || !takeToken(growing, token)) return undefined;
    isClosed = growing.names.length === 0;
  }
  const { provider, id, time, data } = growing;
  return isClosed && id > 0 ? { provider, id, time, data } : undefined;
};
