import { Buffer } from 'node:buffer';
import type { Mac48 } from '../../../../streams/air/index.js';
import { mac48Of } from '../addresses.js';
import type { EventRecord } from './EventRecord.js';
import { AUDIT_PROVIDER, AUDITED_REQUEST, type Meaning, WLAN_PROVIDER, wlanEvents } from './wlanEvents.js';

/** An event about wireless connections, without the text it came in. */
export interface WlanEvent {
  readonly ordinal: number;
  readonly id: number;
  readonly time: number;
  readonly meaning: Meaning;
  /** The interface by its GUID. */
  readonly name: string;
  readonly local?: Mac48 | undefined;
  readonly peer?: Mac48 | undefined;
  readonly ssid?: Uint8Array | undefined;
  /** An L2, MSMSEC or ONEX code; 0 is success. */
  readonly reason?: number | undefined;
  /** A status code of IEEE 802.11. */
  readonly status?: number | undefined;
}

const LONGEST_SSID = 32;
const LONGEST_NAME = 64;
const NUMBER = /^(?:0x[0-9a-fA-F]{1,8}|\d{1,10})$/;
const MOST = 0xffffffff;

const first = ({ data }: EventRecord, ...names: ReadonlyArray<string>): string | undefined => {
  for (const name of names) {
    const text = data.get(name)?.trim();
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
};

const numberOf = (text: string | undefined): number | undefined => {
  const number = text !== undefined && NUMBER.test(text) ? Number(text) : MOST + 1;
  return number <= MOST ? number : undefined;
};

const ssidOf = (text: string | undefined): Uint8Array | undefined => {
  const bytes = Uint8Array.from(Buffer.from(text ?? '', 'utf8'));
  return bytes.length === 0 || bytes.length > LONGEST_SSID ? undefined : bytes;
};

/** A text of its own: a part of a string keeps the whole of it alive. */
const copied = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

const auditMeaning = (reason: number | undefined): Meaning =>
  reason === 0
    ? { phase: 'oneX', outcome: 'success', text: '802.1X succeeded' }
    : { phase: 'oneX', outcome: 'failure', text: '802.1X failed' };

const meaningOf = ({ provider, id }: EventRecord, reason: number | undefined): Meaning | undefined => {
  if (provider === WLAN_PROVIDER) return wlanEvents.get(id);
  return provider === AUDIT_PROVIDER && id === AUDITED_REQUEST ? auditMeaning(reason) : undefined;
};

/** What is of use in an event, if it is about a wireless connection. */
export const wlanEventOf = (record: EventRecord, ordinal: number): WlanEvent | undefined => {
  const reason = numberOf(first(record, 'ReasonCode'));
  const meaning = meaningOf(record, reason);
  if (meaning === undefined) return undefined;
  const name = (first(record, 'DeviceGuid', 'InterfaceGuid', 'IntfGuid') ?? '').slice(0, LONGEST_NAME).toLowerCase();
  return {
    ordinal,
    id: record.id,
    time: record.time,
    meaning,
    name: copied(name),
    local: mac48Of(first(record, 'LocalMac', 'LocalMAC')),
    peer: mac48Of(first(record, 'PeerMac', 'PeerMAC', 'BSSID')),
    ssid: ssidOf(first(record, 'SSID')),
    reason,
    status: numberOf(first(record, 'Dot11StatusCode')),
  };
};
