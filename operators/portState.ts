import { concatMap, defer, type OperatorFunction } from 'rxjs';
import type { AdapterHandle, Effect, HostEvent } from '../streams/events/index.js';
import { type PortBelief, type PortBeliefs, stepBelief } from './core/index.js';

/** The beliefs about all ports, found by adapter. */
class Beliefs {
  readonly #adapters = new Map<AdapterHandle, PortBeliefs>();

  see(event: HostEvent | Effect): ReadonlyArray<PortBelief> {
    if (event.kind === 'deinitService') return [...this.#adapters.keys()].flatMap((adapter) => this.#step(adapter, event));
    return 'adapter' in event && event.adapter !== undefined ? this.#step(event.adapter, event) : [];
  }

  #step(adapter: AdapterHandle, event: HostEvent | Effect): ReadonlyArray<PortBelief> {
    const before = this.#adapters.get(adapter) ?? [];
    const { state, effects } = stepBelief(before, event);
    if (state.length === 0) this.#adapters.delete(adapter);
    else if (state !== before) this.#adapters.set(adapter, state);
    return effects;
  }
}

/**
 * What the host believes of each data port, from the calls that open and end it and the completions between: each belief once,
 * when it changes.
 *
 * @returns an operator over events and effects in the order they happened
 *
 * @example
 * merge(engine.events$, engine.effects$).pipe(portState()).subscribe(({ peer, state }) => console.log(peer, state));
 *
 * @since 0.1.0
 */
export const portState = (): OperatorFunction<HostEvent | Effect, PortBelief> => (source) =>
  defer(() => {
    const beliefs = new Beliefs();
    return source.pipe(concatMap((event) => beliefs.see(event)));
  });
