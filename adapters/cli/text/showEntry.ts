import { Effect, HostEvent, type LogEntry, Secret, toHex } from '../../../streams/events/index.js';

/** Seconds, with the microseconds behind the point. */
export const showTime = (at: number): string => `${(at / 1e6).toFixed(6)} s`;

/** A log is untrusted: what it says must not command a terminal. */
export const harmless = (text: string): string =>
  text.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Whether secrets are shown, which is nobody's default. */
export interface Showing {
  readonly secrets: boolean;
}

const SHOWN_BYTES = 12;

const showBytes = (bytes: Uint8Array): string =>
  bytes.length <= SHOWN_BYTES ? toHex(bytes) : `${toHex(bytes.subarray(0, SHOWN_BYTES))}… (${bytes.length} B)`;

export const showValue = (value: unknown, { secrets }: Showing): string => {
  if (value instanceof Secret) return secrets && value.isKnown ? toHex(value.reveal()) : value.toString();
  if (value === undefined) return 'nothing';
  return harmless(typeof value === 'string' ? value : JSON.stringify(value));
};

const showField = (value: unknown, encoded: unknown, showing: Showing): string => {
  if (value instanceof Uint8Array) return showBytes(value);
  if (Array.isArray(value)) return `[${value.length}]`;
  return typeof value === 'object' && !(value instanceof Secret) ? '{…}' : showValue(encoded, showing);
};

/** One entry in short: its direction, its kind, and its fields, the large ones cut. */
export const showEntry = (
  { dir, event }: LogEntry | { dir: 'out'; event: Effect },
  showing: Showing = { secrets: false },
): string => {
  const encoded = (dir === 'in' ? HostEvent.encode(event) : Effect.encode(event)) as Readonly<Record<string, unknown>>;
  const fields = Object.entries(event)
    .filter(([name, value]) => name !== 'kind' && value !== undefined && name in encoded)
    .map(([name, value]) => `${name}=${showField(value, encoded[name], showing)}`);
  return [dir.padEnd(3), event.kind, ...fields].join(' ');
};
