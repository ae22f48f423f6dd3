import { type MonoTypeOperatorFunction, Observable, type Observer, tap } from 'rxjs';
import {
  type Effect,
  type HostEvent,
  type LogEntry,
  redactSecrets,
  revealSecrets,
  writeLogEntry,
} from '../../streams/events/index.js';
import { reportingSecrets, type SecretSource } from '../../streams/sources/index.js';
import { fingerprints } from './fingerprint.js';
import { toMicroseconds } from './microseconds.js';

export interface RecordingOptions {
  /** The engine's own scheduler: a line must bear the time by which the engine acted. */
  readonly clock: { now(): number };
  /** Takes one line at a time, without a newline. It must not be late: what is not written is not in the log. */
  readonly write: (line: string) => void;
  /** Redacted by default. Only a log with its secrets can be replayed. */
  readonly secrets?: 'redact' | 'reveal';
}

/** Three taps, one at each place where something enters or leaves an engine. */
export interface Recording {
  /** Writes inputs down before the engine sees them. */
  readonly events: MonoTypeOperatorFunction<HostEvent>;
  /** Writes effects down before the sink acts, so that what re-enters from inside a call stands after that call. */
  readonly effects: MonoTypeOperatorFunction<Effect>;
  /** Writes down what was supplied, where it was asked for. */
  readonly secrets: (source: SecretSource) => SecretSource;
}

type WithoutTime<E> = E extends LogEntry ? Omit<E, 'at'> : never;

/**
 * Records an engine as lines of a log.
 *
 * @example
 * const recording = recordingOf({ clock, write: (line) => lines.push(line) });
 * const secrets = recording.secrets(source);
 * events$
 *   .pipe(recording.events, postAssociation({ methods, scheduler: clock, secrets }), recording.effects)
 *   .subscribe(driving(sink, offer));
 *
 * @since 0.1.0
 */
export const recordingOf = ({ clock, write, secrets = 'redact' }: RecordingOptions): Recording => {
  const toLine = writeLogEntry(secrets === 'reveal' ? revealSecrets : redactSecrets(fingerprints()));
  /** The calls being carried out at the moment, innermost last. */
  const calls: number[] = [];

  const record = (entry: WithoutTime<LogEntry>): void => {
    const at = toMicroseconds(clock.now());
    const during = calls.at(-1);
    write(toLine(during === undefined ? { at, ...entry } : { at, during, ...entry }));
  };

  const carryOut = (effect: Effect, sink: Pick<Observer<Effect>, 'next'>): void => {
    record({ dir: 'out', event: effect });
    if (effect.kind !== 'diagnostic') calls.push(effect.call);
    sink.next(effect);
    if (effect.kind !== 'diagnostic') calls.pop();
  };

  const effects: Recording['effects'] = (source) =>
    new Observable((sink) =>
      source.subscribe({
        next: (effect) => carryOut(effect, sink),
        error: (error: unknown) => sink.error(error),
        complete: () => sink.complete(),
      }),
    );

  const writeInput = (event: HostEvent): void => record({ dir: 'in', event });
  return { events: tap(writeInput), effects, secrets: (source) => reportingSecrets(source, writeInput) };
};
