import { concatMap, defer, type OperatorFunction } from 'rxjs';
import type { AdapterHandle, HostEvent } from '../events/index.js';
import { freshShim, type HostShim, type IndicationFeed, type ShimRemark, type ShimStep, stepShim } from './hostShim.js';

export interface IndicationsOptions {
  readonly feed?: IndicationFeed;
  /** The number of the first session handle; each port takes the next one. */
  readonly firstSession?: number;
  /** Told when a driver breaks the protocol; nothing depends on it. */
  readonly remark?: (remark: ShimRemark) => void;
}

const opensPort = ({ calls }: ShimStep): boolean => calls.some(({ kind }) => kind === 'performPostAssociate');

/** The shims of all adapters of one host, which share the numbering of sessions. */
export class HostShims {
  readonly #shims = new Map<AdapterHandle, HostShim>();
  readonly #feed: IndicationFeed;
  readonly #remark: (remark: ShimRemark) => void;
  #nextSession: number;

  constructor({ feed = 'ndis', firstSession = 1, remark = () => {} }: IndicationsOptions = {}) {
    this.#feed = feed;
    this.#nextSession = firstSession;
    this.#remark = remark;
  }

  /** What is known of an adapter. */
  of(adapter: AdapterHandle): HostShim {
    return this.#shims.get(adapter) ?? freshShim(this.#feed);
  }

  /** Takes an event in and answers with the handler calls it causes, in order. */
  see(event: HostEvent): ShimStep['calls'] {
    if (event.kind === 'deinitService') this.#shims.clear();
    if (!('adapter' in event) || event.adapter === undefined) return [];
    if (event.kind === 'deinitAdapter') {
      this.#shims.delete(event.adapter);
      return [];
    }
    return this.#step(event, event.adapter);
  }

  #step(event: HostEvent, adapter: AdapterHandle): ShimStep['calls'] {
    const before = this.of(adapter);
    const done = stepShim(before, event, this.#nextSession);
    if (done.state !== before) this.#shims.set(adapter, done.state);
    if (opensPort(done)) this.#nextSession++;
    for (const remark of done.remarks) this.#remark(remark);
    return done.calls;
  }
}

/**
 * Turns what miniports indicate into what a host makes of it: each indication, and behind it the calls that end and open
 * ports because of it. Other events pass, and a stop or reset among them ends its port here too.
 *
 * @example
 * indication$.pipe(indications({ feed: 'wdi' }), postAssociation(deps)).subscribe(driving(sink, offer));
 *
 * @since 0.1.0
 */
export const indications =
  (options: IndicationsOptions = {}): OperatorFunction<HostEvent, HostEvent> =>
  (source) =>
    defer(() => {
      const shims = new HostShims(options);
      return source.pipe(concatMap((event) => [event, ...shims.see(event)]));
    });
