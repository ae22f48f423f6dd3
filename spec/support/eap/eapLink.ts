import { Subject } from 'rxjs';
import { type EapPeerDeps, type EapPeerEvent, type EapPeerSignal, eapPeer } from '../../../operators/index.js';

type Of<K extends EapPeerEvent['do']> = Extract<EapPeerEvent, { do: K }>;

/** What a server has to do with a peer. */
export interface Link {
  /** Sends a packet of the server and waits for the answer; nothing, if the peer came to its end. */
  ask(packet: Uint8Array): Promise<Uint8Array | undefined>;
  /** Sends a packet of the server. */
  tell(packet: Uint8Array): void;
}

/** A link between a server and a peer of ours, which runs on real TLS. */
export interface EapLink extends Link {
  readonly events: ReadonlyArray<EapPeerEvent>;
  readonly end: Of<'succeed'> | Of<'fail'> | undefined;
  readonly sent: ReadonlyArray<Uint8Array>;
  unplug(): void;
}

/** How often each packet of the server arrives. */
export interface LinkOptions {
  readonly copies?: number;
}

export const eapLink = (deps: EapPeerDeps, { copies = 1 }: LinkOptions = {}): EapLink => {
  const signal$ = new Subject<EapPeerSignal>();
  const events: EapPeerEvent[] = [];
  const waiting: ((packet: Uint8Array | undefined) => void)[] = [];
  let end: EapLink['end'];
  const wake = (packet?: Uint8Array): void => waiting.shift()?.(packet);
  const subscription = signal$.pipe(eapPeer(deps)).subscribe({
    next: (event) => {
      events.push(event);
      if (event.do === 'send') wake(event.packet);
      if (event.do === 'succeed' || event.do === 'fail') end = event;
    },
    complete: () => wake(),
  });
  const tell = (packet: Uint8Array): void => {
    for (let copy = 0; copy < copies; copy++) signal$.next({ kind: 'packet', packet });
  };
  return {
    tell,
    ask: (packet) =>
      new Promise((resolve) => {
        if (end !== undefined || subscription.closed) return resolve(undefined);
        waiting.push(resolve);
        tell(packet);
      }),
    events,
    get end() {
      return end;
    },
    get sent() {
      return events.flatMap((event) => (event.do === 'send' ? [event.packet] : []));
    },
    unplug: () => {
      subscription.unsubscribe();
      for (const resolve of waiting.splice(0)) resolve(undefined);
    },
  };
};
