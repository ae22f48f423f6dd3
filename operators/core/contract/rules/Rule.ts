import type { AdapterHandle, ApiCall, EffectOf, HostEvent, SessionHandle } from '../../../../streams/events/index.js';
import type { Scene } from '../world/Scene.js';
import type { Line, OpenHandler, World } from '../world/World.js';

/** A sentence of the contract: what is expected, and why. */
export interface Clause {
  readonly id: string;
  readonly expected: string;
  readonly why: string;
}

/** The proof that a rule was broken. Where it does not say otherwise, the line at hand is the one that is wrong. */
export interface Finding {
  readonly message: string;
  readonly related?: ReadonlyArray<number>;
  readonly line?: Line;
  readonly adapter?: AdapterHandle;
  readonly session?: SessionHandle;
}

/** A clause, and how an API call breaks it. */
export interface CallRule<Call extends ApiCall> extends Clause {
  readonly broken: (scene: Scene<Call>) => Finding | undefined;
}

/** A clause, and how an event of the host's side breaks it; the world is still as it was before the event. */
export interface EventRule<Event extends HostEvent> extends Clause {
  readonly broken: (world: World, event: Event, line: Line) => Finding | undefined;
}

/** A clause, and what a handler still owes when it returns. */
export interface DebtRule extends Clause {
  readonly owed: (world: World, handler: OpenHandler, win32: number) => ReadonlyArray<Finding>;
}

type Exactly<K extends ApiCall['kind']> = EffectOf<K>;
/** The calls made for one port. */
export type PortCall = Extract<ApiCall, { readonly session: SessionHandle }>;
/** The calls that carry the host's handle of an adapter. */
export type AdapterCall = Exclude<ApiCall, Exactly<'allocateBuffer' | 'freeBuffer'>>;
/** The calls that name a pre-association operation. */
export type ConnectCall = Extract<ApiCall, { readonly connect: unknown }>;

export const clause = (id: string, expected: string, why: string): Clause => ({ id, expected, why });
