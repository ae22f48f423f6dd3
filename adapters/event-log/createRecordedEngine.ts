import { Observable, share } from 'rxjs';
import { createEngine, type Engine, type EngineOptions } from '../../operators/index.js';
import type { Effect } from '../../streams/events/index.js';
import { LiveClock } from '../../streams/sources/index.js';
import { type RecordingOptions, recordingOf } from './recording.js';

export interface RecordedEngineOptions extends EngineOptions {
  readonly record: Omit<RecordingOptions, 'clock'>;
}

/**
 * An engine that writes down everything it is told and everything it does. Use it like the one of `createEngine`.
 *
 * @example
 * const file = openLogFile('run.ndjson');
 * const engine = createRecordedEngine({ methods: [open], record: { write: file.write, secrets: 'reveal' } });
 * engine.effects$.subscribe(driving(sink, engine.offer));
 *
 * @since 0.1.0
 */
export const createRecordedEngine = ({ record, ...options }: RecordedEngineOptions): Engine => {
  const scheduler = options.scheduler ?? new LiveClock();
  const recording = recordingOf({ ...record, clock: scheduler });
  const secrets = recording.secrets(options.secrets ?? (() => undefined));
  const engine = createEngine({ ...options, scheduler, secrets });
  const effects$ = new Observable<Effect>((sink) => {
    // First in line: an input stands before what the engine makes of it.
    sink.add(engine.events$.pipe(recording.events).subscribe());
    return engine.effects$.pipe(recording.effects).subscribe(sink);
  });
  return { ...engine, effects$: effects$.pipe(share()) };
};
