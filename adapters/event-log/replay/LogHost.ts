import { Subject, type Subscription } from 'rxjs';
import { type PostAssociationDeps, postAssociation } from '../../../operators/index.js';
import {
  type Effect,
  type HostEvent,
  type Secret,
  type SecretRequest,
  takesEffectAtOnce,
} from '../../../streams/events/index.js';
import { LogicalClock } from '../../../streams/sources/index.js';
import type { NumberedLogEntry } from '../LogLine.js';
import { toMicroseconds } from '../microseconds.js';
import type { Log } from '../readLog.js';
import type { Difference, Finding } from './Difference.js';
import { differenceOfEffects, differenceOfRequests } from './firstDifference.js';
import { LogCursor } from './LogCursor.js';

/** The engine that is replayed, and how it is compared. */
export interface LogHostOptions extends Pick<PostAssociationDeps, 'methods' | 'maxBackLog'> {
  /** For logs whose times are not those of the engine that wrote them. */
  readonly ignoreTimes?: boolean;
  /** Told of each line once it has been replayed. */
  readonly watch?: (line: NumberedLogEntry) => void;
}

/**
 * A host that is a log: it calls the engine when and with what the log says, supplies the secrets the log holds, and is the
 * sink that expects every effect to be the one that stands next.
 */
export class LogHost {
  readonly cursor: LogCursor;
  readonly clock = new LogicalClock();
  readonly #events = new Subject<HostEvent>();
  readonly #engine: Subscription;
  readonly #ignoreTimes: boolean;
  readonly #watch: (line: NumberedLogEntry) => void;
  #difference: Difference | undefined;
  #failure: unknown;
  /** Whether this log tells what came during which call. */
  #saysDuring = false;
  inputs = 0;
  effects = 0;

  constructor(log: Log, { methods, maxBackLog, ignoreTimes = false, watch = () => {} }: LogHostOptions) {
    this.cursor = new LogCursor(log);
    this.#ignoreTimes = ignoreTimes;
    this.#watch = watch;
    const secrets = (request: SecretRequest): Secret | undefined => this.#supply(request);
    const deps = { methods, scheduler: this.clock, secrets, ...(maxBackLog !== undefined && { maxBackLog }) };
    this.#engine = this.#events.pipe(postAssociation(deps)).subscribe({
      next: (effect) => this.#accept(effect),
      error: (error: unknown) => {
        this.#failure = error;
      },
    });
  }

  get difference(): Difference | undefined {
    return this.#difference;
  }

  get #isOver(): boolean {
    return this.#difference !== undefined || this.cursor.redacted !== undefined;
  }

  /** The line that is due, unless all is over. */
  get due(): NumberedLogEntry | undefined {
    return this.#isOver ? undefined : this.cursor.peek();
  }

  /** Moves on to the line that is due, and does what it says. */
  step(): void {
    const line = this.due;
    if (line === undefined) return;
    this.#advanceTo(line.entry.at);
    // A timer may have been what the line was about.
    if (this.due !== line) return;
    if (line.entry.dir === 'out') this.#report({ what: 'missing' });
    else if (line.entry.event.kind === 'secretSupplied') this.#report({ what: 'notAsked' });
    else this.#feed(line, line.entry.event);
    // An engine's stream never errors (R263): what does is a fault to be repaired, and no difference.
    if (this.#failure !== undefined) throw new Error('the engine failed', { cause: this.#failure });
  }

  close(): void {
    this.#engine.unsubscribe();
    this.cursor.close();
  }

  /** By whole microseconds, as the log has them: a timer is due when its line would say so. */
  #advanceTo(at: number): void {
    const { clock } = this;
    const isDue = (due: number | undefined): due is number => due !== undefined && toMicroseconds(due) <= at && !this.#isOver;
    for (let due = clock.nextDue; isDue(due); due = clock.nextDue) clock.advanceTo(due);
    clock.advanceTo(at / 1000);
  }

  #take(line: NumberedLogEntry): void {
    this.cursor.take();
    this.#watch(line);
  }

  #feed(line: NumberedLogEntry, event: HostEvent): void {
    this.#take(line);
    this.inputs++;
    this.#events.next(event);
  }

  #accept(effect: Effect): void {
    if (effect.kind === 'diagnostic' || this.#isOver) return;
    const line = this.due;
    const finding = this.#compare(line, effect);
    if (finding !== undefined) this.#report(finding);
    else if (line !== undefined) this.#carryOut(line, effect.call);
  }

  #compare(line: NumberedLogEntry | undefined, effect: Effect): Finding | undefined {
    // The way ends before a line that cannot be compared: nothing is known of this effect.
    if (line === undefined && this.#isOver) return undefined;
    if (line?.entry.dir !== 'out') return { what: 'unexpected', effect };
    const field = differenceOfEffects(line.entry.event, effect) ?? this.#otherTime(line.entry.at);
    return field && { what: 'differs', effect, field };
  }

  #otherTime(expected: number): Extract<Finding, { what: 'differs' }>['field'] | undefined {
    const actual = toMicroseconds(this.clock.now());
    return this.#ignoreTimes || actual === expected ? undefined : { path: 't', expected, actual };
  }

  /** What happened while the recorded call was being carried out happens now, while this one is (R265). */
  #carryOut(effect: NumberedLogEntry, call: number): void {
    this.#take(effect);
    this.effects++;
    for (let line = this.due; line !== undefined && this.#isInside(line, effect, call); line = this.due) {
      this.#advanceTo(line.entry.at);
      if (this.due !== line) continue;
      // Neither a timer nor an event of the host: this call is over, and whoever is next will find it missing.
      if (line.entry.dir === 'out' || line.entry.event.kind === 'secretSupplied') return;
      this.#feed(line, line.entry.event);
    }
  }

  /** Where a log never says, an event that cuts in is taken to have done so when it came in the same microsecond. */
  #isInside({ entry }: NumberedLogEntry, effect: NumberedLogEntry, call: number): boolean {
    this.#saysDuring ||= entry.during !== undefined;
    if (this.#saysDuring) return entry.during === call;
    return entry.dir === 'in' && entry.at === effect.entry.at && takesEffectAtOnce(entry.event);
  }

  #supply(request: SecretRequest): Secret | undefined {
    const line = this.due;
    if (this.#isOver) return undefined;
    if (line?.entry.event.kind !== 'secretSupplied') return this.#noAnswer({ what: 'asked', request });
    const field = differenceOfRequests(line.entry.event.request, request);
    if (field !== undefined) return this.#noAnswer({ what: 'asked', request, field });
    this.#take(line);
    this.inputs++;
    return line.entry.event.secret;
  }

  #noAnswer(finding: Finding): undefined {
    this.#report(finding);
  }

  #report(finding: Finding): void {
    const line = this.due;
    const at = toMicroseconds(this.clock.now());
    this.#difference = { ...finding, at, before: this.cursor.before, ...(line && { line }) };
  }
}
