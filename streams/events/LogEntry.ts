import { type Either, left, map, right } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Effect } from './Effect.js';
import { HostEvent } from './HostEvent.js';
import { Secret } from './Secret.js';

interface Logged {
  /** Microseconds. */
  readonly at: number;
  /** The number of the API call that was being carried out when this happened; of several, the innermost. */
  readonly during?: number;
}

/** One line of an event log: what happened (`in`) or what was done about it (`out`), and when. */
export type LogEntry =
  | (Logged & { readonly dir: 'in'; readonly event: HostEvent })
  | (Logged & { readonly dir: 'out'; readonly event: Effect });

/** The version every line carries. A reader refuses a line of another version instead of guessing. */
export const LOG_VERSION = 1;

const Envelope = t.intersection([
  t.type({ v: t.literal(LOG_VERSION), t: t.number, dir: t.keyof({ in: null, out: null }) }),
  t.partial({ during: t.number }),
]);

/** How a writer turns a secret into JSON: `redact` with a keyed fingerprint, or `reveal`. */
export type SecretPolicy = (secret: Secret) => unknown;

export const revealSecrets: SecretPolicy = (secret) =>
  secret.isKnown ? { secret: [...secret.reveal()].map((b) => b.toString(16).padStart(2, '0')).join('') } : redacted(secret, '');

const redacted = (secret: Secret, fingerprint: string): unknown => ({
  redacted: secret.length,
  fingerprint: secret.fingerprint ?? fingerprint,
});

/** Equal secrets show equal fingerprints within one recording; without the key of the recording they say nothing. */
export const redactSecrets =
  (fingerprint: (bytes: Uint8Array) => string): SecretPolicy =>
  (secret) =>
    redacted(secret, secret.isKnown ? fingerprint(secret.reveal()) : '');

/** One entry as one line of JSON, without the newline. */
export const writeLogEntry =
  (policy: SecretPolicy) =>
  (entry: LogEntry): string => {
    const body = (entry.dir === 'in' ? HostEvent.encode(entry.event) : Effect.encode(entry.event)) as object;
    // The kind comes first for the eye, whatever order the event was made in.
    const { at, dir, during } = entry;
    const line = { v: LOG_VERSION, t: at, dir, during, kind: entry.event.kind, ...body };
    return JSON.stringify(line, function (this: Record<string, unknown>, key, value: unknown) {
      // JSON.stringify has called toJSON by now; the holder still has the secret itself.
      const original = this[key];
      return original instanceof Secret ? policy(original) : value;
    });
  };

/** What a value is, never what it says: it may be a secret in the wrong place (R11). */
const sortOf = (value: unknown): string =>
  value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

const describe = (errors: t.Errors): string => {
  const [first] = errors;
  if (first === undefined) return 'not a log entry';
  const path = first.context.map(({ key }) => key).filter((key) => key !== '' && !/^\d$/.test(key));
  const where = path.length === 0 ? '' : `"${path.join('.')}": `;
  return `${where}${first.message ?? `expected ${first.context.at(-1)?.type.name}, found ${sortOf(first.value)}`}`;
};

const decode = (json: unknown): Either<t.Errors, LogEntry> => {
  const envelope = Envelope.decode(json);
  if (envelope._tag === 'Left') return envelope;
  const { t: at, dir, during } = envelope.right;
  const logged: Logged = during === undefined ? { at } : { at, during };
  return dir === 'in'
    ? map((event: HostEvent): LogEntry => ({ ...logged, dir, event }))(HostEvent.decode(json))
    : map((event: Effect): LogEntry => ({ ...logged, dir, event }))(Effect.decode(json));
};

/**
 * Reads one line; what is wrong with it comes back as one sentence that names the field. `complete` may add to the JSON what
 * its writer left out.
 */
export const readLogEntry = (line: string, complete: (json: unknown) => unknown = (json) => json): Either<string, LogEntry> => {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return left('not JSON');
  }
  const entry = decode(complete(json));
  return entry._tag === 'Left' ? left(describe(entry.left)) : right(entry.right);
};
