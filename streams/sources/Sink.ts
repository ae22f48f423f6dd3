import type { Observer } from 'rxjs';
import { type ApiCall, type BufferHandle, type Effect, type Guid, type HostEvent, type Secret, Win32 } from '../events/index.js';

/** What an API call returned, with whatever came back beside the code. */
export interface SinkResult {
  readonly win32: number;
  readonly output?: Uint8Array;
  readonly secret?: Secret;
  readonly buffer?: BufferHandle;
  readonly interface?: Guid;
}

/**
 * Whoever carries out effects: hardware, a model, a wire. It answers with a Win32 code or a result; a sink that answers
 * later returns `undefined` and reports a `reply` event of its own when it knows.
 *
 * A key in an effect lives until its port ends. A sink that needs it longer takes a `copy()`.
 */
export type Sink = (effect: ApiCall) => SinkResult | number | undefined;

type ApiTable = { readonly [K in ApiCall['kind']]?: (effect: Extract<ApiCall, { kind: K }>) => SinkResult | number | undefined };

/**
 * A sink from a table of functions named like the effects, copied by value: who changes the table afterwards changes nothing
 * (R2). What it lacks is answered with ERROR_NOT_SUPPORTED.
 */
export const apiTable = (table: ApiTable): Sink => {
  const copy: Readonly<Record<string, unknown>> = { ...table };
  return (effect) => {
    const api = copy[effect.kind] as ((effect: ApiCall) => SinkResult | number | undefined) | undefined;
    return api === undefined ? Win32.codes.ERROR_NOT_SUPPORTED : api(effect);
  };
};

const faulty: SinkResult = { win32: Win32.codes.ERROR_GEN_FAILURE };

const carryOut = (sink: Sink, effect: ApiCall): SinkResult | undefined => {
  try {
    const result = sink(effect);
    return typeof result === 'number' ? { win32: result } : result;
  } catch {
    // A sink that throws has failed that one call; no other port may notice (R263).
    return faulty;
  }
};

/**
 * The sink loop: carries out each effect and hands the answer back as an event.
 *
 * @example
 * effects$.subscribe(driving(sink, door.offer));
 *
 * @since 0.1.0
 */
export const driving = (sink: Sink, offer: (event: HostEvent) => void): Pick<Observer<Effect>, 'next'> => ({
  next: (effect) => {
    if (effect.kind === 'diagnostic') return;
    const result = carryOut(sink, effect);
    if (result !== undefined) offer({ kind: 'reply', call: effect.call, ...result });
  },
});
