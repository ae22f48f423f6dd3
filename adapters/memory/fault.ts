import type { ApiCall, EffectOf } from '../../streams/events/index.js';
import type { MemoryHost } from './MemoryHost.js';

/** What goes wrong with a call. */
export type Misbehaviour =
  | { readonly does: 'fail'; readonly win32: number }
  | { readonly does: 'answerLate'; readonly ms: number }
  | { readonly does: 'keepSilent' }
  | { readonly does: 'throw' }
  | { readonly does: 'reenter'; readonly enter: (host: MemoryHost) => void };

/** A fault of the host: which calls it strikes, and what it does to them. */
export interface Fault {
  readonly strikes: (call: ApiCall) => boolean;
  /** Counted from 1 among the calls it could strike; every one of them without it. */
  readonly nth?: number;
  readonly how: Misbehaviour;
}

/** Narrows a fault to some of the calls of its kind. */
export interface Which<K extends ApiCall['kind']> {
  readonly nth?: number;
  readonly where?: (call: EffectOf<K>) => boolean;
}

const fault = <K extends ApiCall['kind']>(to: K, how: Misbehaviour, { nth, where = () => true }: Which<K>): Fault => ({
  strikes: (call) => call.kind === to && where(call as EffectOf<K>),
  ...(nth !== undefined && { nth }),
  how,
});

/**
 * The call is not carried out and answers with a code.
 *
 * @example
 * createMemoryHost({ scheduler, faults: [failing('setKeyMappingKey', 31)] });
 *
 * @since 0.1.0
 */
export const failing = <K extends ApiCall['kind']>(to: K, win32: number, which: Which<K> = {}): Fault =>
  fault(to, { does: 'fail', win32 }, which);

/** The call is carried out at once, and its answer comes so many milliseconds later. */
export const slow = <K extends ApiCall['kind']>(to: K, ms: number, which: Which<K> = {}): Fault =>
  fault(to, { does: 'answerLate', ms }, which);

/** The call is carried out and never answered. */
export const silent = <K extends ApiCall['kind']>(to: K, which: Which<K> = {}): Fault => fault(to, { does: 'keepSilent' }, which);

/** The call is not carried out; the sink throws. */
export const throwing = <K extends ApiCall['kind']>(to: K, which: Which<K> = {}): Fault => fault(to, { does: 'throw' }, which);

/**
 * The call is carried out, and before it returns the host does something else: calls a handler, indicates, delivers a packet
 * (R264, R265).
 *
 * @example
 * reentering('setKeyMappingKey', (host) => host.disassociate(), { nth: 1 });
 *
 * @since 0.1.0
 */
export const reentering = <K extends ApiCall['kind']>(to: K, enter: (host: MemoryHost) => void, which: Which<K> = {}): Fault =>
  fault(to, { does: 'reenter', enter }, which);
