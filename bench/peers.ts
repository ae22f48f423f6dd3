import type { AdapterHandle, Effect, HostEvent } from 'postassoc/events';
import { EMPTY, filter, mergeMap, Observable, type OperatorFunction, Subject, scan, takeUntil, tap } from 'rxjs';

/**
 * What a user of rxjs would write by hand for the same routing, with none of the contract in it: a `Subject` for each port,
 * `scan` for its state, `mergeMap` for its effects, `takeUntil` for its stop.
 */
interface Seen {
  readonly packets: number;
  readonly authorized: boolean;
}

const step = (seen: Seen, event: HostEvent): Seen =>
  event.kind === 'receivePacket' ? { ...seen, packets: seen.packets + 1 } : seen;

const completion = (adapter: AdapterHandle): Effect => ({ kind: 'diagnostic', rule: 'done', message: 'completed', adapter });

/** As it is usually written: every stage its own operator, the stop found by a filter on the port's own subject. */
export const plainPorts = (): OperatorFunction<HostEvent, Effect> => (source) => {
  const ports = new Map<AdapterHandle, Subject<HostEvent>>();
  const open = (adapter: AdapterHandle): Observable<Effect> => {
    const port = new Subject<HostEvent>();
    ports.set(adapter, port);
    const stop$ = port.pipe(filter(({ kind }) => kind === 'stopPostAssociate'));
    const work$ = port.pipe(
      scan(step, { packets: 0, authorized: true }),
      mergeMap(() => EMPTY as Observable<Effect>),
      takeUntil(stop$.pipe(tap(() => ports.delete(adapter)))),
    );
    return new Observable((out) => {
      const subscription = work$.subscribe(out);
      out.next(completion(adapter));
      return subscription;
    });
  };
  return source.pipe(
    mergeMap((event) => {
      if (event.kind === 'performPostAssociate') return open(event.adapter);
      if ('adapter' in event) ports.get(event.adapter)?.next(event);
      return EMPTY;
    }),
  );
};

/** As someone who has measured would write it: one stage and one stop a port, its output pushed straight on. */
export const leanPorts = (): OperatorFunction<HostEvent, Effect> => (source) =>
  new Observable((out) => {
    const ports = new Map<AdapterHandle, { readonly input: Subject<HostEvent>; readonly stop: Subject<void> }>();
    const open = (adapter: AdapterHandle): void => {
      const port = { input: new Subject<HostEvent>(), stop: new Subject<void>() };
      ports.set(adapter, port);
      let seen: Seen = { packets: 0, authorized: true };
      port.input.pipe(takeUntil(port.stop)).subscribe((event) => {
        seen = step(seen, event);
      });
      out.next(completion(adapter));
    };
    const close = (adapter: AdapterHandle): void => {
      ports.get(adapter)?.stop.next();
      ports.delete(adapter);
    };
    return source.subscribe((event) => {
      if (event.kind === 'performPostAssociate') open(event.adapter);
      else if (event.kind === 'stopPostAssociate') close(event.adapter);
      else if ('adapter' in event) ports.get(event.adapter)?.input.next(event);
    });
  });
