import type { ApiCall, Effect, HostEvent } from '../../../streams/events/index.js';
import { refuseLate } from './fold/admission.js';
import { impliedReturns, isHandlerCall, returnedHandler } from './fold/brackets.js';
import { foldEntry } from './fold/fold.js';
import { foldReturn, type Return } from './fold/returns.js';
import { callRules, debtRules, eventRules } from './precedence.js';
import { R174 } from './rules/overdue.js';
import type { CallRule, Clause, EventRule, Finding } from './rules/Rule.js';
import { R1 } from './rules/service.js';
import type { CheckOptions, NumberedEntry, Violation } from './Violation.js';
import { sceneOf } from './world/Scene.js';
import type { Line, OpenHandler, World } from './world/World.js';

const PENDING_LIMIT = 120e6;

type Where = Line & Pick<Violation, 'adapter' | 'session'>;

const violation = ({ id, expected, why }: Clause, { message, related, ...found }: Finding, where: Where): Violation => {
  const { n, at } = found.line ?? where;
  const adapter = found.adapter ?? where.adapter;
  const session = found.session ?? where.session;
  return {
    ...{ rule: id, event: n, at, message, expected, why },
    ...(adapter !== undefined && { adapter }),
    ...(session !== undefined && { session }),
    ...(related !== undefined && related.length > 0 && { related }),
  };
};

const whereOf = ({ n, at, event }: NumberedEntry): Where => ({
  ...{ n, at },
  ...('adapter' in event && event.adapter !== undefined && { adapter: event.adapter }),
  ...('session' in event && event.session !== undefined && { session: event.session }),
});

const judgeCall = (world: World, call: ApiCall, entry: NumberedEntry): ReadonlyArray<Violation> => {
  const scene = sceneOf(world, entry, call);
  for (const rule of callRules[call.kind] as ReadonlyArray<CallRule<ApiCall>>) {
    const finding = rule.broken(scene);
    if (finding !== undefined) return [violation(rule, finding, whereOf(entry))];
  }
  return NONE;
};

const NONE: ReadonlyArray<never> = [];
/** The three that come before the service is up. */
const MAY_COME_FIRST: ReadonlySet<string> = new Set(['getVersionInfo', 'initService', 'initVirtualStation']);

const rulesOf = (event: HostEvent): ReadonlyArray<EventRule<HostEvent>> => {
  const rules = (eventRules as Readonly<Record<string, ReadonlyArray<EventRule<HostEvent>>>>)[event.kind] ?? NONE;
  return isHandlerCall(event) && !MAY_COME_FIRST.has(event.kind) ? [R1 as EventRule<HostEvent>, ...rules] : rules;
};

const judgeEvent = (world: World, event: HostEvent, entry: NumberedEntry): ReadonlyArray<Violation> => {
  for (const rule of rulesOf(event)) {
    const finding = rule.broken(world, event, entry);
    if (finding !== undefined) return [violation(rule, finding, whereOf(entry))];
  }
  return NONE;
};

/** A handler returns: what it owes is asked for while the world still knows it. */
const settle = (world: World, open: OpenHandler, result: Return): ReadonlyArray<Violation> => {
  const { n, at, adapter, session } = open;
  const where = { n, at, ...(adapter !== undefined && { adapter }), ...(session !== undefined && { session }) };
  const found = (debtRules[open.kind] ?? NONE).flatMap((rule) =>
    rule.owed(world, open, result.win32).map((finding) => violation(rule, finding, where)),
  );
  foldReturn(world, open, result);
  return found;
};

const settleImplied = (world: World, handlers: ReadonlyArray<OpenHandler>): ReadonlyArray<Violation> =>
  handlers.flatMap((open) => settle(world, open, { win32: 0, implied: true }));

type HandlerReturned = Extract<HostEvent, { kind: 'handlerReturned' }>;

/** A return without a call is a call the front door refused, or one that was taken to have returned before. */
const settleReturn = (world: World, event: HandlerReturned): ReadonlyArray<Violation> => {
  const open = returnedHandler(world, event);
  if (open !== undefined) {
    world.returning.add(open.kind);
    return settle(world, open, { win32: event.win32, implied: false });
  }
  const adapter = event.adapter === undefined ? undefined : world.adapters.get(event.adapter);
  const isLate = event.handler === 'performPostAssociate' && event.win32 !== 0 && event.detail === undefined;
  if (isLate) refuseLate(world, adapter, event.session);
  return NONE;
};

const isApiCall = (event: Effect): event is ApiCall => event.kind !== 'diagnostic';

const judge = (world: World, entry: NumberedEntry): ReadonlyArray<Violation> => {
  if (entry.dir === 'in') return judgeEvent(world, entry.event, entry);
  return isApiCall(entry.event) ? judgeCall(world, entry.event, entry) : NONE;
};

/**
 * One line of a log against the contract. The world is changed in place and handed back; begin each log with a fresh one.
 *
 * @example
 * const step = checkStep({ pendingLimit: 60e6 });
 * const { state, violations } = step(emptyWorld(), { n: 1, at: 0, dir: 'in', event: { kind: 'getVersionInfo' } });
 *
 * @since 0.1.0
 */
export const checkStep =
  ({ pendingLimit = PENDING_LIMIT }: CheckOptions = {}) =>
  (state: World, entry: NumberedEntry): { readonly state: World; readonly violations: ReadonlyArray<Violation> } => {
    // A return is matched with its call first: it must not be taken for a sign that the call has already returned.
    if (entry.dir === 'in' && entry.event.kind === 'handlerReturned')
      return { state, violations: settleReturn(state, entry.event) };
    const debts = settleImplied(state, impliedReturns(state, entry));
    const overdue = R174.overdue(state, pendingLimit, entry).map((finding) => violation(R174, finding, entry));
    const violations = [...debts, ...overdue, ...judge(state, entry)];
    foldEntry(state, entry);
    return { state, violations };
  };

/** The end of a log: handlers whose returns are not recorded have returned by now. */
export const checkEnd = (state: World): ReadonlyArray<Violation> =>
  state.returning.size > 0 ? NONE : settleImplied(state, [...state.handlers.values()]);
