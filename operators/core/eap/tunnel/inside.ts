import { joined } from '../../rsn/keys/joined.js';
import { andThen, emit, type Step, steps } from '../../Step.js';
import type { EapMethodCommand, EapMethodReturn } from '../EapPeerMethod.js';
import { NOTHING_YET } from './reassembly.js';
import { respond } from './respond.js';
import type { TunnelPhase, TunnelState, TunnelStep, Verdict } from './TunnelState.js';
import type { InsideCommand, InsideInput, TunnelUse } from './TunnelUse.js';

/** The session of the tunnel itself. */
export const OUTER_SESSION = 'tls';
const INNER = 'inner.';

type Answer = Extract<InsideCommand, { do: 'write' | 'acknowledge' | 'discard' }>;

const isAnswer = (command: InsideCommand): command is Answer =>
  command.do === 'write' || command.do === 'acknowledge' || command.do === 'discard';

const isVerdict = (command: InsideCommand): command is Verdict => command.do === 'accept' || command.do === 'refuse';

/** What goes out at once, whoever answers. */
const passOn = <S>(state: TunnelState<S>, command: InsideCommand): TunnelStep<S> => {
  if (isVerdict(command)) return { state: { ...state, verdicts: [...state.verdicts, command] }, effects: [] };
  if (command.do === 'tls')
    return emit<TunnelState<S>, EapMethodCommand>(state, { ...command, session: INNER + command.session });
  if (command.do === 'ask' || command.do === 'report' || command.do === 'explain')
    return emit<TunnelState<S>, EapMethodCommand>(state, command);
  return { state, effects: [] };
};

const answerWith = <S>(use: TunnelUse<S>, state: TunnelState<S>, answer: Answer): TunnelStep<S> => {
  if (answer.do === 'write')
    return emit<TunnelState<S>, EapMethodCommand>(
      { ...state, phase: { at: 'sealing' } },
      { do: 'tls', session: OUTER_SESSION, command: { do: 'write', plain: answer.plain } },
    );
  if (answer.do === 'acknowledge' || state.records.length > 0) return respond(state, use.announcesLength);
  return emit<TunnelState<S>, EapMethodCommand>({ ...state, phase: { at: 'listening', soFar: NOTHING_YET } }, answer);
};

/** Lets whoever is inside have an input, and does what comes of it. Without an answer the request stays in their hands. */
export const letInside = <S>(use: TunnelUse<S>, state: TunnelState<S>, input: InsideInput): TunnelStep<S> => {
  const { state: inside, effects } = use.step(state.inside, input);
  const waiting: TunnelPhase = input.kind === 'established' ? state.phase : { at: 'inside' };
  const passed: Step<TunnelState<S>, EapMethodCommand> = steps({ ...state, inside, phase: waiting }, effects, passOn);
  const answer = effects.find(isAnswer);
  return andThen(passed, (next) => {
    if (input.kind === 'established') return { state: next, effects: [] };
    if (answer !== undefined) return answerWith(use, next, answer);
    const isRefused = next.verdicts.some((verdict) => verdict.do === 'refuse');
    return isRefused ? respond(next, use.announcesLength) : { state: next, effects: [] };
  });
};

/** What came back for somebody inside: the name of a TLS session without the part that says so. */
export const forInside = (input: EapMethodReturn): EapMethodReturn | undefined => {
  if (input.kind === 'supplied') return input;
  return input.session.startsWith(INNER) ? { ...input, session: input.session.slice(INNER.length) } : undefined;
};

export const addRecords = <S>(state: TunnelState<S>, records: Uint8Array): TunnelState<S> => ({
  ...state,
  records: records.length === 0 ? state.records : joined(state.records, records),
});
