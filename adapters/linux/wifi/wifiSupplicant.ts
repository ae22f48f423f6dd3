import { Observable, type SchedulerLike } from 'rxjs';
import type { MacAddress } from '../../../streams/events/index.js';
import { LiveClock } from '../../../streams/sources/index.js';
import { RunningSupplicant } from './RunningSupplicant.js';
import type { WifiEvent } from './WifiEvent.js';
import type { WifiSupplicantOptions } from './WifiSupplicantOptions.js';

export interface WifiSupplicant {
  /** Whoever subscribes starts it, and by unsubscribing stops it. It completes after `end`, and when it has given up. */
  readonly events$: Observable<WifiEvent>;
  /** Tells the access point that the station leaves, gives everything back, and completes. */
  readonly end: () => void;
  /** Looks for another access point of the network, the loudest or this one, and goes there. Who is not connected looks anyway. */
  readonly roam: (bssid?: MacAddress) => void;
  /** What the events are timed by. */
  readonly scheduler: SchedulerLike;
}

/**
 * A supplicant for Wi-Fi, complete: an engine that runs the handshakes, a radio below it, an 802.1X module beside it, and a small
 * policy that finds an access point and comes back after a failure.
 *
 * @example
 * const { events$, end } = wifiSupplicant({ radio, network: { ssid, credentials: 'passphrase' }, passphrase });
 * events$.subscribe((event) => event.kind === 'connected' && console.log('connected'));
 * process.once('SIGINT', end);
 *
 * @since 0.2.0
 */
export const wifiSupplicant = (options: WifiSupplicantOptions): WifiSupplicant => {
  const { scheduler = new LiveClock() } = options;
  let running: RunningSupplicant | undefined;
  const events$ = new Observable<WifiEvent>((out) => {
    running = new RunningSupplicant(options, scheduler, out);
    running.start();
  });
  return { events$, end: () => running?.end(), roam: (bssid) => running?.roam(bssid), scheduler };
};
