import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { type HostEvent, takesEffectAtOnce } from '../streams/events/index.js';
import { WaitingEvents } from '../streams/sources/index.js';

/**
 * One event at a time, though handlers may be re-entered from inside API calls (R265): an event that arrives while another
 * one is being worked on waits for it to finish, and then goes in order.
 *
 * Calls that open or end a port do not wait. They cut into the work that is under way, and a terminator takes along what
 * waits for the port it ends (R261).
 *
 * @example
 * events$.pipe(inTurn(), byAdapter((adapter$, opening) => adapter$.pipe(runAdapter(deps, opening))))
 *
 * @since 0.1.0
 */
export const inTurn = (): MonoTypeOperatorFunction<HostEvent> => (source) =>
  new Observable((subscriber) => {
    const waiting = new WaitingEvents();
    let working = false;
    let completed = false;

    const work = (event: HostEvent) => {
      working = true;
      for (let next: HostEvent | undefined = event; next !== undefined; next = waiting.shift()) subscriber.next(next);
      working = false;
      if (completed) subscriber.complete();
    };

    const take = (event: HostEvent) => {
      const cutsIn = takesEffectAtOnce(event);
      if (cutsIn) waiting.meet(event);
      if (!working) work(event);
      else if (cutsIn) subscriber.next(event);
      else waiting.push(event);
    };

    return source.subscribe({
      next: take,
      error: (error: unknown) => subscriber.error(error),
      complete: () => {
        completed = true;
        if (!working) subscriber.complete();
      },
    });
  });
