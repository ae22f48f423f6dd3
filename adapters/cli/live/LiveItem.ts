import type { EapNote, PaeNote, PortBelief } from '../../../operators/core/index.js';
import type { LogEntry, MacAddress } from '../../../streams/events/index.js';
import type { WireLink } from '../../linux/index.js';
import type { Verdict } from '../../radius/index.js';

/** What there is to see of a supplicant at work: what is printed, counted, and written for programs. */
export type LiveItem = { readonly at: number } & (
  | { readonly kind: 'link'; readonly link: WireLink }
  | { readonly kind: 'removed' }
  | { readonly kind: 'trouble'; readonly code: string; readonly message: string }
  /** An EAPOL packet, in words that show no identity. */
  | {
      readonly kind: 'packet';
      readonly dir: 'in' | 'out';
      readonly from?: MacAddress;
      readonly type: string;
      readonly words: string;
      readonly octets: number;
    }
  | { readonly kind: 'note'; readonly note: EapNote | PaeNote }
  | { readonly kind: 'port'; readonly state: PortBelief['state'] }
  /** What an authentication came to, and after how many milliseconds. */
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly ms: number }
  /** The interface between the engine and its host. */
  | { readonly kind: 'call'; readonly entry: LogEntry }
);
