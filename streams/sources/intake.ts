import { asapScheduler, type Observable, type SchedulerLike, Subject, type Subscription } from 'rxjs';
import { type AdapterHandle, type HostEvent, isSupersededBy, isTerminator, takesEffectAtOnce } from '../events/index.js';

/** One ordered stream with two speeds: what changes ports at once, everything else on a later turn. */
export interface Intake {
  readonly events$: Observable<HostEvent>;
  readonly offer: (event: HostEvent) => void;
}

export interface IntakeOptions {
  /** On which turn queued events are delivered; `asapScheduler` by default. */
  readonly turns?: SchedulerLike;
  /** Called before each delivery, so that timers which are due come first (see `LiveClock`). */
  readonly sync?: () => void;
  /** How many received packets may wait; on overflow the oldest is dropped (R63). */
  readonly maxBackLog?: number;
}

const isPacketOf = (adapter: AdapterHandle, event: HostEvent): boolean =>
  event.kind === 'receivePacket' && event.adapter === adapter;

/**
 * Queues what handlers and sinks report and delivers it on a later turn, in order (R85, R89). A call that opens or ends a
 * port is delivered at once, and a terminator takes along what it makes obsolete: it has taken effect when its handler
 * returns (R261).
 */
export const intake = ({ turns = asapScheduler, sync = () => {}, maxBackLog = 64 }: IntakeOptions = {}): Intake => {
  const events = new Subject<HostEvent>();
  let queue: HostEvent[] = [];
  let turn: Subscription | undefined;

  const deliver = (event: HostEvent) => {
    sync();
    events.next(event);
  };

  const drain = () => {
    turn = undefined;
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) deliver(event);
  };

  /** R9: the service is gone, and with it whatever its end was answered. */
  const dismiss = () => {
    queue = [];
    turn?.unsubscribe();
    turn = undefined;
  };

  const makeRoom = (adapter: AdapterHandle) => {
    if (queue.length < maxBackLog) return;
    const waiting = queue.filter((event) => isPacketOf(adapter, event));
    if (waiting.length >= maxBackLog) queue = queue.filter((event) => event !== waiting[0]);
  };

  const offer = (event: HostEvent) => {
    if (isTerminator(event)) queue = queue.filter((waiting) => !isSupersededBy(event, waiting));
    if (takesEffectAtOnce(event)) {
      deliver(event);
      if (event.kind === 'deinitService') dismiss();
      return;
    }
    if (event.kind === 'receivePacket') makeRoom(event.adapter);
    queue.push(event);
    if (turn === undefined) turn = turns.schedule(drain);
  };

  return { events$: events.asObservable(), offer };
};
