import type * as t from 'io-ts';
import { type HandlerCall, handlerCalls } from './handlers.js';
import { type Indication, indicationKinds } from './indications.js';
import { replyKinds, type SinkAnswer } from './replies.js';
import { variants } from './variant.js';

/**
 * Everything that happens to the engine: the operating system calls a handler, the miniport indicates, a sink answers.
 *
 * @since 0.1.0
 */
export type HostEvent = HandlerCall | Indication | SinkAnswer;

export const hostEventKinds = { ...handlerCalls, ...indicationKinds, ...replyKinds };

export const HostEvent: t.Type<HostEvent, unknown, unknown> = variants('host event', hostEventKinds);

/** A call that ends ports: it takes effect the moment its handler is entered (R261). */
export type Terminator = Extract<HostEvent, { kind: 'stopPostAssociate' | 'adapterReset' | 'deinitAdapter' | 'deinitService' }>;

export const isTerminator = (event: HostEvent): event is Terminator =>
  event.kind === 'stopPostAssociate' ||
  event.kind === 'adapterReset' ||
  event.kind === 'deinitAdapter' ||
  event.kind === 'deinitService';

/**
 * What changes what exists, and the indications that announce it: it takes effect before its handler returns, ahead of
 * whatever waits. All else (packets, results, replies) is taken in order on a later turn.
 */
export const takesEffectAtOnce = (event: HostEvent): boolean =>
  isTerminator(event) ||
  event.kind === 'initService' ||
  event.kind === 'initAdapter' ||
  event.kind === 'performPreAssociate' ||
  event.kind === 'performPostAssociate' ||
  event.kind === 'associationStart' ||
  event.kind === 'associationCompletion' ||
  event.kind === 'disassociation';
