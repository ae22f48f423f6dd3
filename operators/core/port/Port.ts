import type {
  BufferHandle,
  Effect,
  EffectName,
  Guid,
  MacAddress,
  PortEffect,
  Secret,
  SecretRequest,
} from '../../../streams/events/index.js';
import type { MethodInput } from '../method/inputs.js';
import type { SecurityMethod } from '../method/SecurityMethod.js';
import type { Step } from '../Step.js';
import type { Completion } from './completion.js';
import type { Downloads } from './downloads.js';
import type { OneX } from './oneX.js';

/** What stays the same for the life of a port. */
export interface PortFacts {
  readonly peer: MacAddress;
  readonly method: SecurityMethod;
  /** The profile may forbid the host's 802.1X module (R26). */
  readonly mayUseOneX: boolean;
  /** A success must not be told before the hardware took a pairwise key (R58). */
  readonly needsPairwiseKey: boolean;
}

/** One data port: a few small states, most of them shared constants while the port is idle. */
export interface Port {
  readonly facts: PortFacts;
  readonly method: unknown;
  readonly oneX: OneX;
  readonly downloads: Downloads;
  readonly completion: Completion;
}

/** What reaches a port, after routing. */
export type PortInput =
  | Exclude<MethodInput, { kind: 'oneXSucceeded' | 'oneXFailed' | 'derived' | 'installed' | 'nicAnswered' }>
  /** The turn in which the host asked for the operation is over: a completion may go out now (R37). */
  | { readonly kind: 'laterTurn' }
  | Answer
  | OneXOutcome;

/** What the 802.1X module came to. */
export interface OneXOutcome {
  readonly kind: 'oneXResult';
  readonly result: number;
  readonly reason: number;
  readonly status?: number;
  readonly sendKey?: Secret;
  readonly receiveKey?: Secret;
  /** It came before a `stopOneX` had returned, so it is of the run that was stopped (R115). */
  readonly ofStoppedRun: boolean;
}

/** What a call came back with. */
export interface Answer {
  readonly kind: 'answered';
  readonly to: EffectName;
  readonly tag: string;
  readonly win32: number;
  readonly output?: Uint8Array;
  readonly secret?: Secret;
  readonly buffer?: BufferHandle;
}

type Stamp = 'call' | 'adapter' | 'service' | 'session' | 'generation';
type WithoutStamp<E> = E extends Effect ? Omit<E, Stamp> : never;

/** The calls a port asks for; number, handles and generation are stamped on when it leaves the port. */
export type PortCall =
  | WithoutStamp<Exclude<PortEffect, { kind: 'sendPacket' }>>
  | { readonly kind: 'sendPacket'; readonly peer: MacAddress; readonly etherType: number; readonly payload: Uint8Array }
  | { readonly kind: 'allocateBuffer'; readonly size: number; readonly content: Uint8Array }
  | { readonly kind: 'nicSpecificExtension'; readonly input: Uint8Array; readonly outputSize: number }
  | { readonly kind: 'sendNotification'; readonly code: number; readonly data: Uint8Array }
  | { readonly kind: 'sendUIRequest'; readonly page: Guid; readonly userSession: number; readonly data: Secret };

/** What a port wants done. */
export type PortOutput =
  | { readonly do: 'call'; readonly call: PortCall; readonly tag: string }
  | { readonly do: 'setTimer'; readonly name: string; readonly ms: number }
  | { readonly do: 'clearTimer'; readonly name: string }
  | { readonly do: 'ask'; readonly tag: string; readonly request: SecretRequest }
  /** A completion is held back: say `laterTurn` as soon as time has moved on. */
  | { readonly do: 'awaitLaterTurn' }
  | { readonly do: 'report'; readonly rule: string; readonly message: string };

export type PortStep = Step<Port, PortOutput>;

export const call = (body: PortCall, tag = ''): PortOutput => ({ do: 'call', call: body, tag });
export const report = (rule: string, message: string): PortOutput => ({ do: 'report', rule, message });
