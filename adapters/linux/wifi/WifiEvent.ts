import type { EapFault } from '../../../operators/core/index.js';
import type { Raised } from './afterNotice.js';
import type { Candidate } from './chooseBss.js';
import type { Plan, ShortPlan } from './planOf.js';
import type { HostSight } from './WifiHost.js';

/** What can be seen of a supplicant on a radio. */
export type WifiEvent =
  | HostSight
  /** It listens on these channels, in MHz, or on all where none is named. */
  | { readonly kind: 'scanning'; readonly frequencies?: ReadonlyArray<number> }
  /** `driver`: the driver has chosen by itself, and is there already. */
  | { readonly kind: 'chosen'; readonly candidate: Candidate; readonly way: Plan['way'] | 'driver' }
  /** A shorter way to the chosen access point did not lead there, and the full one is taken. */
  | { readonly kind: 'fellBack'; readonly way: ShortPlan['way']; readonly why: string }
  /** The access point has gone to another channel, in MHz, and the station with it. */
  | { readonly kind: 'channel'; readonly frequency: number }
  /** There was a wish to roam, and nowhere to go. */
  | { readonly kind: 'stayed'; readonly why: string }
  /** The interface was switched off, with its radio if `isBlocked` (rfkill), and is waited for; or it was switched on. */
  | { readonly kind: 'switched'; readonly isOn: boolean; readonly isBlocked: boolean }
  /** Another attempt comes after so many milliseconds. */
  | { readonly kind: 'waiting'; readonly ms: number; readonly why: string }
  | { readonly kind: 'connected'; readonly candidate: Candidate }
  /** The network has no older kinds of security left: this is demanded of it from now on. */
  | ({ readonly kind: 'raised' } & Raised)
  /** An attempt, or a connection, came to its end; `fault` where 802.1X did. */
  | { readonly kind: 'failed'; readonly why: string; readonly reason?: number; readonly fault?: EapFault }
  /** It makes no sense to go on. */
  | { readonly kind: 'gaveUp'; readonly why: string };
