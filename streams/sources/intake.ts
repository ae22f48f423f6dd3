import { asapScheduler, type Observable, type SchedulerLike, Subject, type Subscription } from 'rxjs';
import { type AdapterHandle, type HostEvent, takesEffectAtOnce } from '../events/index.js';
import { WaitingEvents } from './WaitingEvents.js';

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

/**
 * Queues what handlers and sinks report and delivers it on a later turn, in order (R85, R89). A call that opens or ends a
 * port is delivered at once, and a terminator takes along what it makes obsolete: it has taken effect when its handler
 * returns (R261).
 */
export const intake = ({ turns = asapScheduler, sync = () => {}, maxBackLog = 64 }: IntakeOptions = {}): Intake => {
  const events = new Subject<HostEvent>();
  const waiting = new WaitingEvents();
  let turn: Subscription | undefined;

  const deliver = (event: HostEvent) => {
    sync();
    events.next(event);
  };

  const drain = () => {
    turn = undefined;
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) deliver(event);
  };

  /** R9: the service is gone, and with it whatever its end was answered. */
  const dismiss = () => {
    waiting.clear();
    turn?.unsubscribe();
    turn = undefined;
  };

  const makeRoom = (adapter: AdapterHandle) => {
    const isPacket = (event: HostEvent) => event.kind === 'receivePacket' && event.adapter === adapter;
    if (waiting.length >= maxBackLog && waiting.count(isPacket) >= maxBackLog) waiting.dropOldest(isPacket);
  };

  const offer = (event: HostEvent) => {
    if (takesEffectAtOnce(event)) {
      waiting.meet(event);
      deliver(event);
      if (event.kind === 'deinitService') dismiss();
      return;
    }
    if (event.kind === 'receivePacket') makeRoom(event.adapter);
    waiting.push(event);
    if (turn === undefined) turn = turns.schedule(drain);
  };

  return { events$: events.asObservable(), offer };
};
