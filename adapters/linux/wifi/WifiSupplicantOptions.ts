import type { SchedulerLike } from 'rxjs';
import type { WantedNetwork } from './chooseBss.js';
import type { WifiHostOptions } from './WifiHost.js';

export interface WifiSupplicantOptions extends Omit<WifiHostOptions, 'scheduler'> {
  readonly network: WantedNetwork;
  /** Real time by default. */
  readonly scheduler?: SchedulerLike;
}
